"""The API obeying a spec: one request in, one reply out."""

import functools
import json
import logging
import os
import shlex
from collections.abc import Callable, Mapping
from typing import Any

import httpx
from openapi_core import OpenAPI

from ..clock import Clock
from . import checks, scenario
from .assets import AssetStore
from .exchange import MockTransport, RecordedRequest, Refusal, Reply, decoded
from .faults import Faults, PlannedFault
from .page import Page
from .responder import STATUS, Responder
from .server import MockServer
from .spec import Node, Operation, Router, Source, load
from .validation import Validator, prepare

logger = logging.getLogger("jimmy_ai_openapi_client.mock")


class MockService(AssetStore):
    """The API obeying a spec, in memory.

    The same requests get the same answers. Threads may share it. Answers conform to the spec unless a fault changes
    them. A missing or wrong key is answered with code 20001, a request that the spec does not allow with
    code 20002 and what is wrong in `msg`, both with HTTP 200 as the service does; an unknown path with HTTP 404, a
    wrong method with 405. A single query for an unknown asset is answered with 20002, a batch leaves it out. Any
    other operation answers with the spec's example or a value made from its schema, or with HTTP 501 if neither is
    possible.

    `requests` lists what was received, refused or not, and how it was answered; `transport` takes requests in-process,
    from sync and async clients; `fault` plans faults; `clock` is its time. Each request is one
    info line of the logger `jimmy_ai_openapi_client.mock`.
    """

    def __init__(  # noqa: PLR0913  (independent settings)
        self,
        *,
        api_key: str = "sk-mock",
        clock: Clock | None = None,
        polls: float = 2,
        spec: Source = None,
        check: bool = True,
        seed: float | str | None = None,
    ) -> None:
        """Serve a spec.

        Args:
            api_key: The key that requests must have.
            clock: Its time; real time by default.
            polls: For assets that `add` gives neither `polls` nor `seconds`.
            spec: A file or a mapping; by default the one in the package.
            check: False accepts every request, with any key: for simulations of thousands of requests.
            seed: Makes random faults repeatable.

        Raises:
            TypeError, ValueError: If an argument is wrong.
        """
        super().__init__(clock, polls)
        self.api_key = checks.text("api_key", api_key)
        self._spec, prepared = _packaged() if spec is None else _read(spec)
        self._router = Router(self._spec)
        self._operations = [operation.name for operation in self._router.operations]
        self._check = Validator(self._spec, prepared, api_key).check if check else lambda *_: None
        self._responder = Responder(self._spec, self)
        self.fault = Faults(self._operations, seed)
        self.requests: list[RecordedRequest] = []
        self._servers: list[MockServer] = []
        self.transport = MockTransport(lambda request: self.exchange(request)[0], self.clock)

    def __repr__(self) -> str:
        return f"MockService(assets={len(self._assets)}, requests={len(self.requests)}, {self.fault!r})"

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

    def serve(self, port: int = 0, log: Callable[[str], object] = lambda _: None) -> MockServer:
        """The same over HTTP on loopback: `with mock.serve() as server: server.base_url`. Port 0 means any free one.

        `log`, such as `print`, is called with one line a request. `GET /` is a page for people: the operations, the
        assets, live, and what can be done to them. What the spec has at the same path comes first.
        """
        page = Page(self._router, self, self.fault, self.requests)

        def answer(request: httpx.Request) -> Reply:
            shown = page.reply(request)
            if shown:
                return shown
            reply, recorded = self.exchange(request)
            log(str(recorded))
            return reply

        server = MockServer(answer, self.clock, port=port)
        self._servers.append(server)
        return server

    def serves(self, base_url: str) -> bool:
        """Whether this is the `base_url` of a server of this mock."""
        return base_url.rstrip("/") in {server.base_url for server in self._servers}

    def curl(self, base_url: str) -> str:
        """A command for a shell that asks the server at `base_url` for the asset that was added first."""
        path = next((one.path for one in self._router.operations if one.name == STATUS), None)
        if path is None:
            return f"curl --noproxy '*' {base_url}/openapi.yaml"
        key = shlex.quote(f"Authorization: Bearer {self.api_key}")
        body = shlex.quote(json.dumps({"asset_id": next(iter(self.statuses()), "id1")}, ensure_ascii=False))
        return f"curl --noproxy '*' {base_url}{path} -H {key} -H 'Content-Type: application/json' -d {body}"

    def answer(self, request: httpx.Request) -> httpx.Response:
        """The answer to one request, as `transport` gives it."""
        return self.transport.handle_request(request)

    def exchange(self, request: httpx.Request) -> tuple[Reply, RecordedRequest]:
        """The reply to one request whose body has been read, recorded in `requests`; `serve` is made of this."""
        path = request.url.raw_path.decode().partition("?")[0]
        received = self.clock.wall()
        operation: Operation | None = None
        drawn: list[PlannedFault] = []
        problem: str | None = None
        try:
            operation, variables = self._router.route(request.method, path)
            drawn = self.fault.draw(operation.name, functools.partial(self._responder.documented, operation))
            reply = self._replacement(drawn, operation)
            if not reply:
                self._check(request, operation, variables)
                reply = self._responder.answer(operation, request.content)
        except Refusal as refusal:
            problem = self._redacted(refusal.msg + (f" ({refusal.location})" if refusal.location else ""))
            reply = self._responder.refuse(refusal, operation)
        reply, fault = self.fault.apply(drawn, reply)
        name, path = operation.name if operation else None, self._redacted(path)
        status, answer = (None, None) if reply.reset else (reply.status, decoded(reply.content))
        recorded = RecordedRequest(
            request.method, path, name, request.content, received, status, reply.code, answer, fault, problem
        )
        self.requests.append(recorded)
        logger.info("%s", recorded)
        return reply, recorded

    def _replacement(self, drawn: list[PlannedFault], operation: Operation) -> Reply | None:
        made = next((one.replacement for one in drawn if one.replacement), None)
        return self._responder.refuse(made, operation) if isinstance(made, Refusal) else made

    def _redacted(self, text: str) -> str:
        return text.replace(self.api_key, "***")


def _read(source: Source) -> tuple[Node, OpenAPI]:
    spec = load(source)
    return spec, prepare(spec)


# A suite makes hundreds of mocks of the one spec, which takes 0.05 s to read.
_packaged = functools.cache(functools.partial(_read, None))
