"""A timeout that remembers when it started."""

import time
from typing import Self


class Deadline(float):
    """A timeout in seconds, as httpx takes it, that remembers when it started.

    httpx starts a read timeout anew with every byte, so a dripping answer could last for ever.
    """

    _ends: float

    def __new__(cls, seconds: float) -> Self:
        deadline = super().__new__(cls, seconds)
        deadline._ends = time.monotonic() + seconds
        return deadline

    def left(self) -> float:
        """Seconds until it ends; 0 or less when it has."""
        return self._ends - time.monotonic()
