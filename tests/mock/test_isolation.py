"""While a mock is active, no client made in the process reaches anything else."""

import asyncio
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import AsyncJimmyAI, ConfigurationError, JimmyAI
from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService, mock_api

Wait = Callable[..., bool]


def wait(**options: Any) -> bool:
    """Code under test."""
    with JimmyAI(**options) as jimmy:
        return jimmy.real_person.wait("id1").is_active


async def async_wait(**options: Any) -> bool:
    async with AsyncJimmyAI(**options) as jimmy:
        return (await jimmy.real_person.wait("id1")).is_active


@pytest.fixture(params=[wait, lambda **options: asyncio.run(async_wait(**options))], ids=["sync", "async"])
def waits(request: pytest.FixtureRequest) -> Wait:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def active() -> Iterator[MockService]:
    with mock_api() as mock:
        mock.add("id1", seconds=600)
        yield mock


def test_a_plain_client_talks_to_the_mock_on_its_clock(active: MockService, waits: Wait) -> None:
    assert waits()
    assert active.clock.now() >= 600
    assert [request.ids for request in active.requests] == [["id1"]] * len(active.requests)


def test_so_it_does_in_threads(active: MockService, waits: Wait) -> None:
    with ThreadPoolExecutor() as pool:
        assert [thread.result() for thread in [pool.submit(waits) for _ in range(3)]] == [True] * 3


def test_a_base_url_elsewhere_is_refused(active: MockService, waits: Wait, monkeypatch: pytest.MonkeyPatch) -> None:
    for address in ("https://www.jimmyai.cn", "https://api.example.com", "http://127.0.0.1:1"):
        with pytest.raises(ConfigurationError, match="is not the mock's, and a mock is active; leave base_url out"):
            waits(base_url=address)
    monkeypatch.setenv("JIMMYAI_BASE_URL", "https://api.example.com")
    with pytest.raises(ConfigurationError, match="base_url 'https://api"):
        waits()
    assert active.requests == []


@pytest.mark.wire
def test_the_mock_s_own_server_may_be_reached(active: MockService, waits: Wait) -> None:
    with active.serve() as server:
        assert waits(base_url=server.base_url)
    assert active.clock.now() >= 600


def test_a_transport_given_is_used(active: MockService) -> None:
    other = MockService(polls=0)
    other.add("id1")
    assert wait(transport=other.transport, base_url="https://api.example.com")
    assert (len(other.requests), active.requests) == (1, [])


def test_the_innermost_of_nested_mocks_counts(active: MockService) -> None:
    with mock_api(api_key="sk-inner", clock=FakeClock(), polls=0) as inner:
        inner.add("id1")
        assert wait()
    assert (len(inner.requests), active.requests) == (1, [])
    assert wait()


@pytest.mark.parametrize("before", [{}, {"JIMMYAI_API_KEY": "sk-own", "JIMMYAI_BASE_URL": "http://127.0.0.1:1"}])
def test_everything_is_as_before_when_it_ends(before: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in before.items():
        monkeypatch.setenv(name, value)
    environment = dict(os.environ)
    with pytest.raises(ZeroDivisionError), mock_api():
        raise ZeroDivisionError
    assert dict(os.environ) == environment
    # The default address is real again: no mock refuses it.
    assert "https://api.example.com" in repr(JimmyAI(api_key="sk-own", base_url="https://api.example.com"))


@pytest.mark.parametrize("name", ["verify", "proxy", "trust_env", "limits", "mounts"])
def test_code_that_configures_the_network_needs_no_change(name: str) -> None:
    """Nothing that it passes leads past the mock."""
    elsewhere = "http://127.0.0.1:1"
    network: dict[str, object] = {"verify": False, "proxy": elsewhere, "trust_env": False, "limits": httpx.Limits()}
    value = network.get(name, {"all://": httpx.HTTPTransport(proxy=elsewhere)})
    with mock_api(polls=0) as mock, JimmyAI(api_key=mock.api_key, httpx_args={name: value}) as jimmy:
        mock.add("id1")
        assert jimmy.real_person.status("id1").is_active
