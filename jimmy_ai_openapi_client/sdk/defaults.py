"""What clients made without `transport=` use in place of the network, for the time of a block.

The mock sets this, so that code under test that calls plain `JimmyAI()` cannot reach the real service. It holds for the
whole process: code under test makes clients in threads and tasks, where a context variable would not.
"""

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from .clock import Clock
from .errors import ConfigurationError


@dataclass(frozen=True)
class Defaults:
    """A transport for sync and async clients, their clock, and which base URLs they may reach over the network."""

    transport: Any
    clock: Clock
    allows: Callable[[str], bool]


_active: list[Defaults] = []


@contextmanager
def use(defaults: Defaults) -> Generator[None]:
    """Apply defaults to clients made while the block runs; of nested blocks the innermost one counts."""
    _active.append(defaults)
    try:
        yield
    finally:
        _active.remove(defaults)


def resolve(base_url: str | None, transport: Any, clock: Clock | None) -> tuple[Any, Clock | None]:
    """The transport and the clock of a client made with these arguments.

    Raises `ConfigurationError` while defaults apply if the client is to reach another address than they allow.
    """
    if transport is not None or not _active:
        return transport, clock
    defaults = _active[-1]
    address = os.environ.get("JIMMYAI_BASE_URL") if base_url is None else base_url
    if not address:
        return defaults.transport, clock or defaults.clock
    if not defaults.allows(address):
        raise ConfigurationError(
            f"base_url {address!r} is not the mock's, and a mock is active; leave base_url out to reach the mock, "
            "or pass transport= to choose what the client talks to"
        )
    return None, clock or defaults.clock
