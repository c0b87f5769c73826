"""One thing that must be written differently."""

from typing import NamedTuple


class Finding(NamedTuple):
    where: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}; {self.remedy}"
