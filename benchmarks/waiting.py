"""What waiting for 100,000 assets costs: requests, time, memory, and whether the bookkeeping stays linear.

`python -m benchmarks.waiting` prints it. Everything is in one process and on a simulated clock: no network, no pause is
slept, so the seconds are work alone. A fifth of the assets becomes active every 20 simulated seconds.
"""

import argparse
import asyncio
import gc
import json
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

import httpx

from jimmy_ai_openapi_client import AssetStatus, AsyncJimmyAI, JimmyAI, RealPersonAsset, WaitResult
from jimmy_ai_openapi_client.models import SeedanceSpRealPersonAsset
from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService
from jimmy_ai_openapi_client.sdk.policy.wait import Wait
from jimmy_ai_openapi_client.sdk.settings import Secret, Settings

KEY = "sk-mock"
URL = "https://www.jimmyai.cn/api/open-api/v1/seedance/sp/realperson/batch-status"
SIZE, WIDTH = 100, 4
SHARES, EVERY = 5, 20.0
CREATED = "2026-05-01 12:00:00"


def settings(clock: FakeClock, *, size: int, width: int) -> Settings:
    """Those of a client that sends nothing."""
    rest: dict[str, Any] = {"base_url": URL, "timeout": 30.0, "max_retries": 0, "headers": {}}
    return Settings(key=Secret(KEY), batch_size=size, concurrency=width, clock=clock, **rest)


def make_ids(count: int) -> list[str]:
    return [f"asset-{number:08d}" for number in range(count)]


def ready(asset_id: str) -> float:
    """When it becomes active."""
    return int(asset_id[-8:]) % SHARES * EVERY


def described(asset_id: str, status: str) -> str:
    """An asset as the service writes it."""
    rest = {"name": f"portrait {asset_id}", "url": f"https://cdn.example.com/{asset_id}.jpg", "created_at": CREATED}
    known = {"asset_id": asset_id, "official_id": asset_id, "status": status, "asset_ref": f"asset://{asset_id}"}
    return json.dumps({**known, **rest})


class Cheap:
    """Answers as fast as Python may, and remembers nothing."""

    def __init__(self, clock: FakeClock) -> None:
        self.transport = httpx.MockTransport(self.answer)
        self.requests = 0
        self._clock = clock

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        now = self._clock.now()
        ids = json.loads(request.content)["asset_ids"]
        assets = ",".join(described(one, "Active" if ready(one) <= now else "Processing") for one in ids)
        return httpx.Response(200, content=f'{{"code":0,"msg":"ok","data":{{"items":[{assets}]}}}}'.encode())


def cheap(clock: FakeClock, _: list[str]) -> httpx.MockTransport:
    return Cheap(clock).transport


def mock(clock: FakeClock, ids: list[str]) -> httpx.MockTransport:
    service = MockService(clock=clock, check=False)
    for one in ids:
        service.add(one, seconds=ready(one))
    return service.transport


Make = Callable[[FakeClock, list[str]], httpx.MockTransport]


@contextmanager
def stopwatch(took: list[float]) -> Iterator[None]:
    gc.collect()
    started = perf_counter()
    yield
    took.append(perf_counter() - started)


def on_threads(make: Make, ids: list[str], took: list[float]) -> WaitResult:
    clock = FakeClock()
    options = {"transport": make(clock, ids), "clock": clock}
    with JimmyAI(api_key=KEY, batch_size=SIZE, concurrency=WIDTH, **options) as jimmy, stopwatch(took):  # type: ignore[arg-type]
        return jimmy.real_person.wait_many(ids)


def completed_on_threads(make: Make, ids: list[str], took: list[float]) -> int:
    clock = FakeClock()
    options = {"transport": make(clock, ids), "clock": clock}
    with JimmyAI(api_key=KEY, batch_size=SIZE, concurrency=WIDTH, **options) as jimmy, stopwatch(took):  # type: ignore[arg-type]
        return sum(asset.is_active for asset in jimmy.real_person.as_completed(ids))


def on_asyncio(make: Make, ids: list[str], took: list[float]) -> WaitResult:
    async def main() -> WaitResult:
        clock = FakeClock()
        options = {"transport": make(clock, ids), "clock": clock}
        async with AsyncJimmyAI(api_key=KEY, batch_size=SIZE, concurrency=WIDTH, **options) as jimmy:  # type: ignore[arg-type]
            with stopwatch(took):
                return await jimmy.real_person.wait_many(ids)

    return asyncio.run(main())


