"""`JimmyAI` and `AsyncJimmyAI`, every protection on."""

from typing import Any

from jimmy_ai_openapi_client import AsyncJimmyAI, JimmyAI

from .. import wire


class Sync:
    def __init__(self, url: str, transport: Any = None) -> None:
        self._jimmy = JimmyAI(api_key=wire.KEY, base_url=url, transport=transport)

    def one(self) -> object:
        return self._jimmy.real_person.status(wire.IDS[0])

    def batch(self) -> object:
        return self._jimmy.real_person.batch_status(wire.IDS)

    def close(self) -> None:
        self._jimmy.close()


class Async:
    def __init__(self, url: str, transport: Any = None) -> None:
        self._jimmy = AsyncJimmyAI(api_key=wire.KEY, base_url=url, transport=transport)

    async def one(self) -> object:
        return await self._jimmy.real_person.status(wire.IDS[0])

    async def close(self) -> None:
        await self._jimmy.close()


def waited(rounds: Any, ids: list[str]) -> object:
    with JimmyAI(api_key=wire.KEY, transport=rounds, clock=rounds.clock) as jimmy:
        return jimmy.real_person.wait_many(ids)


def consumed(rounds: Any, ids: list[str]) -> object:
    """Keeps no asset."""
    with JimmyAI(api_key=wire.KEY, transport=rounds, clock=rounds.clock) as jimmy:
        return sum(asset.is_active for asset in jimmy.real_person.as_completed(ids))


async def awaited(rounds: Any, ids: list[str]) -> object:
    async with AsyncJimmyAI(api_key=wire.KEY, transport=rounds, clock=rounds.clock) as jimmy:
        return await jimmy.real_person.wait_many(ids)
