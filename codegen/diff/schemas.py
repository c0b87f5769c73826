"""Two versions of a schema, as seen by those who send it or by those who receive it.

A sender is hurt by what narrows a schema, a receiver by what widens it. Every keyword is judged as one or the other, so
that the direction is decided in one place. A keyword that is not known here counts as both.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from codegen import walk
from codegen.diff.change import Change, Level, code
from codegen.diff.keywords import Room, alternatives, flat, keywords
from codegen.walk import Node


class Way(NamedTuple):
    """Which way a schema travels, in the words of the report."""

    name: str
    sent: bool


SENT, RECEIVED = Way("in requests", sent=True), Way("in answers", sent=False)


class Schemas:
    """Compares schemas of two specs; each pair of components once for each way."""

    def __init__(self, old: Node, new: Node) -> None:
        self._specs = old, new
        self._seen: set[tuple[str, str, Way]] = set()

    def compare(self, old: Any, new: Any, place: str, way: Way) -> Iterator[Change]:
        names = walk.component(old), walk.component(new)
        if all(names):
            if (*names, way) in self._seen:
                return
            self._seen.add((*names, way))
        place = names[1] or place
        before, after = flat(self._specs[0], old), flat(self._specs[1], new)
        for room in keywords(before, after):
            yield _change(room, place, way)
        yield from self._properties(before, after, place, way)
        yield from self._inside(before, after, place, way)

    def _properties(self, before: Node, after: Node, place: str, way: Way) -> Iterator[Change]:
        old, new = before.get("properties", {}), after.get("properties", {})
        closed = after.get("additionalProperties") is False
        for name in [*old, *(name for name in new if name not in old)]:
            where, required = f"{place}.{name}", name in after.get("required", [])
            if name not in new:
                hurts = closed or not way.sent
                yield Change(Level.breaking if hurts else Level.compatible, _said(where, way), "property removed")
            elif name not in old:
                hurts, word = way.sent and required, "required property added" if required else "property added"
                yield Change(Level.breaking if hurts else Level.compatible, _said(where, way), word)
            else:
                if required != (name in before.get("required", [])):
                    sent, received = ("now required", "now always there") if required else _OPTIONAL
                    yield _change(Room(required, not required, sent, received), where, way)
                yield from self.compare(old[name], new[name], where, way)

    def _inside(self, before: Node, after: Node, place: str, way: Way) -> Iterator[Change]:
        if "items" in before and "items" in after:
            yield from self.compare(before["items"], after["items"], f"{place}[]", way)
        rest = before.get("additionalProperties"), after.get("additionalProperties")
        if all(isinstance(each, dict) for each in rest):
            yield from self.compare(*rest, f"{place}.*", way)
        old, new = alternatives(before), alternatives(after)
        if len(old) == len(new) == 1:
            yield from self.compare(next(iter(old.values())), next(iter(new.values())), place, way)
            return
        if bool(old) != bool(new):
            yield _change(Room(*BOTH, f"is {'now' if new else 'no longer'} a choice"), place, way)
        for name in old.keys() & new.keys():
            yield from self.compare(old[name], new[name], f"{place} ({name})", way)
        for name in sorted(old.keys() ^ new.keys()) if old and new else []:
            sentence = f"the alternative {code(name)} {'added' if name in new else 'removed'}"
            yield _change(Room(name in old, name in new, sentence), place, way)


BOTH = (True, True)
_OPTIONAL = ("now optional", "may now be left out")


def _change(room: Room, place: str, way: Way) -> Change:
    hurts = room.narrower if way.sent else room.wider
    what = room.sent if way.sent else room.received or room.sent
    return Change(Level.breaking if hurts else Level.compatible, _said(place, way), what)


def _said(place: str, way: Way) -> str:
    return f"{code(place)} {way.name}"
