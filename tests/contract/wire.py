"""The wire: a transport that keeps what was sent, and clients and operations that are called over it."""

import asyncio
import inspect
import warnings
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import httpx

from jimmy_ai_openapi_client.client import AuthenticatedClient, Client

from .generated import function
from .spec import Operation

BASE = "https://contract.invalid/prefix"
TOKEN = "token-0aZ._~+/="
Answering = Callable[[httpx.Request], httpx.Response]


@dataclass
class Wire(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Keeps each request and answers it; when `blocking` is False it refuses a request that would block the loop."""

    blocking: bool
    answer: Answering = lambda _: httpx.Response(204)
    requests: list[httpx.Request] = field(default_factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a blocking request."""
        assert self.blocking, "an async function sent a blocking request"
        request.read()
        return self._answered(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request of an event loop."""
        assert not self.blocking, "a sync function sent an async request"
        await request.aread()
        return self._answered(request)

    def _answered(self, request: httpx.Request) -> httpx.Response:
        # Copied, as a client may take the key away from a request that was sent.
        copy = httpx.Request(request.method, request.url, headers=request.headers, content=request.content)
        self.requests.append(copy)
        return self.answer(request)


def make(kind: Any, wire: Wire | None = None, **settings: Any) -> Any:
    """Return a client as a user makes it; one that authenticates has its token."""
    token = {"token": TOKEN} if kind is AuthenticatedClient else {}
    return kind(**{"base_url": BASE, "httpx_args": {"transport": wire, "trust_env": False}, **token, **settings})


async def collected(values: AsyncIterator[Any]) -> list[Any]:
    """Return what an asynchronous iterator gives."""
    return [each async for each in values]


def finished(value: Any) -> Any:
    """Return a value, or what it comes to in an event loop of its own."""
    if inspect.isasyncgen(value):
        return finished(collected(value))
    if not inspect.iscoroutine(value):
        return value
    with patch("time.sleep", side_effect=AssertionError("an async function slept in a blocking way")):
        return asyncio.run(value)


def exchange(
    operation: Operation, variant: str, arguments: Mapping[str, Any], answer: Answering, **settings: Any
) -> tuple[Any, httpx.Request]:
    """Call an operation that is answered so; return what the caller gets, and the only request that was sent.

    The client is the one that the spec asks for: with a token where there is security.
    """
    wire = Wire(blocking=not variant.startswith("asyncio"), answer=answer)
    kind = AuthenticatedClient if operation.security else Client
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Setting per-request cookies", DeprecationWarning)
        result = finished(function(operation, variant)(client=make(kind, wire, **settings), **arguments))
    assert len(wire.requests) == 1, f"{operation.id} ({variant}): {len(wire.requests)} requests for one call"
    return result, wire.requests[0]
