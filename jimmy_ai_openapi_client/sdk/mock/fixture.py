"""The mock for the time of a block or a test."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from ..client import AsyncJimmyAI, JimmyAI
from .clock import FakeClock
from .service import MockService

KEY, ADDRESS = "JIMMYAI_API_KEY", "JIMMYAI_BASE_URL"


class JimmyMock(MockService):
    """A `MockService` and clients of it, all on one `FakeClock`: waits and retries take no time, chance repeats.

    The pytest fixture `jimmy_mock` gives one.
    """

    clock: FakeClock  # pyright: ignore[reportIncompatibleVariableOverride]  # nobody sets it

    def __init__(self) -> None:
        super().__init__(clock=FakeClock(), seed=0)

    @cached_property
    def client(self) -> JimmyAI:
        """A client with its usual settings; `client.with_options()` gives others."""
        return JimmyAI(api_key=self.api_key, transport=self.transport, clock=self.clock)

    @cached_property
    def async_client(self) -> AsyncJimmyAI:
        """The same for asyncio. It holds nothing that would have to be closed."""
        return AsyncJimmyAI(api_key=self.api_key, transport=self.transport, clock=self.clock)


@contextmanager
def mock_api(**options: Any) -> Iterator[MockService]:
    """A `MockService(**options)` that clients need no key for.

        with mock_api() as mock:
            mock.add("id1", polls=0)
            jimmy = JimmyAI(transport=mock.transport)       # or AsyncJimmyAI

    For the time of the block the environment's JIMMYAI_API_KEY is the mock's key and JIMMYAI_BASE_URL is not set; then
    both are again what they were. The environment is the whole process's, so blocks with different keys must not run
    in threads side by side.
    """
    mock = MockService(**options)
    with active(mock):
        yield mock


@contextmanager
def mocked() -> Iterator[JimmyMock]:
    """A `JimmyMock` for one test."""
    mock = JimmyMock()
    with active(mock), mock.client:
        yield mock


@contextmanager
def active(mock: MockService) -> Iterator[None]:
    """The environment with the key of a mock and no address, until the block ends."""
    before = {name: os.environ.pop(name, None) for name in (KEY, ADDRESS)}
    os.environ[KEY] = mock.api_key
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
