"""What an honest API answers: from the shelf of assets for the operations known here, else from the spec alone."""

import json
import threading
from typing import Any

from .assets import Shelf
from .contract import Refused
from .examples import example, required
from .operation import Operation
from .reply import Reply, envelope
from .spec import Node
from .values import Unmakeable


class Play:
    """Plays the operations of a spec."""

    def __init__(self, spec: Node, shelf: Shelf, lock: threading.Lock) -> None:
        """`lock` guards `shelf`."""
        self._spec, self._shelf, self._lock = spec, shelf, lock
        self._behaviours = {
            "querySeedanceSpRealPersonStatus": self._one,
            "batchQuerySeedanceSpRealPersonStatus": self._several,
        }

    def answer(self, operation: Operation, content: bytes) -> Reply:
        """The answer to a request that is as it should be. Raises `Refused`."""
        behaviour = self._behaviours.get(operation.name)
        if behaviour:
            return envelope(200, {"code": 0, "msg": "ok", "data": behaviour(json.loads(content))})
        try:
            shown = example(self._spec, operation.declared)
        except Unmakeable as reason:
            raise Refused(501, 501, f"give {operation.name} an example in the spec: {reason}") from reason
        headers = {**shown.headers, **({"Content-Type": shown.media_type} if shown.media_type else {})}
        return Reply(shown.status, shown.body, headers, code_of(shown.value))

    def refusal(self, operation: Operation | None, refused: Refused) -> Reply:
        """How the API says no."""
        code = self._as_documented(refused.code, operation)
        said = {"code": code, "msg": refused.msg}
        return envelope(refused.status, {**self._required(operation), **said}, refused.headers)

    def shown(self, operation: Operation) -> Node:
        """The envelope that the spec documents for an operation; empty when it documents none."""
        try:
            value = example(self._spec, operation.declared).value
        except Unmakeable:
            return {}
        return value if isinstance(value, dict) else {}

    def _required(self, operation: Operation | None) -> Node:
        """What the envelope of an operation must hold, as the spec shows it."""
        names = required(self._spec, operation.declared) if operation else frozenset()
        return {name: value for name, value in self.shown(operation).items() if name in names} if operation else {}

    def _as_documented(self, code: int, operation: Operation | None) -> int | str:
        """A code as number, or as text for an operation whose envelope has text there."""
        return str(code) if operation and isinstance(self.shown(operation).get("code"), str) else code

    def _one(self, asked: Node) -> Node:
        found = self._look([asked["asset_id"]], "asset_id")
        if not found:
            raise Refused(200, 20002, "asset not found")
        return found[0]

    def _several(self, asked: Node) -> Node:
        return {"items": self._look(asked["asset_ids"], "asset_ids")}

    def _look(self, ids: list[str], where: str) -> list[Node]:
        with self._lock:
            if malformed := self._shelf.malformed(ids):
                raise Refused(200, 20002, f"{where}: {malformed[:100]!r} is malformed")
            return self._shelf.look(ids)


def code_of(value: Any) -> int | str | None:
    """The code of an envelope, if that is what `value` is."""
    code = value.get("code") if isinstance(value, dict) else None
    return code if isinstance(code, int | str) else None
