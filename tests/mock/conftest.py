from collections.abc import Iterator

import pytest

from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService

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
