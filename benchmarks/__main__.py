"""`python -m benchmarks`: the time of a call as a ratio to raw httpx and plain json, all in this one run."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from statistics import median
from time import perf_counter

import httpx

from jimmy_ai_openapi_client import AsyncJimmyAI, AuthenticatedClient, JimmyAI
from jimmy_ai_openapi_client.api.default import batch_query_seedance_sp_real_person_status as generated
from jimmy_ai_openapi_client.models import SeedanceSpRealPersonBatchStatusRequest

IDS = [f"asset-{number:06d}" for number in range(100)]
BODY = {
    "code": 0,
    "msg": "ok",
    "data": {
        "items": [
            {
                "asset_id": one,
                "official_id": one,
                "status": "Active",
                "asset_ref": f"asset://{one}",
                "name": f"portrait {one}",
                "url": f"https://cdn.example.com/{one}.jpg",
                "created_at": "2026-05-01 12:00:00",
            }
            for one in IDS
        ]
    },
}
WIRE = json.dumps(BODY).encode()
ROUNDS, CALLS = 15, 40


def answer(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, content=WIRE, headers={"Content-Type": "application/json"})


TRANSPORT = httpx.MockTransport(answer)
URL = "https://www.jimmyai.cn/api/open-api/v1/seedance/sp/realperson/batch-status"


def seconds(call: Callable[[], object]) -> float:
    started = perf_counter()
    for _ in range(CALLS):
        call()
    return (perf_counter() - started) / CALLS


def main() -> None:
    runner = asyncio.Runner()
    raw = httpx.Client(transport=TRANSPORT)
    bare = AuthenticatedClient(base_url="https://www.jimmyai.cn", token="sk").set_httpx_client(
        httpx.Client(transport=TRANSPORT, base_url="https://www.jimmyai.cn")
    )
    jimmy = JimmyAI(api_key="sk", transport=TRANSPORT)
    ajimmy = AsyncJimmyAI(api_key="sk", transport=TRANSPORT)

    async def waited(call: Callable[[], Awaitable[object]]) -> float:
        started = perf_counter()
        for _ in range(CALLS):
            await call()
        return (perf_counter() - started) / CALLS

    request = SeedanceSpRealPersonBatchStatusRequest(asset_ids=IDS)
    measured: dict[str, Callable[[], float]] = {
        "json.loads alone": lambda: seconds(lambda: json.loads(WIRE)),
        "raw httpx, post and .json()": lambda: seconds(lambda: raw.post(URL, json={"asset_ids": IDS}).json()),
        "generated function, bare client": lambda: seconds(lambda: generated.sync(client=bare, body=request)),
        "generated function, jimmy.raw": lambda: seconds(lambda: generated.sync(client=jimmy.raw, body=request)),
        "JimmyAI.batch_status": lambda: seconds(lambda: jimmy.real_person.batch_status(IDS)),
        "AsyncJimmyAI.batch_status": lambda: runner.run(waited(lambda: ajimmy.real_person.batch_status(IDS))),
    }
    times: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(ROUNDS):  # interleaved, so that a slow moment of the machine hits all alike
        for name, measure in measured.items():
            times[name].append(measure())
    base = median(times["raw httpx, post and .json()"])
    print(f"one batch of {len(IDS)} assets, {len(WIRE)} bytes, in process; median of {ROUNDS} rounds")
    for name, took in times.items():
        print(f"{name:34} {median(took) * 1e6:8.0f} µs  {median(took) / base:6.2f} x raw httpx")
    runner.run(ajimmy.close())
    runner.close()


main()
