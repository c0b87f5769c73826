"""The mock for the time of a block or a test."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from .. import defaults
from .clock import FakeClock
from .service import MockService

if TYPE_CHECKING:  # the mock of any spec works without the client of this one
    from ..client import AsyncJimmyAI, JimmyAI

Mock = TypeVar("Mock", bound=MockService)


class JimmyMock(MockService):
    """A `MockService` and clients of it on one `FakeClock`: waits and retries take no time, random faults repeat.

    The pytest fixture `jimmy_mock` gives one.
    """

    clock: FakeClock  # pyright: ignore[reportIncompatibleVariableOverride]  # nobody sets it

    def __init__(self) -> None:
        super().__init__(clock=FakeClock(), seed=0)

    @cached_property
    def client(self) -> "JimmyAI":
        """A client with its usual settings; `client.with_options()` gives others."""
        from ..client import JimmyAI  # noqa: PLC0415

        return JimmyAI(api_key=self.api_key, transport=self.transport, clock=self.clock)

    @cached_property
    def async_client(self) -> "AsyncJimmyAI":
        """The same for asyncio. It holds nothing that would have to be closed."""
        from ..client import AsyncJimmyAI  # noqa: PLC0415

        return AsyncJimmyAI(api_key=self.api_key, transport=self.transport, clock=self.clock)


def mock_api(**options: Any) -> AbstractContextManager[MockService]:
    """A `MockService(**options)` that every client made in the block talks to. Its clock is a `FakeClock` by default.

        with mock_api() as mock:
            mock.add("id1", seconds=90)
            JimmyAI().real_person.wait("id1")       # without waiting; or AsyncJimmyAI, or code that makes its own

    For the time of the block, in the whole process, clients made without `transport=` talk to the mock in-process, on
    its clock, and JIMMYAI_API_KEY is its key. A `base_url` or JIMMYAI_BASE_URL other than that of `mock.serve()` raises
    `ConfigurationError`. Clients made before the block, and bare generated clients, are not covered: give the latter
    `httpx_args={"transport": mock.transport}`. Raises what `MockService` raises.
    """
    return _active(MockService(**{"clock": FakeClock(), **options}))


def mocked() -> AbstractContextManager[JimmyMock]:
    """A `JimmyMock` for one test."""
    return _active(JimmyMock())


@contextmanager
def _active(mock: Mock) -> Iterator[Mock]:
    """Lead clients to a mock, with its key, until the block ends."""
    before = {name: os.environ.pop(name, None) for name in ("JIMMYAI_API_KEY", "JIMMYAI_BASE_URL")}
    os.environ["JIMMYAI_API_KEY"] = mock.api_key
    try:
        with defaults.use(defaults.Defaults(mock.transport, mock.clock, mock.serves)):
            yield mock
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
