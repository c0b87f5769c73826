"""A clock on which pauses cost nothing."""

import time

from jimmy_ai_openapi_client.sdk.clock import Clock

WALL = 1_800_000_000.0
"""What the calendar says when a case starts."""


class SkippingClock(Clock):
    """Real time passes, for there is a real server; sleeps are skipped and noted."""

    def __init__(self, chance: float = 0.0) -> None:
        self.pauses: list[float] = []
        self._chance = chance
        self._skipped = 0.0

    def now(self) -> float:
        return time.monotonic() + self._skipped

    def wall(self) -> float:
        return WALL + self._skipped

    def sleep(self, seconds: float) -> None:
        if seconds:
            self.pauses.append(seconds)
        self._skipped += seconds

    async def asleep(self, seconds: float) -> None:
        self.sleep(seconds)

    def random(self) -> float:
        return self._chance