def raw_request(count: int = 300) -> float:
    """Seconds that raw httpx takes for one such request and its JSON."""
    ids, took = make_ids(SIZE), list[float]()
    with httpx.Client(transport=Cheap(FakeClock()).transport) as client, stopwatch(took):
        for _ in range(count):
            client.post(URL, json={"asset_ids": ids}).json()
    return took[0] / count


def whole(count: int) -> None:
    raw = raw_request()
    print(f"{count:,} ids, {SIZE} to a request, {WIDTH} at a time; raw httpx alone: {raw * 1e6:.0f} µs a request")
    print(f"{'':26}{'requests':>10}{'seconds':>10}{'µs a request':>14}{'x raw httpx':>13}")
    for name, wait in {"threads": on_threads, "asyncio": on_asyncio}.items():
        for kind, make in {"bare transport": cheap, "mock service": mock}.items():
            took: list[float] = []
            requests = wait(make, make_ids(count), took).requests
            each = took[0] / requests
            print(
                f"{f'{name}, {kind}':26}{requests:10,}{took[0]:10.2f}{each * 1e6:14.0f}{each / raw:13.2f}", flush=True
            )


def memory(count: int) -> None:
    """The most that a wait holds at a time, the ids included, beside the ids and assets that its result is made of."""
    on_threads(cheap, make_ids(SIZE), [])  # what is made once is no part of it
    tracemalloc.start()
    ids = make_ids(count)
    result = on_threads(cheap, ids, [])
    after, peak = tracemalloc.get_traced_memory()
    del result, ids
    gc.collect()
    start, _ = tracemalloc.get_traced_memory()
    ids = make_ids(count)
    kept = {one: RealPersonAsset.from_model(_model(one)) for one in ids}
    needed = tracemalloc.get_traced_memory()[0] - start
    del kept
    gc.collect()
    tracemalloc.reset_peak()
    assert completed_on_threads(cheap, ids, []) == count
    handed = tracemalloc.get_traced_memory()[1] - start
    tracemalloc.stop()
    print(f"\nmemory for {count:,} ids")
    sizes = {"ids and assets alone": needed, "wait_many at its peak": peak, "its result": after}
    for name, size in {**sizes, "as_completed at its peak": handed}.items():
        print(f"{name:26}{size / 2**20:10.1f} MiB{size / needed:10.2f} x{size / count:10.0f} bytes an id")


def _model(one: str) -> SeedanceSpRealPersonAsset:
    return SeedanceSpRealPersonAsset.from_dict(json.loads(described(one, "Active")))


def bookkeeping(counts: tuple[int, ...], rounds: int = 5) -> None:
    """The policy alone: answers lie ready, nothing is sent or parsed. More ids than the caches hold cost more each."""
    print(f"\nbookkeeping alone, {rounds} rounds\n{'ids':>10}{'ms a round':>14}{'µs an id':>12}")
    for count in counts:
        best = min(_bookkept(make_ids(count), rounds) for _ in range(max(3, 30_000 // count)))
        print(f"{count:10,}{best * 1e3:14.2f}{best / count * 1e6:12.2f}", flush=True)


def _bookkept(ids: list[str], rounds: int) -> float:
    """Seconds for one round."""
    clock = FakeClock()
    wait = Wait(ids, timeout=None, on_failure="raise", settings=settings(clock, size=SIZE, width=WIDTH))
    statuses = (AssetStatus.PROCESSING, AssetStatus.ACTIVE)
    answers = [{one: RealPersonAsset(one, status) for one in ids} for status in statuses]
    took, asked = list[float](), 0
    with stopwatch(took):
        while one_round := wait.next_round():
            while one_round.todo:
                chunk = one_round.todo.popleft()
                now = answers[asked >= len(ids) * (rounds - 1)]
                asked += len(chunk)
                wait.receive(chunk, now)
    assert len(wait.known().active) == len(ids)
    return took[0] / rounds


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.waiting", description=__doc__)
    parser.add_argument("--ids", type=int, default=100_000, metavar="N", help="how many to wait for (default 100000)")
    count = parser.parse_args().ids
    whole(count)
    memory(count)
    bookkeeping((1_000, 10_000, 100_000))


if __name__ == "__main__":
    main()
