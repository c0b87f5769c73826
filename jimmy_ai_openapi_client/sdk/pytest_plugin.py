"""The pytest fixture `jimmy_mock`. Every pytest beside the package loads this, so it imports next to nothing."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .mock import JimmyMock


@pytest.fixture
def jimmy_mock(request: pytest.FixtureRequest) -> Iterator["JimmyMock"]:
    """The API, mocked, for one test, on a clock that makes waits take no time.

        def test_mine(jimmy_mock):
            jimmy_mock.add("id1", polls=3)
            assert JimmyAI().real_person.wait("id1").is_active      # or code that makes its own client
            assert len(jimmy_mock.requests) == 4

    During the test, in the whole process, every `JimmyAI()` and `AsyncJimmyAI()` made without `transport=` talks to the
    mock, and JIMMYAI_API_KEY is its key; any other `base_url` raises `ConfigurationError`. `.client` and
    `.async_client` are ready to use; `.add`, `.fault`, `.load`, `.requests`, `.clock`, `.transport` are those of
    `MockService`. Without the extra `mock`, and in tests that anyio runs on trio, the fixture fails with a message.
    """
    if "anyio_backend" in request.fixturenames and request.getfixturevalue("anyio_backend_name") != "asyncio":
        pytest.fail("jimmy_mock needs asyncio: let the fixture anyio_backend return 'asyncio'", pytrace=False)
    try:
        from .mock.fixture import mocked  # noqa: PLC0415  (a suite that uses no mock imports none)
    except ModuleNotFoundError as missing:  # pragma: no cover  (tested in a process of its own)
        raise pytest.fail.Exception(str(missing), pytrace=False) from None
    with mocked() as mock:
        yield mock
