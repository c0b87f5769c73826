"""The wall time of one round of many requests, four at a time, to a service that takes its time; the ideal is 1."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from time import perf_counter

from jimmy_ai_openapi_client import AsyncJimmyAI, JimmyAI

from .. import wire
from ..candidates.generated import Sync as Generated
from ..chunks import chunks
from ..figures import Figure, figure
from ..job.service import one_round
from ..server import served
from .effort import Effort, Measure

WIDTH = 4
Round = Callable[[str, list[str]], object]
"""Asks the service at a URL for each of the ids."""


def threads(url: str, ids: list[str]) -> None:
    with JimmyAI(api_key=wire.KEY, base_url=url, batch_size=1) as jimmy:
        jimmy.real_person.wait_many(ids)


def tasks(url: str, ids: list[str]) -> None:
    async def wait() -> None:
        async with AsyncJimmyAI(api_key=wire.KEY, base_url=url, batch_size=1) as jimmy:
            await jimmy.real_person.wait_many(ids)

    asyncio.run(wait())


def pool(url: str, ids: list[str], *, together: int) -> None:
    """Hands `together` requests to four threads, and waits for all of them before the next."""
    client = Generated(url)
    with ThreadPoolExecutor(WIDTH) as executor:
        for some in chunks(ids, together):
            list(executor.map(client.asked, [[one] for one in some]))
    client.close()


def one_by_one(url: str, ids: list[str]) -> None:
    client = Generated(url)
    for one in ids:
        client.asked([one])
    client.close()


def _ideal(count: int, median: float) -> float:
    return sum(islice(wire.latencies(median), count)) / WIDTH


def _round(name: str, send: Round, median: float, count: int) -> Figure:
    with served(median) as url:
        started = perf_counter()
        send(url, wire.ids(count))
        took = perf_counter() - started
    note = f"{count:,} requests of about {median * 1e3:.0f} ms, {took:.1f} s"
    return figure("round", f"{name}, {median * 1e3:.0f} ms", [took / _ideal(count, median)], note=note)


def _rounds(_: str, effort: Effort) -> list[Figure]:
    """Of the slowest service, and one by one, fewer requests: they would take minutes."""
    many, some = effort.answers, effort.answers // 4
    simulated = one_round(many, wire.latencies(0.1)) / _ideal(many, 0.1)
    return [
        figure("round", "asyncio, simulated time", [simulated], note="its own work takes no time"),
        *(_round("threads", threads, median, count) for median, count in ((0.02, many), (0.1, many), (0.3, some))),
        *(_round("asyncio", tasks, median, count) for median, count in ((0.02, many), (0.1, many), (0.3, some))),
        _round("four threads, generated", partial(pool, together=many), 0.02, many),
        _round("four, then four, generated", partial(pool, together=WIDTH), 0.02, many),
        _round("one by one, generated", one_by_one, 0.02, some),
    ]


MEASURES: dict[str, Measure] = {"round": _rounds}
