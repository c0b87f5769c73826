"""One way to make the same calls with both clients and with `.raw`."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from jimmy_ai_openapi_client.api.default import query_seedance_sp_real_person_status as query
from jimmy_ai_openapi_client.models import SeedanceSpRealPersonStatusRequest
from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService

KEY = "sk-S3CRET-key-0123456789"
BODY = SeedanceSpRealPersonStatusRequest(asset_id="id1")
ASSET = {"code": 0, "msg": "ok", "data": {"asset_id": "id1", "status": "Active"}}
BUSY = {"code": -1, "msg": "busy"}
"""Retried once, so that each attempt is seen to be one request."""

Call = Callable[..., str]


class Served(NamedTuple):
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


@pytest.fixture(params=["real_person", "raw"])
def call(request: pytest.FixtureRequest, way: str, connect: Callable[..., Any]) -> Call:
    """`call(**options)` asks for one asset, and gives its status; `see` is handed the httpx client before."""

    def made(*, see: Callable[[Any], object] = lambda _: None, **options: Any) -> str:
        client = connect(api_key=KEY, clock=FakeClock(), **options)
        raw = client.raw
        see(raw.get_httpx_client() if way == "threads" else raw.get_async_httpx_client())
        if request.param == "real_person":
            return str(client.real_person.status("id1").status)
        function: Any = query.sync if way == "threads" else query.asyncio
        return str(client.plain(function(client=raw, body=BODY)).data.status)

    return made
