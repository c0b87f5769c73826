"""Which operation a request is: its name in messages, whether it may be sent again, and the shape of its data."""

from collections.abc import Callable
from typing import Any, NamedTuple

Check = Callable[[Any], None]


class Operation(NamedTuple):
    """`is_read`: it changes nothing, so it may be sent again. `check` raises `ValueError` for data of a wrong shape."""

    name: str
    is_read: bool
    check: Check | None = None


def _one_asset(data: Any) -> None:
    if not isinstance(data, dict):
        raise ValueError("no data object in the answer")


def _several_assets(data: Any) -> None:
    """`items` may be null or absent: that is what a Go server makes of no rows."""
    if not isinstance(data, dict | None):
        raise ValueError("data is not an object")
    items = (data or {}).get("items")
    if not isinstance(items, list | None):
        raise ValueError("data.items is not a list")
    if not {dict}.issuperset(map(type, items or ())):
        raise ValueError("an asset is not an object")


_REALPERSON = "/api/open-api/v1/seedance/sp/realperson"

READ_OPERATIONS: dict[tuple[str, str], Check] = {
    ("POST", f"{_REALPERSON}/status"): _one_asset,
    ("POST", f"{_REALPERSON}/batch-status"): _several_assets,
}
"""The documented queries, by method and path below the base URL. They are POST, yet change nothing."""

_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}  # RFC 9110


def operation_of(method: str, path: str) -> Operation:
    """The operation of a request to `path` below the base URL, named by the last two parts of the path."""
    name = "/".join(path.strip("/").split("/")[-2:])[:100]
    check = READ_OPERATIONS.get((method, path))
    return Operation(name, check is not None or method in _SAFE_METHODS, check)
