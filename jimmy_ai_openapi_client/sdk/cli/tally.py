"""How many assets ended how, and what that says."""

from dataclasses import dataclass

from .exits import Exit


@dataclass
class Tally:
    """Counts of final assets. What is left of `total` is pending."""

    total: int
    active: int = 0
    failed: int = 0
    missing: int = 0

    def add(self, status: str | None) -> None:
        """Count one by its status, None for a missing one."""
        self.active += status == "Active"
        self.failed += status == "Failed"
        self.missing += status is None

    @property
    def done(self) -> int:
        """How many are final."""
        return self.active + self.failed + self.missing

    @property
    def exit(self) -> Exit:
        """What the counts say about the whole."""
        if self.done < self.total:
            return Exit.PENDING
        return Exit.FAILED if self.failed or self.missing else Exit.ACTIVE

    def __str__(self) -> str:
        counts = {"active": self.active, "failed": self.failed, "missing": self.missing}
        counts["pending"] = self.total - self.done
        return ", ".join(f"{count:,} {word}" for word, count in counts.items() if count) or "nothing to ask for"
