"""What goes over the wire in every measurement: one asset, or a batch of a hundred."""

import json
from collections.abc import Iterator
from random import Random

KEY, URL = "sk-benchmark", "https://www.jimmyai.cn"
ROOT = "/api/open-api/v1/seedance/sp/realperson"
ONE_PATH, BATCH_PATH = f"{ROOT}/status", f"{ROOT}/batch-status"
BATCH = 100


def ids(count: int) -> list[str]:
    return [f"asset-{number:08d}" for number in range(count)]


def asset(asset_id: str, status: str = "Active") -> dict[str, str]:
    """An asset as the service writes it."""
    return {
        "asset_id": asset_id,
        "official_id": asset_id,
        "status": status,
        "asset_ref": f"asset://{asset_id}",
        "name": f"portrait {asset_id}",
        "url": f"https://cdn.example.com/{asset_id}.jpg",
        "created_at": "2026-05-01 12:00:00",
    }


def body(data: object) -> bytes:
    return json.dumps({"code": 0, "msg": "ok", "data": data}).encode()


def batch(asset_ids: list[str], status: str = "Active") -> bytes:
    return body({"items": [asset(one, status) for one in asset_ids]})


def latencies(median: float) -> Iterator[float]:
    """Seconds that a service takes for its requests: log-normal, always the same."""
    chance = Random(1)
    while True:
        yield median * chance.lognormvariate(0, 0.5)


IDS = ids(BATCH)
ONE_BODY, BATCH_BODY = body(asset(IDS[0])), batch(IDS)
