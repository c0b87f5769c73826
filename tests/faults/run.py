"""Run one case through one of the clients, and note all that can be seen of it."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from inspect import isawaitable
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from jimmy_ai_openapi_client import AsyncJimmyAI, BatchResult, JimmyAI, RealPersonAsset

from .case import Case
from .clock import SkippingClock
from .inside import Inside
from .script import ASSET_ID, Kind
from .server import Request, Server

KEY = "sk_live-QzM7x0vLEAKw4tYp9eRk2uHn6bJd8s"
PROXY_VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")

Answer = RealPersonAsset | BatchResult
Played = Server | Inside
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Flavour:
    """Which client, which of its calls, and the transport that the client is given."""

    client: type[JimmyAI] | type[AsyncJimmyAI]
    kind: Kind
    transport: Callable[[], Any] = lambda: None
    name: str = "own"

    def __str__(self) -> str:
        return f"{'sync' if self.client is JimmyAI else 'async'}-{self.kind}-{self.name}"


KINDS: tuple[Kind, ...] = ("single", "batch")
OWN = tuple(Flavour(client, kind) for client in (JimmyAI, AsyncJimmyAI) for kind in KINDS)
TRANSPORTS: list[tuple[type[JimmyAI] | type[AsyncJimmyAI], Callable[[], Any], str]] = [
    (JimmyAI, httpx.HTTPTransport, "given"),
    (AsyncJimmyAI, httpx.AsyncHTTPTransport, "given"),
]
with suppress(ModuleNotFoundError):  # it needs a newer httpx than the oldest that is supported
    from httpx_aiohttp import AiohttpTransport

    TRANSPORTS.append((AsyncJimmyAI, AiohttpTransport, "aiohttp"))
GIVEN = tuple(Flavour(client, kind, make, name) for client, make, name in TRANSPORTS for kind in KINDS)


@dataclass(slots=True)
class Outcome:
    """What came of one call, and of a second one after the server had healed."""

    value: Answer | None = None
    error: BaseException | None = None
    elapsed: float = 0.0
    pauses: tuple[float, ...] = ()
    requests: list[Request] = field(default_factory=list)
    after: Answer | BaseException | None = None
    open_after: int = -1
    open_closed: int = -1
    client: str = ""
    records: list[str] = field(default_factory=list)


@contextmanager
def surroundings(trusted: Path | None = None, **variables: str) -> Iterator[None]:
    """An environment without proxies, with `variables`; a small trust store, as loading the usual one takes 20 ms."""
    with pytest.MonkeyPatch.context() as patch:
        for name in PROXY_VARIABLES:
            patch.delenv(name, raising=False)
            patch.delenv(name.lower(), raising=False)
        for name, value in ({"SSL_CERT_FILE": str(trusted)} if trusted else {}).items() | variables.items():
            patch.setenv(name, value)
        yield


@contextmanager
def listening() -> Iterator[list[str]]:
    """Every log record of every logger meanwhile, as text with all its parts."""
    seen: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.append(f"{record.name} {record.getMessage()} {record.__dict__!r}")

    root, keep = logging.getLogger(), Keep()
    before, others = root.level, root.handlers
    root.handlers = [keep]
    root.setLevel(logging.DEBUG)
    try:
        yield seen
    finally:
        root.handlers = others
        root.setLevel(before)


def run(case: Case, flavour: Flavour, trusted: Path | None = None) -> Outcome:
    """Play the case to a fresh client, then one good call, then close."""
    with surroundings(trusted), Server(case.play) as server:
        return call(server, case, flavour, server.url)


def call(server: Played, case: Case, flavour: Flavour, url: str) -> Outcome:
    """What comes of the case at `url`, where `server` plays it."""
    outcome = Outcome()
    with listening() as outcome.records:
        story = _story(outcome, server, case, flavour, url)
        if flavour.client is JimmyAI:
            finish(story)
        else:
            asyncio.run(story)
    outcome.open_closed = server.open_connections(at_most=0)
    return outcome


async def _story(outcome: Outcome, server: Played, case: Case, flavour: Flavour, url: str) -> None:
    clock = SkippingClock(case.random)
    options: dict[str, Any] = {"timeout": case.timeout, "max_retries": case.max_retries, "clock": clock}
    jimmy = flavour.client(api_key=KEY, base_url=url, transport=flavour.transport(), **options)
    try:
        started = time.monotonic()
        first = await _asked(jimmy, flavour.kind, case.ids)
        outcome.elapsed = time.monotonic() - started
        outcome.pauses, outcome.requests = tuple(clock.pauses), list(server.requests)
        if isinstance(first, BaseException):
            outcome.error = first
        else:
            outcome.value = first
        server.heal()
        outcome.after = await _asked(jimmy.with_options(timeout=60.0), flavour.kind, (ASSET_ID,))
        outcome.open_after = await _beside(jimmy, partial(server.open_connections, at_most=1))
        outcome.client = portrait(jimmy)
    finally:
        await result(jimmy.close())


async def _asked(jimmy: JimmyAI | AsyncJimmyAI, kind: Kind, ids: tuple[str, ...]) -> Answer | BaseException:
    real_person = jimmy.real_person
    try:
        return await result(real_person.status(ids[0]) if kind == "single" else real_person.batch_status(ids))
    except BaseException as error:  # noqa: BLE001  (a test says afterwards which it may be)
        return error


async def result(answer: T | Awaitable[T]) -> T:
    """What was returned, or what awaiting it gives."""
    return await answer if isawaitable(answer) else answer


def finish(story: Coroutine[object, None, None]) -> None:
    """Run a coroutine that never waits: the story of a sync client needs no event loop."""
    try:
        story.send(None)
    except StopIteration:
        return
    raise AssertionError("a sync client made its caller wait for an event loop")


async def _beside(jimmy: JimmyAI | AsyncJimmyAI, look: Callable[[], int]) -> int:
    """What `look` sees, while the event loop, if there is one, goes on closing connections."""
    return look() if isinstance(jimmy, JimmyAI) else await asyncio.to_thread(look)


def portrait(jimmy: JimmyAI | AsyncJimmyAI) -> str:
    """All that a client shows of itself."""
    client = jimmy.raw.get_httpx_client() if isinstance(jimmy, JimmyAI) else jimmy.raw.get_async_httpx_client()
    parts = (jimmy, jimmy.raw, jimmy.real_person, client)
    slots = {name: getattr(jimmy.raw, name, None) for name in dir(jimmy.raw) if not name.startswith("__")}
    dicts = [getattr(part, "__dict__", {}) for part in parts]
    return repr((*parts, slots, dicts, list(client.headers.raw)))
