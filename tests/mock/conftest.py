from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest

from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService

from .helpers import Caller, read


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


@pytest.fixture(scope="session")
def spec() -> dict[str, Any]:
    with as_file(files("jimmy_ai_openapi_client") / "openapi.yaml") as path:
        return read(path)


@pytest.fixture(scope="session")
def growth() -> Path:
    return Path(__file__).with_name("growth.yaml")
