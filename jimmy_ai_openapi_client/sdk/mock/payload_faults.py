"""Faults in the payload: answers that are well-formed and not what the spec or common sense would have.

Each change edits an envelope in place and returns whether there was anything to change.
"""

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from .exchange import Reply
from .fault_queue import Fault
from .spec import Node

Change = Callable[[Node], bool]


def asset_fault(text: str, change: Change) -> Fault:
    """A fault of any answer that tells of assets."""
    return Fault(text, change=_applied(change), suits=lambda documented: change(copy.deepcopy(documented)))


def item_fault(text: str, asset_id: str | None, change: Callable[[list[Any], Node], object]) -> Fault:
    """A fault of one item of a batch: the first, or the one with this id. `change` gets all items and that one."""

    def change_item(envelope: Node) -> bool:
        items = _items(envelope)
        for one in items:
            if isinstance(one, dict) and asset_id in {None, one.get("asset_id"), one.get("official_id")}:
                change(items, one)
                return True
        return False

    return Fault(text, change=_applied(change_item), suits=lambda documented: bool(_items(documented)))


def null_fields(names: tuple[str, ...]) -> Change:
    """Some fields are null."""

    def change(envelope: Node) -> bool:
        assets = _assets(envelope)
        for asset in assets:
            asset.update(dict.fromkeys(names or {"asset_ref", *asset} - {"asset_id", "status"}))
        return bool(assets)

    return change


def unknown_status(status: str) -> Change:
    """A status that is not documented."""

    def change(envelope: Node) -> bool:
        assets = [asset for asset in _assets(envelope) if "status" in asset]
        for asset in assets:
            asset["status"] = status
        return bool(assets)

    return change


def _applied(change: Change) -> Callable[[Reply], Reply | None]:
    def changed(reply: Reply) -> Reply | None:
        envelope = json.loads(reply.content)
        return replace(reply, content=json.dumps(envelope).encode()) if change(envelope) else None

    return changed


def _items(envelope: Node) -> list[Any]:
    data = envelope.get("data")
    items = data.get("items") if isinstance(data, dict) else None
    return items if isinstance(items, list) else []


def _assets(envelope: Node) -> list[Node]:
    """The items of a batch, or the one thing asked for."""
    told = _items(envelope) or [envelope.get("data")]
    return [one for one in told if isinstance(one, dict) and "items" not in one]
