"""A clock for tests of code that waits."""

import asyncio
import random
import threading

from ..clock import Clock


class FakeClock(Clock):
    """Time that passes only when someone sleeps, and then at once.

    `slept` lists the pauses asked for, in order, those of no time left out. `random()` is 0.5, or a fixed sequence
    when `seed` is given. Sleeps of several threads or tasks add up.
    """

    def __init__(self, wall: float = 1_777_636_800.0, *, seed: int | None = None) -> None:
        """Start at `wall` seconds since the epoch (2026-05-01 12:00:00 UTC unless told otherwise)."""
        self.slept: list[float] = []
        self._wall = wall
        self._passed = 0.0
        self._dice = None if seed is None else random.Random(seed)  # noqa: S311  (repeatable is the point)
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"FakeClock(now={self._passed:g}, pauses={len(self.slept)})"

    def now(self) -> float:
        """Seconds that have passed since the clock was made."""
        return self._passed

    def wall(self) -> float:
        """Seconds since the epoch, in step with `now`."""
        return self._wall + self._passed

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass without anyone sleeping."""
        if not seconds >= 0:
            raise ValueError(f"time moves forward only, not by {seconds}")
        with self._lock:
            self._passed += seconds

    def sleep(self, seconds: float) -> None:
        """Note the pause, move time on, return at once."""
        self.advance(seconds)
        if seconds:
            self.slept.append(seconds)

    async def asleep(self, seconds: float) -> None:
        """As `sleep`; other tasks get a turn."""
        self.sleep(seconds)
        await asyncio.sleep(0)

    def random(self) -> float:
        """0.5, or the next number of the seeded sequence."""
        with self._lock:
            return 0.5 if self._dice is None else self._dice.random()
