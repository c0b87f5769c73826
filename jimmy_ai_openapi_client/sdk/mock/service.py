"""The API, played: what is asked goes past the contract, what is answered comes from the shelf or from the spec."""

import functools
import json
import threading
from typing import Any

import httpx
from openapi_core import OpenAPI

from ..clock import Clock
from .assets import Shelf
from .contract import Contract, Operation, Refused
from .examples import example
from .judge import Judge, prepare
from .seen import Seen
from .server import MockServer
from .spec import Node, Source, load
from .values import Unmakeable


class MockService:
    """The API obeying a spec, in memory.

    Promised: the same requests get the same answers; threads may share it; answers conform to the spec. A missing or
    wrong key is answered with code 20001, a request that the spec does not allow with code 20002 and what is wrong in
    `msg`, both with HTTP 200 as the service does; an unknown path with HTTP 404, a wrong method with 405. A single
    query for an unknown asset is answered with 20002, a batch leaves it out. An operation without behaviour here
    answers with the spec's example or a value made from its schema, or with HTTP 501 when neither can be had.

    `requests` lists what came in, refused or not; `transport` takes requests in-process, from sync and async clients.
    """

    requests: list[Seen]
    transport: httpx.MockTransport

    def __init__(  # noqa: PLR0913  (a face of independent settings)
        self,
        *,
        api_key: str = "sk-mock",
        clock: Clock | None = None,
        looks: float = 2,
        seconds: float | None = None,
        spec: Source = None,
        check: bool = True,
        record: bool = True,
    ) -> None:
        """Play `spec`: a file, a mapping, or the one that travels with the package.

        `looks` and `seconds` are the life of assets that `add` says nothing of. `check=False` takes every request for
        right and lets any key in, `record=False` leaves `requests` empty: for simulations of thousands of requests.
        """
        self.requests = []
        self.transport = httpx.MockTransport(self.answer)
        self._spec, prepared = _packaged() if spec is None else _read(spec)
        self._contract = Contract(self._spec, Judge(prepared, api_key))
        self._shelf = Shelf(clock or Clock())
        self._life: tuple[float | None, float | None] = (looks, seconds)
        self._check, self._record = check, record
        self._lock = threading.Lock()
        self._behaviours = {
            "querySeedanceSpRealPersonStatus": self._one,
            "batchQuerySeedanceSpRealPersonStatus": self._several,
        }

    def add(
        self,
        *asset_ids: str,
        outcome: str = "Active",
        looks: float | None = None,
        seconds: float | None = None,
        **fields: Any,
    ) -> None:
        """Let the API know assets: Processing for `looks` looks, or for `seconds` if given, then `outcome` for good.

        A look is one query of that asset, single or in a batch; `math.inf` never ends. `fields` are shown as given and
        replace those made up (`official_id`, `name`, ..., and ones the spec does not know); `asset_ref` is shown once
        the asset is Active. An asset is found by its `official_id` too. Adding an id again starts it anew.
        """
        if len(asset_ids) > 1 and "official_id" in fields:
            raise ValueError("one official_id cannot stand for several assets")
        if looks is None and seconds is None:
            looks, seconds = self._life
        with self._lock:
            self._shelf.add(asset_ids, outcome, looks or 0, seconds, fields)

    def remove(self, *asset_ids: str) -> None:
        """Let the API forget assets. Raises `KeyError` for one it does not know."""
        with self._lock:
            self._shelf.remove(asset_ids)

    def serve(self, port: int = 0) -> MockServer:
        """The same over HTTP on loopback: `with mock.serve() as server: server.base_url`. Port 0 means any free one."""
        return MockServer(self.answer, port)

    def answer(self, request: httpx.Request) -> httpx.Response:
        """The answer to one request whose body has been read; `transport` and `serve` are made of this."""
        operation: Operation | None = None
        try:
            operation, values = self._contract.route(request.method, request.url.raw_path.decode().partition("?")[0])
            if self._check:
                self._contract.check(request, operation, values)
            return self._played(operation, request.content)
        except Refused as no:
            envelope = {"code": self._as_documented(no.code, operation), "msg": no.msg}
            return _envelope(no.status, envelope, no.headers)
        finally:
            if self._record:
                self.requests.append(Seen(operation.name if operation else None, request.content))

    def _played(self, operation: Operation, content: bytes) -> httpx.Response:
        behaviour = self._behaviours.get(operation.name)
        if behaviour:
            return _envelope(200, {"code": 0, "msg": "ok", "data": behaviour(json.loads(content))}, {})
        try:
            shown = example(self._spec, operation.declared)
        except Unmakeable as reason:
            raise Refused(501, 501, f"give {operation.name} an example in the spec: {reason}") from reason
        headers = {**shown.headers, **({"Content-Type": shown.media_type} if shown.media_type else {})}
        return httpx.Response(shown.status, headers=headers, content=shown.body)

    def _as_documented(self, code: int, operation: Operation | None) -> int | str:
        """A code as number, or as text for an operation whose envelope has text there."""
        try:
            shown = operation and example(self._spec, operation.declared).value
        except Unmakeable:
            shown = None
        return str(code) if isinstance(shown, dict) and isinstance(shown.get("code"), str) else code

    def _one(self, asked: Node) -> Node:
        found: list[Node] = self._several({"asset_ids": [asked["asset_id"]]})["items"]
        if not found:
            raise Refused(200, 20002, "asset not found")
        return found[0]

    def _several(self, asked: Node) -> Node:
        with self._lock:
            return {"items": self._shelf.look(asked["asset_ids"])}


def _envelope(status: int, envelope: Node, headers: dict[str, str]) -> httpx.Response:
    # Escaped, as an id may be text that has no bytes (half a surrogate pair).
    content = json.dumps(envelope).encode()
    return httpx.Response(status, headers={"Content-Type": "application/json", **headers}, content=content)


def _read(source: Source) -> tuple[Node, OpenAPI]:
    spec = load(source)
    return spec, prepare(spec)


# A suite makes hundreds of mocks of the one spec, which takes 0.05 s to read.
_packaged = functools.cache(functools.partial(_read, None))
