"""One thing that must be written differently."""

from typing import NamedTuple

UNPROVED = "not yet proved"
ADD_A_CASE = "leave it out, or prove it by a case in tests/shapes/"


class Finding(NamedTuple):
    """A place in the spec, why it cannot stay as it is, and what to write instead."""

    where: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}; {self.remedy}"


def unproved(where: str, what: str) -> Finding:
    """What might work, but was never tried."""
    return Finding(where, f"{what} is {UNPROVED}", ADD_A_CASE)
