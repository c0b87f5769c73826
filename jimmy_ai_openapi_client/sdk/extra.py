"""What the extra `fast` brings, used by itself where it is installed."""

from functools import cache
from importlib import import_module
from typing import Any


@cache
def installed(module: str) -> Any:
    """The module, imported at its first use, or None where it is not installed."""
    try:
        return import_module(module)
    except ImportError:
        return None
