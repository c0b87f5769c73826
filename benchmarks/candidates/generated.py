"""The generated functions over the generated client, as the generator's own documentation has it."""

from typing import Any

from jimmy_ai_openapi_client import AuthenticatedClient
from jimmy_ai_openapi_client.api.default import batch_query_seedance_sp_real_person_status as batch_query
from jimmy_ai_openapi_client.api.default import query_seedance_sp_real_person_status as query
from jimmy_ai_openapi_client.models import (
    SeedanceSpRealPersonBatchStatusRequest,
    SeedanceSpRealPersonStatusRequest,
)

from .. import wire
from ..looping import in_turn


def _client(url: str, transport: Any) -> AuthenticatedClient:
    options = {"transport": transport} if transport else {}
    return AuthenticatedClient(base_url=url, token=wire.KEY, httpx_args=options)


class Sync:
    def __init__(self, url: str, transport: Any = None) -> None:
        self._client = _client(url, transport)
        self._client.get_httpx_client()  # made here, for several threads that need one would each make one

    def one(self) -> object:
        return query.sync(client=self._client, body=SeedanceSpRealPersonStatusRequest(asset_id=wire.IDS[0]))

    def batch(self) -> object:
        return self.asked(wire.IDS)

    def asked(self, ids: list[str]) -> Any:
        return batch_query.sync(client=self._client, body=SeedanceSpRealPersonBatchStatusRequest(asset_ids=list(ids)))

    def close(self) -> None:
        self._client.get_httpx_client().close()


def waited(rounds: Any, ids: list[str], *, size: int = wire.BATCH) -> object:
    """A loop that keeps what it was told last."""
    client, assets = Sync(wire.URL, rounds), dict[str, Any]()

    def ask(chunk: list[str]) -> list[str]:
        items = client.asked(chunk).data.items
        assets.update((item.asset_id, item) for item in items)
        return [item.asset_id for item in items if item.status != "Active"]

    in_turn(ids, ask, rounds.clock.sleep, size=size)
    return assets


class Async:
    def __init__(self, url: str, transport: Any = None) -> None:
        self._client = _client(url, transport)

    async def one(self) -> object:
        return await query.asyncio(client=self._client, body=SeedanceSpRealPersonStatusRequest(asset_id=wire.IDS[0]))

    async def close(self) -> None:
        await self._client.get_async_httpx_client().aclose()
