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


def test_so_it_does_in_threads_and_tasks(active: MockService) -> None:
    async def main() -> list[bool]:
        return await asyncio.gather(*(asyncio.create_task(async_wait()) for _ in range(3)))

    with ThreadPoolExecutor() as pool:
        assert [thread.result() for thread in [pool.submit(wait) for _ in range(3)]] == [True] * 3
        assert pool.submit(asyncio.run, main()).result() == [True] * 3


def test_a_base_url_elsewhere_is_refused(active: MockService, waits: Wait, monkeypatch: pytest.MonkeyPatch) -> None:
    for address in ("https://www.jimmyai.cn", "https://api.example.com", "http://127.0.0.1:1"):
        with pytest.raises(ConfigurationError, match="is not the mock's, and a mock is active; leave base_url out"):
            waits(base_url=address)
    monkeypatch.setenv("JIMMYAI_BASE_URL", "https://api.example.com")
    with pytest.raises(ConfigurationError, match="base_url 'https://api"):
        waits()
    assert active.requests == []


def test_the_mock_s_own_server_may_be_reached(active: MockService, waits: Wait) -> None:
    with active.serve() as server:
        assert waits(base_url=server.base_url)
    assert active.clock.now() >= 600


def test_a_transport_given_is_used(active: MockService) -> None:
    other = MockService()
    other.add("id1", polls=0)
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
    if before:
        with JimmyAI() as jimmy:
            assert "http://127.0.0.1:1" in repr(jimmy)
    else:
        with pytest.raises(ConfigurationError):
            JimmyAI()


def test_a_generated_client_is_given_the_transport(active: MockService) -> None:
    """It cannot be covered: it knows nothing of the hand-written part."""
    with httpx.Client(transport=active.transport, base_url="https://api.example.com") as http:
        assert http.get("/").status_code == 404


NETWORK: dict[str, object] = {
    "verify": False,
    "proxy": "http://127.0.0.1:1",
    "trust_env": False,
    "limits": httpx.Limits(),
}


@pytest.mark.parametrize("name", [*NETWORK, "mounts"])
def test_code_that_configures_the_network_needs_no_change(name: str) -> None:
    """Nothing that it passes leads past the mock."""
    value = NETWORK.get(name, {"all://": httpx.HTTPTransport(proxy="http://127.0.0.1:1")})
    with mock_api() as mock, JimmyAI(api_key=mock.api_key, httpx_args={name: value}) as jimmy:
        mock.add("id1", seconds=0)
        assert jimmy.real_person.status("id1").is_active
