"""The face of the mock."""

import functools
import logging
import threading
import time
from typing import Any

import httpx
from openapi_core import OpenAPI

from ..clock import Clock
from . import checks
from .asgi import Tell
from .asked import Keys
from .assets import PROCESSING, Shelf
from .contract import Contract
from .desk import Desk
from .faults import Faults
from .judge import Judge, prepare
from .log import line, logger
from .plan import Plan
from .play import Play
from .reply import Reply
from .seen import Seen
from .server import MockServer
from .spec import Node, Source, load
from .transport import Transport


class MockService:
    """The API obeying a spec, in memory.

    Promised: the same requests get the same answers; threads may share it; answers conform to the spec unless a fault
    asks for a lie. A missing or wrong key is answered with code 20001, a request that the spec does not allow with
    code 20002 and what is wrong in `msg`, both with HTTP 200 as the service does; an unknown path with HTTP 404, a
    wrong method with 405. A single query for an unknown asset is answered with 20002, a batch leaves it out. An
    operation without behaviour here answers with the spec's example or a value made from its schema, or with HTTP 501
    when neither can be had.

    `requests` lists what came in, refused or not, and what was answered; `transport` takes requests in-process, from
    sync and async clients; `fault` makes things go wrong. Each request is one info line of the logger
    `jimmy_ai_openapi_client.mock`.
    """

    requests: list[Seen]
    transport: httpx.MockTransport
    fault: Faults
    clock: Clock

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
        seed: float | str | None = None,
    ) -> None:
        """Play `spec`: a file, a mapping, or the one that travels with the package.

        `looks` and `seconds` are the life of assets that `add` says nothing of. `check=False` takes every request for
        right and lets any key in, `record=False` leaves `requests` empty: for simulations of thousands of requests.
        `seed` makes faults by chance repeat. Wrong arguments raise `TypeError` or `ValueError`.
        """
        keys = Keys(checks.text("api_key", api_key))
        self.clock = checks.clock(clock)
        self.requests = []
        self.transport = Transport(self._reply, self.clock)
        self._life = (checks.number("looks", looks), seconds if seconds is None else checks.number("seconds", seconds))
        self._spec, prepared = _packaged() if spec is None else _read(spec)
        self._keys, self._record, self._lock = keys, record, threading.Lock()
        self._shelf = Shelf(self.clock)
        contract = Contract(self._spec, Judge(self._spec, prepared, keys))
        self._operations = contract.operations
        plan = Plan([operation.name for operation in contract.operations], seed)
        self.fault = Faults(plan)
        self._desk = Desk(contract, plan, Play(self._spec, self._shelf, self._lock), keys, check=check)

    def __repr__(self) -> str:
        planned = f", {self.fault!r}" if self.fault.planned else ""
        return f"MockService(assets={len(self._shelf)}, requests={len(self.requests)}{planned})"

    @property
    def api_key(self) -> str:
        """The key that it lets in."""
        return str(self._keys)

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
        replace those made up (`asset_id`, `official_id`, `name`, ..., and ones the spec does not know); `asset_ref` is
        shown once the asset is Active. An asset is found by the id it was added under and by the `asset_id` and
        `official_id` it is shown with, so `add("id1", asset_id="a-7")` is answered as a-7 with `official_id` id1.
        Adding an id again starts it anew. Ids never added are unknown. Raises `TypeError` or `ValueError`.
        """
        checks.ids(asset_ids)
        checks.text("outcome", outcome)
        if looks is not None and seconds is not None:
            raise ValueError("an asset lives for looks or for seconds, not for both; give one of them")
        for one in {"asset_id", "official_id"} & fields.keys():
            if len(asset_ids) > 1:
                raise ValueError(f"one {one} cannot stand for several assets; add each by itself")
        if looks is None and seconds is None:
            looks, seconds = self._life
        looks = checks.number("looks", looks or 0)
        seconds = seconds if seconds is None else checks.number("seconds", seconds)
        with self._lock:
            self._shelf.add(asset_ids, outcome, looks, seconds, fields)

    def remove(self, *asset_ids: str) -> None:
        """Let the API forget assets. Raises `KeyError` for one it does not know."""
        with self._lock:
            self._shelf.remove(checks.ids(asset_ids))

    def finish(self, *asset_ids: str, outcome: str = "Active") -> None:
        """End the Processing of assets now. Raises `KeyError` for one that the API does not know."""
        if checks.text("outcome", outcome) == PROCESSING:
            raise ValueError(f"{PROCESSING} is no end; add the asset again to start it anew")
        with self._lock:
            self._shelf.finish(checks.ids(asset_ids), outcome)

    def refuse(self, *asset_ids: str) -> None:
        """Call ids malformed: every request that holds one is refused whole, with code 20002. `add` ends it."""
        with self._lock:
            self._shelf.refuse(checks.ids(asset_ids))

    def statuses(self) -> dict[str, str]:
        """The status of every asset, by the id it was added under; asking counts as no look."""
        with self._lock:
            return self._shelf.statuses()

    def serve(self, port: int = 0, log: Tell | None = None) -> MockServer:
        """The same over HTTP on loopback: `with mock.serve() as server: server.base_url`. Port 0 means any free one.

        `log`, such as `print`, is called with one line a request.
        """
        return MockServer(self.exchange, self.clock, port=port, log=log)

    def answer(self, request: httpx.Request) -> httpx.Response:
        """The answer to one request, as `transport` gives it."""
        return self.transport.handle_request(request)

    def exchange(self, request: httpx.Request) -> tuple[Reply, Seen]:
        """The reply to one request whose body has been read, noted in `requests`; `serve` is made of this."""
        reply, seen = self._desk.take(request)
        if self._record:
            self.requests.append(seen)
        return reply, seen

    def _reply(self, request: httpx.Request) -> Reply:
        began = time.perf_counter()
        reply, seen = self.exchange(request)
        if logger.isEnabledFor(logging.INFO):
            logger.info("%s", line(seen, time.perf_counter() - began))
        return reply


def _read(source: Source) -> tuple[Node, OpenAPI]:
    spec = load(source)
    return spec, prepare(spec)


# A suite makes hundreds of mocks of the one spec, which takes 0.05 s to read.
_packaged = functools.cache(functools.partial(_read, None))
