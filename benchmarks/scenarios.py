"""What one block of a scenario is: so many calls of a candidate, and the seconds they took.

Seconds on the wall for calls; those of the processor, which other programs disturb less, where nothing can pause.
"""

import asyncio
import atexit
from collections.abc import Callable
from functools import partial
from time import perf_counter, process_time
from typing import Any

from . import wire

AT_ONCE = 50
Block = Callable[[int], float]


def _looped(call: Callable[[], object], clock: Callable[[], float] = perf_counter) -> Block:
    def block(calls: int) -> float:
        started = clock()
        for _ in range(calls):
            call()
        return clock() - started

    return block


def _at_once(subject: Any, tasks: int) -> Block:
    runner = asyncio.Runner()
    atexit.register(lambda: runner.run(subject.close()))

    async def several(calls: int) -> None:
        for _ in range(calls):
            await subject.one()

    async def all_of(calls: int) -> float:
        started = perf_counter()
        await asyncio.gather(*(several(calls // tasks) for _ in range(tasks)))
        return perf_counter() - started

    return lambda calls: runner.run(all_of(calls))


def _waiting(wait: Callable[[Any, list[str]], object], size: int = wire.BATCH) -> Block:
    """Here a call is one look at one asset, and seconds are those of the processor."""
    from .rounds import Rounds  # noqa: PLC0415  (imports the package, which other candidates must not)

    def block(count: int) -> float:
        ids = wire.ids(count)
        rounds = Rounds(ids, size)
        started = process_time()
        wait(rounds, ids)
        return (process_time() - started) / rounds.asked() * count / size

    return block


SCENARIOS: dict[str, Callable[[Any, str], Block]] = {
    "sync-call": lambda candidate, url: _looped(candidate.Sync(url).one),
    "async-call": lambda candidate, url: _at_once(candidate.Async(url), 1),
    "async-50": lambda candidate, url: _at_once(candidate.Async(url), AT_ONCE),
    "batch": lambda candidate, url: _looped(candidate.Sync(url).batch),
    "wait": lambda candidate, _: _waiting(candidate.waited),
    "wait-singly": lambda candidate, _: _waiting(partial(candidate.waited, size=1), 1),
    "wait-async": lambda candidate, _: _waiting(lambda *given: asyncio.run(candidate.awaited(*given))),
    "item": lambda candidate, _: _looped(candidate.item, process_time),
}
