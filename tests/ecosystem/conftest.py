"""One way to make the same calls with both clients and with `.raw`."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from attrs import frozen

from jimmy_ai_openapi_client import AsyncJimmyAI, JimmyAI
from jimmy_ai_openapi_client.api.default import query_seedance_sp_real_person_status as query
from jimmy_ai_openapi_client.models import SeedanceSpRealPersonStatusRequest
from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService

KEY = "sk-S3CRET-key-0123456789"
BODY = SeedanceSpRealPersonStatusRequest(asset_id="id1")
ASSET = {"code": 0, "msg": "ok", "data": {"asset_id": "id1", "status": "Active"}}
BUSY = {"code": -1, "msg": "busy"}
"""Retried once, so that each attempt is seen to be one request."""

Call = Callable[..., str]


@frozen
class Served:
    """The mock over a real socket."""

    mock: MockService
    base_url: str

    @property
    def requests(self) -> int:
        return len(self.mock.requests)


@pytest.fixture
def server() -> Iterator[Served]:
    mock = MockService(api_key=KEY)
    mock.add("id1", seconds=0)
    with mock.serve() as server:
        yield Served(mock, server.base_url)


def threads(*, raw: bool, see: Callable[[Any], object], **options: Any) -> str:
    with JimmyAI(api_key=KEY, clock=FakeClock(), **options) as jimmy:
        see(jimmy.raw.get_httpx_client())
        if not raw:
            return jimmy.real_person.status("id1").status
        answer = query.sync(client=jimmy.raw, body=BODY)
        return str(answer.data.status) if answer and answer.data else ""


async def tasks(*, raw: bool, see: Callable[[Any], object], **options: Any) -> str:
    async with AsyncJimmyAI(api_key=KEY, clock=FakeClock(), **options) as jimmy:
        see(jimmy.raw.get_async_httpx_client())
        if not raw:
            return (await jimmy.real_person.status("id1")).status
        answer = await query.asyncio(client=jimmy.raw, body=BODY)
        return str(answer.data.status) if answer and answer.data else ""


@pytest.fixture(params=["threads", "asyncio"])
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["real_person", "raw"])
def call(request: pytest.FixtureRequest, way: str) -> Call:
    """`call(**options)` asks for one asset, and gives its status; `see` is handed the httpx client before."""
    raw = request.param == "raw"

    def made(*, see: Callable[[Any], object] = lambda _: None, **options: Any) -> str:
        if way == "threads":
            return threads(raw=raw, see=see, **options)
        return asyncio.run(tasks(raw=raw, see=see, **options))

    return made
