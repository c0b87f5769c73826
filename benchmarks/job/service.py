"""A service on simulated time, as our client sees it and as a loop does."""

import asyncio
import json
import selectors
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from random import Random

import httpx
import numpy as np

from jimmy_ai_openapi_client import AsyncJimmyAI, WaitTimeoutError
from jimmy_ai_openapi_client.sdk.clock import Clock

from .. import wire
from ..polling.simulate import DEADLINE, Times


@dataclass(frozen=True)
class Outcome:
    requests: int
    heard: Times
    """When the caller knew of each asset that it was final; infinite if never."""


class Service:
    """Answers one request at a time; the state is that of the moment when the request was sent."""

    def __init__(self, moments: Times, latency: float) -> None:
        self._moments, self._latency = moments, latency
        self._now = 0.0
        self.requests = 0
        self.heard = np.full(len(moments), np.inf)

    def ask(self, ids: list[str]) -> list[str]:
        """Those that are not final. `TimeoutError` once it is too late."""
        if self._now > DEADLINE:
            raise TimeoutError
        sent, self._now = self._now, self._now + self._latency
        self.requests += 1
        final = [one for one in ids if self._moments[_number(one)] <= sent]
        self.heard[[_number(one) for one in final]] = self._now
        return [one for one in ids if one not in final]

    def sleep(self, seconds: float) -> None:
        self._now += seconds


def _number(asset_id: str) -> int:
    return int(asset_id[-8:])


class _Skipping(selectors.DefaultSelector):
    """Time passes when there is nothing to do."""

    passed = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout:
            self.passed += timeout
            timeout = 0
        return super().select(timeout)


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._skipping = _Skipping()
        super().__init__(self._skipping)

    def time(self) -> float:
        return self._skipping.passed


class _LoopClock(Clock):
    def __init__(self, chance: Random) -> None:
        self.random = chance.random  # type: ignore[method-assign]

    def now(self) -> float:
        return asyncio.get_running_loop().time()


class _Answering(httpx.AsyncBaseTransport):
    def __init__(self, moments: Times, latencies: Iterator[float]) -> None:
        self._moments, self._latencies = moments, latencies
        self.requests = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        now = asyncio.get_running_loop().time()
        ids = json.loads(request.content)["asset_ids"]
        statuses = ("Active" if self._moments[_number(one)] <= now else "Processing" for one in ids)
        items = [{"asset_id": one, "status": status} for one, status in zip(ids, statuses, strict=True)]
        await asyncio.sleep(next(self._latencies))
        return httpx.Response(200, content=wire.body({"items": items}))


def jimmy(moments: Times, latency: float, chance: Random) -> Outcome:
    """`as_completed` of the real client, whole, on an event loop whose time is simulated."""
    heard = np.full(len(moments), np.inf)
    transport = _Answering(moments, repeat(latency))

    async def wait() -> None:
        async with AsyncJimmyAI(api_key=wire.KEY, transport=transport, clock=_LoopClock(chance)) as client:
            try:
                async for asset in client.real_person.as_completed(wire.ids(len(moments)), timeout=DEADLINE):
                    heard[_number(asset.asset_id)] = asyncio.get_running_loop().time()
            except WaitTimeoutError:
                pass

    with asyncio.Runner(loop_factory=_Loop) as runner:
        runner.run(wait())
    return Outcome(transport.requests, heard)


def one_round(count: int, latencies: Iterator[float]) -> float:
    """Seconds that a round of so many requests takes, the work of the client not included."""
    transport = _Answering(np.zeros(count), latencies)

    async def wait() -> float:
        async with AsyncJimmyAI(
            api_key=wire.KEY, transport=transport, clock=_LoopClock(Random(1)), batch_size=1
        ) as client:
            await client.real_person.wait_many(wire.ids(count))
            return asyncio.get_running_loop().time()

    with asyncio.Runner(loop_factory=_Loop) as runner:
        return runner.run(wait())
