"""What one would write without this package: post, and take the JSON."""

from typing import Any

import httpx

from .. import wire
from ..chunks import chunks

HEADERS = {"Authorization": f"Bearer {wire.KEY}"}


class Sync:
    def __init__(self, url: str, transport: Any = None) -> None:
        self._client = httpx.Client(base_url=url, headers=HEADERS, transport=transport)

    def one(self) -> object:
        return self._client.post(wire.ONE_PATH, json={"asset_id": wire.IDS[0]}).json()

    def batch(self) -> object:
        return self._client.post(wire.BATCH_PATH, json={"asset_ids": wire.IDS}).json()

    def held(self, ids: list[str]) -> object:
        answers = (self._client.post(wire.BATCH_PATH, json={"asset_ids": chunk}).json() for chunk in chunks(ids))
        return {item["asset_id"]: item for answer in answers for item in answer["data"]["items"]}

    def close(self) -> None:
        self._client.close()


class Async:
    def __init__(self, url: str, transport: Any = None) -> None:
        self._client = httpx.AsyncClient(base_url=url, headers=HEADERS, transport=transport)

    async def one(self) -> object:
        return (await self._client.post(wire.ONE_PATH, json={"asset_id": wire.IDS[0]})).json()

    async def close(self) -> None:
        await self._client.aclose()
