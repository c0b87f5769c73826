"""The time that a client goes by, as an argument.

asyncio is imported where it is used, here and elsewhere: that takes as long as half of the package, and a client for
threads does without.
"""

import random
import time
from contextvars import ContextVar
from threading import Event


class Cancelled(BaseException):
    """Ends a thread of ours whose result is no longer wanted."""


cancelled: ContextVar[Event | None] = ContextVar("cancelled", default=None)
"""Set for the threads that work at the same time on one call, when that call is interrupted."""


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
        """Return after `seconds`. In a thread of ours, raises `Cancelled` as soon as its call is interrupted."""
        event = cancelled.get()
        if event:
            if event.wait(seconds):
                raise Cancelled
        elif seconds > 0:  # no time is 50 µs to the operating system
            time.sleep(seconds)

    async def asleep(self, seconds: float) -> None:
        """Return after `seconds`, letting other tasks run."""
        if seconds > 0:
            import asyncio  # noqa: PLC0415

            await asyncio.sleep(seconds)

    def random(self) -> float:
        """A number in [0, 1), for jitter."""
        return random.random()  # noqa: S311  (spreads requests, guards nothing)
