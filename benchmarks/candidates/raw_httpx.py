"""What one would write without this package: post, and take the JSON."""

from typing import Any

import httpx

from .. import wire
from ..looping import in_turn

HEADERS = {"Authorization": f"Bearer {wire.KEY}"}


class Sync:
    def __init__(self, url: str, transport: Any = None) -> None:
        self._client = httpx.Client(base_url=url, headers=HEADERS, transport=transport)

    def one(self) -> object:
        return self._client.post(wire.ONE_PATH, json={"asset_id": wire.IDS[0]}).json()

    def batch(self) -> object:
        return self.asked(wire.IDS)

    def asked(self, ids: list[str]) -> Any:
        return self._client.post(wire.BATCH_PATH, json={"asset_ids": ids}).json()

    def close(self) -> None:
        self._client.close()


def waited(rounds: Any, ids: list[str]) -> object:
    """A loop that keeps what it was told last."""
    client, assets = Sync(wire.URL, rounds), dict[str, Any]()

    def ask(chunk: list[str]) -> list[str]:
        items = client.asked(chunk)["data"]["items"]
        assets.update((item["asset_id"], item) for item in items)
        return [item["asset_id"] for item in items if item["status"] != "Active"]

    in_turn(ids, ask, rounds.clock.sleep, size=wire.BATCH)
    return assets


class Async:
    def __init__(self, url: str, transport: Any = None) -> None:
        self._client = httpx.AsyncClient(base_url=url, headers=HEADERS, transport=transport)

    async def one(self) -> object:
        return (await self._client.post(wire.ONE_PATH, json={"asset_id": wire.IDS[0]})).json()

    async def close(self) -> None:
        await self._client.aclose()
