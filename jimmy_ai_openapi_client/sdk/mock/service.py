"""The face of the mock."""

import functools
import logging
import time

import httpx
from openapi_core import OpenAPI

from ..clock import Clock
from . import checks
from .asgi import Tell
from .asked import Keys
from .contract import Contract
from .desk import Desk
from .judge import Judge, prepare
from .log import line, logger
from .pages import Pages
from .play import Play
from .reply import Reply
from .seen import Seen
from .server import MockServer
from .spec import Node, Source, load
from .stage import Stage
from .transport import Transport


class MockService(Stage):
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
        self._keys = Keys(checks.text("api_key", api_key))
        self._spec, prepared = _packaged() if spec is None else _read(spec)
        contract = Contract(self._spec, Judge(self._spec, prepared, self._keys))
        names = [operation.name for operation in contract.operations]
        super().__init__(names, checks.clock(clock), looks, seconds, seed)
        play = Play(self._spec, self._shelf, self._lock)
        self._contract = contract
        self._desk = Desk(contract, self._plan, play, self._keys, check=check)
        self._record = record
        self.requests = []
        self.transport = Transport(self._reply, self.clock)

    def __repr__(self) -> str:
        planned = f", {self.fault!r}" if self.fault.planned else ""
        return f"MockService(assets={len(self._shelf)}, requests={len(self.requests)}{planned})"

    @property
    def api_key(self) -> str:
        """The key that it lets in."""
        return str(self._keys)

    def serve(self, port: int = 0, log: Tell | None = None) -> MockServer:
        """The same over HTTP on loopback: `with mock.serve() as server: server.base_url`. Port 0 means any free one.

        `log`, such as `print`, is called with one line a request. `GET /` shows people a page: the operations, the
        assets, live, and what can be done to them. What the spec has at the same path comes first.
        """
        pages = Pages(self, self._contract, self._spec["info"]["title"])
        return MockServer(self.exchange, self.clock, pages=pages.reply, port=port, log=log)

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
