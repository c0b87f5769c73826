"""Answers of a wait, built beforehand, on a simulated clock: two looks find everything processing, the third active."""

import httpx

from jimmy_ai_openapi_client.sdk.mock import FakeClock

from . import wire
from .chunks import chunks
from .null import Null


class Rounds(Null):
    def __init__(self, ids: list[str]) -> None:
        super().__init__()
        self.clock = FakeClock()
        self.requests = 0
        self._bodies = {
            chunk[0].encode(): (wire.batch(chunk, "Processing"), wire.batch(chunk)) for chunk in chunks(ids)
        }
        self._looks = 0
        self._last = -1.0

    def answer(self, request: httpx.Request) -> bytes:
        self.requests += 1
        if self.clock.now() > self._last:
            self._looks, self._last = self._looks + 1, self.clock.now()
        processing, active = self._bodies[request.content.split(b'"', 4)[3]]
        return active if self._looks > 2 else processing
