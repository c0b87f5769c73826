"""Checks of arguments: each returns the value or raises, naming the argument and what it must be."""

import math
from typing import Any


def number(name: str, value: Any, *, least: float = 0, most: float = math.inf) -> float:
    """A number from `least` to `most`."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{name} must be a number, not {value!r:.100}")
    if not least <= value <= most:
        span = f"at least {least:g}" if most == math.inf else f"from {least:g} to {most:g}"
        raise ValueError(f"{name} must be {span}, not {value!r:.100}")
    return value


def integer(name: str, value: Any, *, least: float = -math.inf, most: float = math.inf) -> int:
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
