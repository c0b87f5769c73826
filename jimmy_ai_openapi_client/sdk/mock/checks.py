"""Arguments, held to what they must be: each check returns the value or raises, naming the argument and the remedy."""

import math
from typing import Any

from ..clock import Clock


def number(name: str, value: Any, *, least: float = 0, most: float = math.inf) -> float:
    """A number from `least` to `most`."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{name} must be a number, not {value!r:.100}")
    if not least <= value <= most:
        raise ValueError(f"{name} must be {_between(least, most)}, not {value!r:.100}")
    return value


def whole(name: str, value: Any, *, least: float = -math.inf, most: float = math.inf) -> int:
    """A whole number from `least` to `most`."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name} must be a whole number, not {value!r:.100}")
    return int(number(name, value, least=least, most=most))


def text(name: str, value: Any) -> str:
    """A text that is not empty."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a str, not {value!r:.100}")
    if not value:
        raise ValueError(f"{name} must not be empty")
    return value


def ids(given: tuple[Any, ...]) -> tuple[str, ...]:
    """Ids, one an argument."""
    for one in given:
        if not isinstance(one, str):
            raise TypeError(f"ids are given as str, one an argument: mock.add(*ids), not {one!r:.100}")
    return given


def clock(given: Any) -> Clock:
    """A clock, real time unless given."""
    if not isinstance(given, Clock | None):
        raise TypeError(f"clock must be a Clock, such as FakeClock(), not {given!r:.100}")
    return given or Clock()


def _between(least: float, most: float) -> str:
    return f"at least {least:g}" if most == math.inf else f"from {least:g} to {most:g}"
