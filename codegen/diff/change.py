"""One thing that differs between two versions, and whom it concerns."""

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

LONGEST = 120


class Level(IntEnum):
    """How much a change asks of those who use what changed."""

    same = 0
    text = 1  # words for people: descriptions, examples, docstrings
    compatible = 2  # something new, or more room; what worked still does
    breaking = 3  # something that worked may not work any more


class Change(NamedTuple):
    level: Level
    place: str  # an operation, a field, or a Python name
    what: str
    users: tuple[str, ...] = ()  # the operations it concerns, where the place does not name one

    def __str__(self) -> str:
        users = f" ({', '.join(self.users)})" if self.users else ""
        return f"{self.place}{users}: {self.what}"


def code(text: object) -> str:
    """Text from a spec as Markdown code, in which nothing is markup, a mention or a line break."""
    line = "".join(sign if sign.isprintable() else " " for sign in str(text).replace("`", "'"))
    return f"`{line if len(line) <= LONGEST else line[: LONGEST - 1] + '…'}`"


def worst(changes: Iterable[Change]) -> Level:
    return max((change.level for change in changes), default=Level.same)
