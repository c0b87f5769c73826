"""The time a client lives by, as an argument."""

import asyncio
import random
import time


class Clock:
    """Real time and real chance. Pass a subclass as `clock=` to test code that waits without waiting.

    Times are seconds as floats. A subclass must keep `now` from running backwards.
    """

    def now(self) -> float:
        """Seconds on a clock that never goes back; only differences mean anything."""
        return time.monotonic()

    def wall(self) -> float:
        """Seconds since the epoch, to read dates in answers."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Return after `seconds`."""
        time.sleep(seconds)

    async def asleep(self, seconds: float) -> None:
        """Return after `seconds`, letting other tasks run."""
        await asyncio.sleep(seconds)

    def random(self) -> float:
        """A number in [0, 1), for jitter."""
        return random.random()  # noqa: S311  (spreads requests, guards nothing)
