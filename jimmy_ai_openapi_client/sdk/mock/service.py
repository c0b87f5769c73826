"""The API obeying a spec: one request in, one reply out."""

import functools
import logging
import os
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx
from openapi_core import OpenAPI

from ..clock import Clock
from . import checks, scenario
from .assets import AssetStore
from .exchange import RecordedRequest, Refusal, Reply, decoded
from .fault_queue import PlannedFault
from .faults import Faults
from .page import Page
from .responder import Responder
from .server import MockServer
from .spec import Node, Operation, Router, Source, load
from .transport import MockTransport
from .validation import Validator, prepare

logger = logging.getLogger("jimmy_ai_openapi_client.mock")


class MockService(AssetStore):
    """The API obeying a spec, in memory.

    Promised: the same requests get the same answers; threads may share it; answers conform to the spec unless a fault
    says otherwise. A missing or wrong key is answered with code 20001, a request that the spec does not allow with
    code 20002 and what is wrong in `msg`, both with HTTP 200 as the service does; an unknown path with HTTP 404, a
    wrong method with 405. A single query for an unknown asset is answered with 20002, a batch leaves it out. An
    operation that the mock does not know answers with the spec's example or a value made from its schema, or with
    HTTP 501 if neither can be had.

    `requests` lists what was received, refused or not, and how it was answered; `transport` takes requests in-process,
    from sync and async clients; `fault` makes things go wrong; `clock` is the time it lives by. Each request is one
    info line of the logger `jimmy_ai_openapi_client.mock`.
    """

    requests: list[RecordedRequest]
    transport: httpx.MockTransport
    fault: Faults

    def __init__(  # noqa: PLR0913  (independent settings)
        self,
        *,
        api_key: str = "sk-mock",
        clock: Clock | None = None,
        polls: float = 2,
        seconds: float | None = None,
        spec: Source = None,
        check: bool = True,
        seed: float | str | None = None,
    ) -> None:
        """Serve `spec`: a file, a mapping, or the one in the package.

        `polls` and `seconds` are for assets that `add` gives neither. `check=False` accepts every request, with any
        key: for simulations of thousands of requests. `seed` makes faults by chance repeat. Wrong arguments raise
        `TypeError` or `ValueError`.
        """
        super().__init__(clock, polls=polls, seconds=seconds)
        self.api_key = checks.text("api_key", api_key)
        self._spec, prepared = _packaged() if spec is None else _read(spec)
        self._router = Router(self._spec)
        self._operations = [operation.name for operation in self._router.operations]
        self._check = Validator(self._spec, prepared, api_key).check if check else None
        self._responder = Responder(self._spec, self)
        self.fault = Faults(self._operations, seed)
        self.requests = []
        self._servers: list[MockServer] = []
        self.transport = MockTransport(self._reply, self.clock)

    def __repr__(self) -> str:
        planned = f", {self.fault!r}" if self.fault.planned else ""
        return f"MockService(assets={len(self._assets)}, requests={len(self.requests)}{planned})"

    def load(self, source: str | os.PathLike[str] | Mapping[str, Any]) -> None:
        """Load a scenario: a YAML file, or the same as a mapping.

            polls: 2                # or seconds: for assets below that have neither
            assets:                 # by id; a plain list of ids will do
              portrait-1: {}
              portrait-2: {seconds: 12.5, outcome: Failed}
              portrait-3: {polls: 0, official_id: off-3, extra: {size: 3}}
            unknown: [portrait-8]   # as if never added
            refused: ["bad id"]     # malformed: a request that holds it is refused whole
            faults:                 # in this order; what `mock.fault` has, by name
              - {kind: code, code: -1, times: 3}
              - {kind: delay, seconds: 0.5, times: null}

        An asset takes `polls`, `seconds`, `outcome`, the fields of the API, and others under `extra`. What is there
        already stays. A wrong scenario changes nothing and raises `ValueError`, naming the place and the remedy.
        """
        name, content = scenario.read(source)
        scenario.apply(name, content, AssetStore(self.clock), Faults(self._operations))  # a rehearsal
        scenario.apply(name, content, self, self.fault)

    def serve(self, port: int = 0, log: Callable[[str], object] | None = None) -> MockServer:
        """The same over HTTP on loopback: `with mock.serve() as server: server.base_url`. Port 0 means any free one.

        `log`, such as `print`, is called with one line a request. `GET /` is a page for people: the operations, the
        assets, live, and what can be done to them. What the spec has at the same path comes first.
        """

        def write(recorded: RecordedRequest, seconds: float) -> None:
            line = recorded.line(seconds)
            logger.info("%s", line)
            if log:
                log(line)

        page = Page(self._spec, self._router, self, self.fault, self.requests)
        server = MockServer(self.exchange, self.clock, page=page.reply, port=port, log=write)
        self._servers.append(server)
        return server

    def serves(self, base_url: str) -> bool:
        """Whether this is the `base_url` of a server of this mock."""
        return base_url.rstrip("/") in {server.base_url for server in self._servers}

    def answer(self, request: httpx.Request) -> httpx.Response:
        """The answer to one request, as `transport` gives it."""
        return self.transport.handle_request(request)

    def exchange(self, request: httpx.Request) -> tuple[Reply, RecordedRequest]:
        """The reply to one request whose body has been read, recorded in `requests`; `serve` is made of this."""
        path = request.url.raw_path.decode().partition("?")[0]
        received = self.clock.wall()
        operation: Operation | None = None
        faults: list[PlannedFault] = []
        problem: str | None = None
        try:
            operation, variables = self._router.route(request.method, path)
            faults = self.fault.draw(operation.name, functools.partial(self._responder.documented, operation))
            reply = self._replaced(faults, operation) or self._honest(request, operation, variables)
        except Refusal as refusal:
            problem = self._redacted(refusal.msg + (f" ({refusal.location})" if refusal.location else ""))
            reply = self._responder.refuse(refusal, operation)
        met = []
        for one in faults:
            changed = one.fault.change(reply)
            if changed is None:
                self.fault.put_back(one)
            else:
                reply = changed
                met.append(str(one.fault))
        recorded = RecordedRequest(
            method=request.method,
            path=self._redacted(path),
            operation=operation.name if operation else None,
            content=request.content,
            time=received,
            status=None if reply.reset else reply.status,
            code=reply.code,
            answer=None if reply.reset else decoded(reply.content),
            fault=", ".join(met) or None,
            problem=problem,
        )
        self.requests.append(recorded)
        return reply, recorded

    def _replaced(self, faults: list[PlannedFault], operation: Operation) -> Reply | None:
        made = next((one.fault.replacement for one in faults if one.fault.replacement), None)
        return self._responder.refuse(made, operation) if isinstance(made, Refusal) else made

    def _honest(self, request: httpx.Request, operation: Operation, variables: dict[str, str]) -> Reply:
        if self._check:
            self._check(request, operation, variables)
        return self._responder.answer(operation, request.content)

    def _redacted(self, text: str) -> str:
        return text.replace(self.api_key, "***")

    def _reply(self, request: httpx.Request) -> Reply:
        began = time.perf_counter()
        reply, recorded = self.exchange(request)
        if logger.isEnabledFor(logging.INFO):
            logger.info("%s", recorded.line(time.perf_counter() - began))
        return reply


def _read(source: Source) -> tuple[Node, OpenAPI]:
    spec = load(source)
    return spec, prepare(spec)


# A suite makes hundreds of mocks of the one spec, which takes 0.05 s to read.
_packaged = functools.cache(functools.partial(_read, None))
