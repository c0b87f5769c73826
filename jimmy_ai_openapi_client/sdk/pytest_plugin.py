"""The pytest fixture `jimmy_mock`. Every pytest beside the package loads this, so it imports next to nothing."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .mock import JimmyMock


@pytest.fixture
def jimmy_mock() -> Iterator["JimmyMock"]:
    """The API, mocked, with clients whose waits take no time.

        def test_mine(jimmy_mock):
            jimmy_mock.add("id1", polls=3)
            assert jimmy_mock.client.real_person.wait("id1").is_active
            assert len(jimmy_mock.requests) == 4

    `.client` and `.async_client` are ready to use; `.add`, `.fault`, `.load`, `.requests`, `.clock`, `.transport` are
    those of `MockService`. During the test JIMMYAI_API_KEY is the mock's key and JIMMYAI_BASE_URL is not set.
    """
    mocked = _mocked()
    if isinstance(mocked, str):  # pragma: no cover  (tested in a process of its own)
        pytest.fail(mocked, pytrace=False)
    with mocked as mock:
        yield mock


def _mocked() -> "AbstractContextManager[JimmyMock] | str":
    """The mock, or what is missing for it."""
    try:
        from .mock.fixture import mocked  # noqa: PLC0415  (a suite that uses no mock imports none)
    except ModuleNotFoundError as missing:  # pragma: no cover  (tested in a process of its own)
        return str(missing)
    return mocked()
