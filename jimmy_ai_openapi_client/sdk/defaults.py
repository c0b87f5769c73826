"""What clients made without `transport=` use in place of the network, for the time of a block.

The mock sets this, so that code under test that calls plain `JimmyAI()` cannot reach the real service. It holds for the
whole process: code under test makes clients in threads and tasks, where a context variable would not.
"""

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, NamedTuple

from .clock import Clock
from .errors import ConfigurationError


class Defaults(NamedTuple):
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


def resolve(base_url: str | None, transport: Any, clock: Clock | None) -> tuple[Any, Clock]:
    """The transport and the clock of a client made with these arguments.

    Raises `ConfigurationError` while defaults apply if the client is to reach another address than they allow.
    """
    if transport is not None or not _active:
        return transport, Clock() if clock is None else clock
    defaults = _active[-1]
    clock = defaults.clock if clock is None else clock
    address = os.environ.get("JIMMYAI_BASE_URL") if base_url is None else base_url
    if address and not defaults.allows(address):
        raise ConfigurationError(
            f"base_url {address!r} is not the mock's, and a mock is active; leave base_url out to reach the mock, "
            "or pass transport= to choose what the client talks to"
        )
    return None if address else defaults.transport, clock
