"""What the API answers to a valid request: from the assets for the operations known here, else from the spec alone."""

import json
from typing import Any

from .assets import AssetStore
from .exchange import Refusal, Reply, json_reply
from .spec import Node, Operation, resolve
from .values import Unmakeable, make


class Responder:
    """Answers the operations of a spec."""

    def __init__(self, spec: Node, assets: AssetStore) -> None:
        """`assets` are what the operations known here tell of."""
        self._spec, self._assets = spec, assets
        self._known = {
            "querySeedanceSpRealPersonStatus": self._one,
            "batchQuerySeedanceSpRealPersonStatus": self._batch,
        }

    def answer(self, operation: Operation, content: bytes) -> Reply:
        """The answer to a valid request with this body. Raises `Refusal`."""
        query = self._known.get(operation.name)
        if query:
            return json_reply(200, {"code": 0, "msg": "ok", "data": query(json.loads(content))})
        try:
            return self._example(operation)
        except Unmakeable as reason:
            raise Refusal(501, 501, f"give {operation.name} an example in the spec: {reason}") from reason

    def refuse(self, refusal: Refusal, operation: Operation | None) -> Reply:
        """The envelope of a refusal; the code is text if the operation's envelope has text there."""
        shown = self.documented(operation) if operation else {}
        code = str(refusal.code) if isinstance(shown.get("code"), str) else refusal.code
        required = self._required(operation) if operation else set()
        envelope = {name: value for name, value in shown.items() if name in required}
        return json_reply(refusal.status, {**envelope, "code": code, "msg": refusal.msg}, refusal.headers)

    def documented(self, operation: Operation) -> Node:
        """The envelope that the spec documents for an operation; empty if it documents none."""
        try:
            reply = self._example(operation)
        except Unmakeable:
            return {}
        value = json.loads(reply.content) if "json" in reply.headers.get("Content-Type", "") else None
        return value if isinstance(value, dict) else {}

    def _one(self, asked: Node) -> Node:
        found = self._assets.query([asked["asset_id"]], "asset_id")
        if not found:
            raise Refusal(200, 20002, "asset not found")
        return found[0]

    def _batch(self, asked: Node) -> Node:
        return {"items": self._assets.query(asked["asset_ids"], "asset_ids")}

    def _example(self, operation: Operation) -> Reply:
        """The first documented success, from the spec's examples, else from its schemas. Raises `Unmakeable`."""
        status, response, media_type = self._success(operation)
        headers = {
            name: _text(self._value(resolve(self._spec, header)))
            for name, header in response.get("headers", {}).items()
            if name.lower() != "content-type"
        }
        if not media_type:
            return Reply(status, headers=headers)
        value = self._value(response["content"][media_type])
        content = json.dumps(value, ensure_ascii=False) if "json" in media_type else _text(value)
        code = value.get("code") if isinstance(value, dict) else None
        headers["Content-Type"] = media_type
        return Reply(status, content.encode(), headers, code if isinstance(code, int | str) else None)

    def _success(self, operation: Operation) -> tuple[int, Node, str]:
        """The first documented success: its status, what is documented of it, and its media type, JSON if there is."""
        responses: Node = operation.declared.get("responses", {})
        key = min((key for key in responses if key.startswith("2")), default="default")
        response = resolve(self._spec, responses.get(key, {}))
        media_type = min(response.get("content", {}), key=lambda name: "json" not in name, default="")
        return int(key) if key.isdigit() else 200, response, media_type

    def _required(self, operation: Operation) -> set[str]:
        """The properties that the envelope of an operation must have."""
        _, response, media_type = self._success(operation)
        todo, names = [response["content"][media_type].get("schema", {})] if media_type else [], set[str]()
        for schema in todo:
            node = resolve(self._spec, schema) if isinstance(schema, dict) else {}
            names.update(node.get("required", ()))
            todo += node.get("allOf", ())
        return names

    def _value(self, holder: Node) -> Any:
        """An example of a media type or header, else one made from its schema."""
        for named in holder.get("examples", {}).values():
            shown = resolve(self._spec, named)
            if "value" in shown:
                return shown["value"]
        return holder["example"] if "example" in holder else make(self._spec, holder.get("schema", True))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
