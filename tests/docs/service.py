"""The service that the examples meet: the mock, wherever they think they are going."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import vcr.patch
from httpx_aiohttp import AiohttpTransport

from jimmy_ai_openapi_client.sdk import defaults
from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService

KEY = "sk-..."
IDS = ["id1", "id2", "id3"]


def filled() -> MockService:
    """Two assets that become active, and one that fails. No other id is known."""
    mock = MockService(api_key=KEY, clock=FakeClock())
    mock.add("id1", "id2", polls=1)
    mock.add("id3", polls=2, outcome="Failed")
    mock.load({"refused": ["bad id"]})
    return mock


@pytest.fixture
def everywhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[MockService]:
    """A mock that answers every request but those to loopback, on a clock that waits for nobody."""
    real: Any = httpx.HTTPTransport.handle_request
    areal: Any = httpx.AsyncHTTPTransport.handle_async_request

    def send(transport: Any, request: httpx.Request) -> httpx.Response:
        local = request.url.host == "127.0.0.1"
        return real(transport, request) if local else mock.transport.handle_request(request)

    async def asend(transport: Any, request: httpx.Request) -> httpx.Response:
        local = request.url.host == "127.0.0.1"
        return await (areal(transport, request) if local else mock.transport.handle_async_request(request))

    mock = filled()
    with defaults.use(defaults.Defaults(None, mock.clock, lambda _: True)):
        monkeypatch.setenv("JIMMYAI_API_KEY", KEY)
        monkeypatch.setattr(httpx.HTTPTransport, "handle_request", send)
        monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", asend)
        monkeypatch.setattr(vcr.patch, "_HttpxHttpTransport_handle_request", send)  # it keeps the original of its own
        monkeypatch.setattr(vcr.patch, "_HttpxAsyncHttpTransport_handle_async_request", asend)
        monkeypatch.setattr(AiohttpTransport, "handle_async_request", asend)
        yield mock
