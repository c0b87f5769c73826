"""Arguments of calls, checked before any request."""
# Callers may have no type checker.
# pyright: reportUnnecessaryIsInstance=false

from collections.abc import Callable, Iterable, Iterator
from inspect import iscoroutinefunction
from threading import TIMEOUT_MAX


def checked_id(asset_id: str, name: str = "asset_id") -> str:
    """The id itself; TypeError if it is not text, ValueError if it is blank, padded or has unprintable characters."""
    if not isinstance(asset_id, str):
        raise TypeError(f"{name} must be a str, not {type(asset_id).__name__}")
    if not asset_id.strip():
        raise ValueError(f"{name} is blank; pass the asset_id that the whitelist submit returned")
    if asset_id != asset_id.strip() or not asset_id.isprintable():
        raise ValueError(f"{name} has surrounding space or unprintable characters: {asset_id[:100]!a}")
    return asset_id


def checked_ids(asset_ids: Iterable[str]) -> list[str]:
    """The ids in the order given, each once; TypeError and ValueError as for one id."""
    if isinstance(asset_ids, str | bytes) or not isinstance(asset_ids, Iterable):
        raise TypeError(f"asset_ids must be an iterable of str, such as a list, not {type(asset_ids).__name__}")
    return list(dict.fromkeys(_each(asset_ids)))


def _each(asset_ids: Iterable[str]) -> Iterator[str]:
    for place, one in enumerate(asset_ids):
        if not (isinstance(one, str) and one and one == one.strip() and one.isprintable()):
            checked_id(one, f"asset_ids[{place}]")
        yield one


def checked_wait(timeout: float | None) -> float | None:
    """The timeout of a wait itself; TypeError if it is not a number or None, ValueError if not finite or negative."""
    if timeout is None:
        return None
    if isinstance(timeout, bool) or not isinstance(timeout, int | float):
        raise TypeError(f"timeout must be a number of seconds, or None for no limit, not {type(timeout).__name__}")
    if not 0 <= timeout <= TIMEOUT_MAX:  # more, infinity included, no clock takes
        raise ValueError(f"timeout must be finite and not negative, or None for no limit, not {timeout}")
    return timeout


def checked_listener(name: str, listener: Callable[..., object] | None, *, awaited: bool = False) -> None:
    """TypeError if it is neither callable nor None, or async where nobody awaits it."""
    if listener is not None and not callable(listener):
        raise TypeError(f"{name} must be callable, not {type(listener).__name__}")
    if iscoroutinefunction(listener) and not awaited:
        raise TypeError(f"{name} is async; use AsyncJimmyAI, which awaits it, or pass a plain function")


def checked_choice(name: str, value: str, *choices: str) -> None:
    """ValueError if it is none of the choices."""
    if value not in choices:
        raise ValueError(f"{name} must be {' or '.join(map(repr, choices))}, not {value!r}")
