"""What the pytest fixture `jimmy_mock` hands out, to name in annotations."""

from collections.abc import Generator
from contextlib import contextmanager
from functools import cached_property

from .client import AsyncJimmyAI, JimmyAI
from .mock import FakeClock, MockService
from .mock.api import environment


class JimmyMock(MockService):
    """A `MockService` and clients of it, all on one `FakeClock`: waits and retries take no time, chance repeats."""

    clock: FakeClock  # pyright: ignore[reportIncompatibleVariableOverride]  # nobody sets it

    def __init__(self) -> None:
        super().__init__(clock=FakeClock(), seed=0)

    @cached_property
    def client(self) -> JimmyAI:
        """A client with its usual settings; `client.with_options()` gives others."""
        return JimmyAI(api_key=self.api_key, transport=self.transport, clock=self.clock)

    @cached_property
    def async_client(self) -> AsyncJimmyAI:
        """The same for asyncio, under whatever runs the event loop. It holds nothing that would have to be closed."""
        return AsyncJimmyAI(api_key=self.api_key, transport=self.transport, clock=self.clock)


@contextmanager
def mocked() -> Generator[JimmyMock]:
    """A `JimmyMock` for one test, and the environment that its key opens."""
    mock = JimmyMock()
    with environment(mock.api_key), mock.client:
        yield mock
