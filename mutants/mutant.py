"""A mutant, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Mutant:
    """One lie: which operator told it, where, and the files of the tree as they are then."""

    kind: str
    operator: str
    place: str
    change: str
    files: Mapping[str, str] = field(repr=False)

    def __str__(self) -> str:
        return f"{self.place}: {self.operator}: {self.change}"


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant: the first test that failed and what it said; no test if it survived."""

    mutant: Mutant
    test: str | None
    message: str
    stage: int
    seconds: float
    reason: str | None = None

    @property
    def outcome(self) -> str:
        """One of: killed, equivalent, survived."""
        return "killed" if self.test else "equivalent" if self.reason else "survived"
