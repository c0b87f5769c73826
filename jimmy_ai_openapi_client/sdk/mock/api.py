"""The mock for the time of a block."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .service import MockService

KEY, ADDRESS = "JIMMYAI_API_KEY", "JIMMYAI_BASE_URL"


@contextmanager
def mock_api(**options: Any) -> Iterator[MockService]:
    """A `MockService(**options)` that clients need no key for.

        with mock_api() as mock:
            mock.add("id1", looks=0)
            jimmy = JimmyAI(transport=mock.transport)       # or AsyncJimmyAI

    For the time of the block the environment's JIMMYAI_API_KEY is the mock's key and JIMMYAI_BASE_URL is not set; then
    both are again what they were. The environment is the whole process's, so blocks with different keys must not run
    in threads side by side.
    """
    mock = MockService(**options)
    with environment(mock.api_key):
        yield mock


@contextmanager
def environment(key: str) -> Iterator[None]:
    """The environment with this key and no address, until the block ends."""
    before = {name: os.environ.pop(name, None) for name in (KEY, ADDRESS)}
    os.environ[KEY] = key
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
