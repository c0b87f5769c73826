"""Faults in what an answer says: well-formed, and not what the spec or common sense would have."""

import copy
import json
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from . import checks
from .fault import Fault
from .reply import Reply
from .spec import Node


def _items(envelope: Node) -> list[Any] | None:
    data = envelope.get("data")
    items = data.get("items") if isinstance(data, dict) else None
    return items if isinstance(items, list) and items else None


def _objects(envelope: Node) -> list[Node]:
    """What the answer tells of: the items of a batch, or the one thing asked for."""
    told = _items(envelope) or [envelope.get("data")]
    return [one for one in told if isinstance(one, dict) and "items" not in one]


def _one(items: list[Any], asset_id: str | None) -> Node | None:
    known = [one for one in items if isinstance(one, dict)]
    wanted = (one for one in known if asset_id in {None, one.get("asset_id"), one.get("official_id")})
    return next(wanted, None)


class Lie(Fault, ABC):
    """Changes the envelope of an answer."""

    @abstractmethod
    def change(self, envelope: Node) -> bool:
        """Change it in place; False when there is nothing to change in it."""

    def meet(self, reply: Reply) -> Reply | None:
        envelope = json.loads(reply.content)
        return replace(reply, content=json.dumps(envelope).encode()) if self.change(envelope) else None

    def suits(self, shown: Callable[[], Node]) -> bool:
        return self.change(copy.deepcopy(shown()))


@dataclass(frozen=True)
class NullFields(Lie):
    """null where the spec has text."""

    names: tuple[str, ...]

    def __post_init__(self) -> None:
        for name in self.names:
            checks.text("a field", name)

    def __str__(self) -> str:
        return f"null fields{': ' * bool(self.names)}{', '.join(self.names)}"

    def change(self, envelope: Node) -> bool:
        for told in _objects(envelope):
            names = self.names or {"asset_ref", *told} - {"asset_id", "status"}
            told.update(dict.fromkeys(names))
        return bool(_objects(envelope))


@dataclass(frozen=True)
class UnknownStatus(Lie):
    """A status that nobody documented."""

    status: str

    def __post_init__(self) -> None:
        checks.text("status", self.status)

    def __str__(self) -> str:
        return f"unknown status {self.status}"

    def change(self, envelope: Node) -> bool:
        told = [one for one in _objects(envelope) if "status" in one]
        for one in told:
            one["status"] = self.status
        return bool(told)


@dataclass(frozen=True)
class _OneItem(Lie):
    """Something about one item of a batch, the first unless its id is given."""

    asset_id: str | None

    def __post_init__(self) -> None:
        if self.asset_id is not None:
            checks.text("asset_id", self.asset_id)

    def suits(self, shown: Callable[[], Node]) -> bool:
        return _items(shown()) is not None


@dataclass(frozen=True)
class MissingItem(_OneItem):
    """An item left out."""

    def __str__(self) -> str:
        return "missing item"

    def change(self, envelope: Node) -> bool:
        items = _items(envelope) or []
        one = _one(items, self.asset_id)
        if one is not None:
            items.remove(one)
        return one is not None


@dataclass(frozen=True)
class DuplicateItem(_OneItem):
    """An item told twice."""

    status: str | None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.status is not None:
            checks.text("status", self.status)

    def __str__(self) -> str:
        return f"duplicate item{f' with status {self.status}' if self.status else ''}"

    def change(self, envelope: Node) -> bool:
        items = _items(envelope) or []
        one = _one(items, self.asset_id)
        if one is not None:
            items.append({**one, **({"status": self.status} if self.status else {})})
        return one is not None
