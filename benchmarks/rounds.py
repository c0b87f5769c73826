"""Answers of a wait, built beforehand, on a simulated clock: two looks find everything processing, the third active."""

from itertools import count

import httpx

from jimmy_ai_openapi_client.sdk.clock import Clock

from . import wire
from .chunks import chunks
from .null import Null


class Simulated(Clock):
    """Time passes when someone sleeps."""

    def __init__(self) -> None:
        self._now = 0.0
        self.pauses = 0

    def now(self) -> float:
        return self._now

    def sleep(self, seconds: float) -> None:
        self._now += seconds
        self.pauses += seconds > 0

    async def asleep(self, seconds: float) -> None:
        self.sleep(seconds)


class Rounds(Null):
    def __init__(self, ids: list[str], size: int = wire.BATCH) -> None:
        super().__init__()
        self.clock = Simulated()
        self._requests = count()
        self._bodies = {
            chunk[0].encode(): (wire.batch(chunk, "Processing"), wire.batch(chunk)) for chunk in chunks(ids, size)
        }

    def answer(self, request: httpx.Request) -> bytes:
        next(self._requests)  # a number of its own would need a lock: several threads ask
        processing, active = self._bodies[request.content.split(b'"', 4)[3]]
        return active if self.clock.pauses >= 2 else processing

    def asked(self) -> int:
        """How many requests there were; to be called once."""
        return next(self._requests)
