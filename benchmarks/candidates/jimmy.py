"""`JimmyAI` and `AsyncJimmyAI`, every protection on. `fast` is chosen by itself where its packages can be imported."""

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
