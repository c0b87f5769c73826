from collections.abc import Iterator

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockServer, MockService

from .helpers import Caller


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def mock(clock: FakeClock) -> MockService:
    return MockService(clock=clock)


@pytest.fixture
def caller(mock: MockService) -> Iterator[Caller]:
    caller = Caller(mock)
    with caller.http:
        yield caller


@pytest.fixture
def server(mock: MockService) -> Iterator[MockServer]:
    with mock.serve() as server:
        yield server


@pytest.fixture
def site(server: MockServer) -> Iterator[httpx.Client]:
    """A client of the server, without a key. Proxies of the machine do not reach its loopback."""
    with httpx.Client(base_url=server.base_url, trust_env=False) as http:
        yield http
