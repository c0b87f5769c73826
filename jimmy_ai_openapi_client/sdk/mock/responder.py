"""What the API answers to a valid request: from the assets for the operations known here, else from the spec alone."""

import json
from typing import Any

from .assets import AssetStore
from .exchange import Refusal, Reply, decoded, json_reply
from .spec import Node, Operation, resolve
from .values import Unmakeable, flatten, make

STATUS, BATCH = "querySeedanceSpRealPersonStatus", "batchQuerySeedanceSpRealPersonStatus"


class Responder:
    """Answers the operations of a spec."""

    def __init__(self, spec: Node, assets: AssetStore) -> None:
        """`assets` are what the operations known here tell of."""
        self._spec, self._assets = spec, assets
        self._known = {STATUS: self._one, BATCH: self._batch}

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
        """The envelope of a refusal: what the operation's requires, and `code` as text if it is text there."""
        envelope: Node = {}
        code: int | str = refusal.code
        if operation and (shown := self.documented(operation)):
            _, response, media_type = self._success(operation)
            schema, _ = flatten(self._spec, response["content"][media_type].get("schema", True))
            envelope = {name: shown[name] for name in schema.get("required", ()) if name in shown}
            code = str(code) if isinstance(shown.get("code"), str) else code
        return json_reply(refusal.status, {**envelope, "code": code, "msg": refusal.msg}, refusal.headers)

    def documented(self, operation: Operation) -> Node:
        """The envelope that the spec documents for an operation; empty if it documents none."""
        try:
            shown = decoded(self._example(operation).content)
        except Unmakeable:
            return {}
        return shown if isinstance(shown, dict) else {}

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

    def _value(self, holder: Node) -> Any:
        """An example of a media type or header, else one made from its schema."""
        for named in holder.get("examples", {}).values():
            shown = resolve(self._spec, named)
            if "value" in shown:
                return shown["value"]
        return holder["example"] if "example" in holder else make(self._spec, holder.get("schema", True))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
