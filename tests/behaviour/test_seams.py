"""What is put in place of the network, of time and of nothing at all is checked where it is given."""

import time
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import AsyncJimmyAI, ConfigurationError, JimmyAI, WaitResult
from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService

from .service import KEY, Connect, Service


@pytest.mark.parametrize("client", [JimmyAI, AsyncJimmyAI])
@pytest.mark.parametrize("transport", [MockService(), object(), httpx.BaseTransport, "http://127.0.0.1"])
def test_no_transport(client: Any, transport: Any) -> None:
    with pytest.raises(ConfigurationError, match="transport must be an httpx"):
        client(api_key=KEY, transport=transport)


@pytest.mark.parametrize("client", [JimmyAI, AsyncJimmyAI])
@pytest.mark.parametrize("clock", [time, FakeClock, 5])
def test_no_clock(client: Any, clock: Any) -> None:
    with pytest.raises(ConfigurationError, match="clock must be a Clock"):
        client(api_key=KEY, clock=clock)


def test_a_transport_of_the_other_kind() -> None:
    with pytest.raises(ConfigurationError, match="AsyncBaseTransport"):
        AsyncJimmyAI(api_key=KEY, transport=httpx.HTTPTransport())  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["on_update", "on_progress"])
def test_an_async_listener_where_nobody_awaits_it(name: str) -> None:
    async def listen(*_: object) -> None:
        raise AssertionError

    listeners: dict[str, Any] = {name: listen}
    service = Service()
    with JimmyAI(api_key=KEY, transport=service.transport) as jimmy, pytest.raises(TypeError, match="AsyncJimmyAI"):
        jimmy.real_person.wait_many(["id1"], **listeners)
    assert service.asked == []


def test_results_are_shown_in_one_line_however_many_they_hold(connect: Connect) -> None:
    ids = [f"id{number}" for number in range(300)]
    real_person = connect(transport=Service().transport, clock=FakeClock()).real_person
    assert repr(real_person.batch_status(ids)) == "<BatchResult: 300 assets, 0 missing, 0 refused, 0 unasked>"
    shown = "<WaitResult: 300 assets, 300 active, 0 failed, 0 missing, 0 pending, 3 requests, 0.0 s elapsed>"
    assert repr(real_person.wait_many(ids)) == shown
    assert repr(WaitResult(elapsed=12.345678901234567)).endswith(", 0 requests, 12.3 s elapsed>")
