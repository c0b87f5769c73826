"""Run one case through one of the clients, note all that can be seen of it, and hold it against the table."""

import asyncio
import json
import logging
import pickle
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpx

from jimmy_ai_openapi_client import (
    AsyncJimmyAI,
    AuthenticatedClient,
    BatchResult,
    JimmyAI,
    JimmyAIError,
    RealPersonAsset,
    models,
)
from jimmy_ai_openapi_client.api.default import batch_query_seedance_sp_real_person_status as batch
from jimmy_ai_openapi_client.api.default import query_seedance_sp_real_person_status as single

from ..conftest import Face
from ..http.search import chain, shown_anywhere, shows
from ..http.server import Reply, Request, Server
from ..http.service import KEY
from ..policy.lives import Chance
from .case import ASSET_ID, KINDS, Case, Kind

SLACK = 60.0
"""Seconds an attempt may take beyond its timeout on a slow machine. One that hangs takes longer."""
LONGEST_LINE = 600
"""300 characters of server text, and our own words around it."""
OPERATIONS = {"single": "realperson/status", "batch": "realperson/batch-status"}


@dataclass(frozen=True, slots=True)
class Flavour:
    """Which client, which of its calls, and the transport that the client is given."""

    client: type[JimmyAI] | type[AsyncJimmyAI]
    kind: Kind
    transport: Callable[[], Any] = lambda: None
    name: str = "own"

    def __str__(self) -> str:
        return f"{'sync' if self.client is JimmyAI else 'async'}-{self.kind}-{self.name}"


OWN = tuple(Flavour(client, kind) for client in (JimmyAI, AsyncJimmyAI) for kind in KINDS)
TRANSPORTS: list[tuple[type[JimmyAI] | type[AsyncJimmyAI], Callable[[], Any], str]] = [
    (JimmyAI, httpx.HTTPTransport, "given"),
    (AsyncJimmyAI, httpx.AsyncHTTPTransport, "given"),
]
with suppress(ModuleNotFoundError):  # it needs a newer httpx than the oldest that is supported
    from httpx_aiohttp import AiohttpTransport

    TRANSPORTS.append((AsyncJimmyAI, AiohttpTransport, "aiohttp"))
GIVEN = tuple(Flavour(client, kind, make, name) for client, make, name in TRANSPORTS for kind in KINDS)


class Inside:
    """A server that is none: plays well-framed answers in this process, as `Server` does over the wire."""

    url = "http://127.0.0.1:9"

    def __init__(self, *play: Any) -> None:
        self.requests: list[Request] = []
        self.transport = httpx.MockTransport(self._answer)
        self._scripts = [*play]

    def heal(self) -> None:
        """Answer every further request well."""
        self._scripts = [("good",)]

    def open_connections(self, at_most: int) -> int:
        """There is none."""
        return 0

    def _answer(self, request: httpx.Request) -> httpx.Response:
        lines = [f"POST {request.url.path} HTTP/1.1".encode(), *(b"%s: %s" % pair for pair in request.headers.raw)]
        self.requests.append(asked := Request(b"\r\n".join(lines), request.content))
        (step,) = self._scripts.pop(0) if len(self._scripts) > 1 else self._scripts[0]
        reply: Reply = asked.good_answer() if step == "good" else step
        pairs = (line.encode("latin-1").partition(b":") for line in reply.headers)
        headers = [(name, value.removeprefix(b" ")) for name, _, value in pairs]
        return httpx.Response(reply.status, headers=headers, stream=httpx.ByteStream(reply.body))


@dataclass(slots=True)
class Outcome:
    """What came of one call, and of a second one after the server had healed."""

    got: Any
    elapsed: float
    pauses: tuple[float, ...]
    requests: list[Request]
    after: Any
    open_after: int
    client: str
    open_closed: int = -1


def call(server: Server | Inside, case: Case, flavour: Flavour, url: str = "") -> Outcome:
    """Play the case to a fresh client, then one good call, then close."""
    clock = Chance(case.random)
    options: dict[str, Any] = {"timeout": case.timeout, "max_retries": case.max_retries, "clock": clock}
    client = flavour.client(api_key=KEY, base_url=url or server.url, transport=flavour.transport(), **options)
    with asyncio.Runner() as runner:
        jimmy: Any = client if flavour.client is JimmyAI else Face(client, runner)
        try:
            started = time.monotonic()
            got, elapsed = _asked(jimmy, case.kind, case.ids), time.monotonic() - started
            pauses, requests = tuple(clock.slept), list(server.requests)
            server.heal()
            after = _asked(jimmy.with_options(timeout=60.0), case.kind, (ASSET_ID,))
            # In a thread, so that the event loop goes on closing connections.
            open_after = runner.run(asyncio.to_thread(partial(server.open_connections, at_most=1)))
            outcome = Outcome(got, elapsed, pauses, requests, after, open_after, portrait(client))
        finally:
            jimmy.close()
    outcome.open_closed = server.open_connections(at_most=0)
    return outcome


