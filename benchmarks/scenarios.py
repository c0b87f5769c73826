"""What one block of a scenario is: so many calls of a candidate, and the seconds they took."""

import asyncio
from collections.abc import Callable
from time import perf_counter
from typing import Any

AT_ONCE = 50
Block = Callable[[int], float]


def _looped(call: Callable[[], object]) -> Block:
    def block(calls: int) -> float:
        started = perf_counter()
        for _ in range(calls):
            call()
        return perf_counter() - started

    return block


def _sync_call(candidate: Any, url: str) -> Block:
    return _looped(candidate.Sync(url).one)


def _batch(candidate: Any, url: str) -> Block:
    return _looped(candidate.Sync(url).batch)


def _async(tasks: int) -> Callable[[Any, str], Block]:
    def scenario(candidate: Any, url: str) -> Block:
        runner = asyncio.Runner()
        subject = candidate.Async(url)

        async def several(calls: int) -> None:
            for _ in range(calls):
                await subject.one()

        async def at_once(calls: int) -> float:
            started = perf_counter()
            await asyncio.gather(*(several(calls // tasks) for _ in range(tasks)))
            return perf_counter() - started

        return lambda calls: runner.run(at_once(calls))

    return scenario


SCENARIOS: dict[str, Callable[[Any, str], Block]] = {
    "sync-call": _sync_call,
    "async-call": _async(1),
    "async-50": _async(AT_ONCE),
    "batch": _batch,
}
