"""The wire: a transport that keeps what was sent, and the four ways to call an operation over it."""

import asyncio
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import httpx

from .generated import client_module, function
from .spec import Operation

BASE = "https://contract.invalid/prefix"
TOKEN = "token-0aZ._~+/="


@dataclass
class Wire(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Keeps each request and answers it; when `blocking` is False it refuses a request that would block the loop."""

    blocking: bool
    answer: Callable[[], httpx.Response] = lambda: httpx.Response(418)
    requests: list[httpx.Request] = field(default_factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a blocking request."""
        assert self.blocking, "an async function sent a blocking request"
        request.read()
        self.requests.append(request)
        return self.answer()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request of an event loop, which has other things to do meanwhile."""
        assert not self.blocking, "a sync function sent an async request"
        await request.aread()
        self.requests.append(request)
        await asyncio.sleep(0)
        return self.answer()


def client_for(operation: Operation, wire: Wire | None, **settings: Any) -> Any:
    """Return the client that the spec asks for, as a user would make it: with a token where there is security."""
    settings = {"base_url": BASE, "httpx_args": {"transport": wire, "trust_env": False}, **settings}
    if operation.security:
        return client_module.AuthenticatedClient(token=TOKEN, **settings)
    return client_module.Client(**settings)


def call_served(operation: Operation, variant: str, address: str, arguments: Mapping[str, Any]) -> Any:
    """Call an operation of a server with the client that the spec asks for, and close the client."""
    client = client_for(operation, None, base_url=address, httpx_args={"trust_env": False})

    async def awaited() -> Any:
        async with client:
            return await function(operation, variant)(client=client, **arguments)

    if variant.startswith("asyncio"):
        return asyncio.run(awaited())
    with client:
        return function(operation, variant)(client=client, **arguments)


def call(operation: Operation, variant: str, client: Any, arguments: Mapping[str, Any]) -> Any:
    """Call one of the functions of an operation, in an event loop if it is one for that."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Setting per-request cookies", DeprecationWarning)
        called = function(operation, variant)
        if variant.startswith("asyncio"):
            with patch("time.sleep", side_effect=AssertionError("an async function slept in a blocking way")):
                return asyncio.run(called(client=client, **arguments))
        return called(client=client, **arguments)


def exchange(
    operation: Operation,
    variant: str,
    arguments: Mapping[str, Any],
    answer: Callable[[], httpx.Response],
    **settings: Any,
) -> tuple[Any, httpx.Request]:
    """Call an operation that is answered so; return what the caller gets, and the only request that was sent."""
    wire = Wire(blocking=not variant.startswith("asyncio"), answer=answer)
    result = call(operation, variant, client_for(operation, wire, **settings), arguments)
    assert len(wire.requests) == 1, f"{operation.id} ({variant}): {len(wire.requests)} requests for one call"
    return result, wire.requests[0]