def _asked(jimmy: Any, kind: Kind, ids: tuple[str, ...]) -> Any:
    try:
        return jimmy.real_person.status(ids[0]) if kind == "single" else jimmy.real_person.batch_status(ids)
    except BaseException as error:  # noqa: BLE001  (a test says afterwards which it may be)
        return error


def generated(client: AuthenticatedClient, case: Case) -> Any:
    """What the generated function gives for it."""
    if case.kind == "single":
        return single.sync(client=client, body=models.SeedanceSpRealPersonStatusRequest(case.ids[0]))
    return batch.sync(client=client, body=models.SeedanceSpRealPersonBatchStatusRequest(list(case.ids)))


def portrait(jimmy: JimmyAI | AsyncJimmyAI) -> str:
    """All that a client shows of itself."""
    client = jimmy.raw.get_httpx_client() if isinstance(jimmy, JimmyAI) else jimmy.raw.get_async_httpx_client()
    parts = (jimmy, jimmy.raw, jimmy.real_person, client)
    slots = {name: getattr(jimmy.raw, name, None) for name in dir(jimmy.raw) if not name.startswith("__")}
    return repr((*parts, slots, [getattr(part, "__dict__", {}) for part in parts], list(client.headers.raw)))


def check(case: Case, outcome: Outcome, records: list[logging.LogRecord], *, strictly: bool = True) -> None:
    """It ends in the value or error beside the case, after so many requests and pauses, in bounded time.

    What is raised is of our tree, one printable line, plain data that pickles; the key is seen nowhere. The next call
    succeeds if the server heals, with at most its one connection open, and none once the client is closed.
    """
    if strictly:
        _is_as_wanted(case, outcome)
    else:
        assert isinstance(outcome.got, JimmyAIError)
    if isinstance(outcome.got, BaseException):
        check_error(outcome.got)
    places = [("client", outcome.client), ("value", repr(outcome.got)), ("after", repr(outcome.after))]
    places += [(record.name, f"{record.getMessage()} {record.__dict__!r}") for record in records]
    assert [place for place, text in places if shows(text, KEY)] == []
    after = outcome.after[ASSET_ID] if isinstance(outcome.after, BatchResult) else outcome.after
    assert isinstance(after, RealPersonAsset) == case.heals, f"{after!r}"
    assert outcome.open_after <= 1
    assert outcome.open_closed == 0


def _is_as_wanted(case: Case, outcome: Outcome) -> None:
    got: Any = outcome.got
    if case.error:
        assert type(got) is case.error, f"{got!r:.300}"
        assert (got.attempts, got.operation) == (case.attempts, OPERATIONS[case.kind])
        assert str(got).startswith(f"{got.operation}: ")
        assert case.says in str(got)
    elif case.kind == "batch":
        assert isinstance(got, BatchResult), f"{got!r:.300}"
        present = case.ids if case.present is None else case.present
        assert (tuple(got), got.missing) == (present, case.missing)
        got = got[present[0]] if present else None
    else:
        assert isinstance(got, RealPersonAsset), f"{got!r:.300}"
    assert {name: getattr(got, name) for name in case.has} == case.has
    seen = case.attempts if case.seen is None else case.seen
    assert seen in {-1, len(outcome.requests)}
    assert outcome.pauses == case.pauses
    assert outcome.elapsed < case.attempts * (case.timeout + SLACK)


def check_error(error: BaseException) -> None:
    """One printable line and plain data that pickles; no request hangs on it, and the key shows nowhere."""
    assert isinstance(error, JimmyAIError)
    assert str(error).isprintable()
    assert len(str(error)) < LONGEST_LINE
    assert not any(getattr(one, "_request", None) for one in chain(error))
    json.dumps([vars(one) for one in chain(error)], default=of_ours)
    twin = pickle.loads(pickle.dumps(error))
    assert (type(twin), str(twin), twin.args) == (type(error), str(error), error.args)
    assert {**vars(error), "batch_result": None} == {**vars(twin), "batch_result": None}
    assert shown_anywhere(error, KEY) == []


def of_ours(thing: object) -> object:
    """The parts of what is not plain data: it must be of this package."""
    assert type(thing).__module__.startswith("jimmy_ai_openapi_client"), thing
    return {**thing} if isinstance(thing, Mapping) else None
