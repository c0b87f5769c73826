"""Other transports and other event loops."""

import asyncio
import json
from collections.abc import Callable, Iterable
from typing import Any

import httpx
import pytest
from httpx_aiohttp import AiohttpTransport

from jimmy_ai_openapi_client import APIConnectionError, AsyncJimmyAI

from .conftest import ASSET, KEY, Call, Served

uvloop = pytest.importorskip("uvloop", reason="not made for this system")


def wsgi(_: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(ASSET).encode()]


async def asgi(scope: dict[str, Any], receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": json.dumps(ASSET).encode()})


def test_wsgi_and_asgi_transports(call: Call, way: str) -> None:
    app: Any = asgi
    transport: Any = httpx.WSGITransport(wsgi) if way == "threads" else httpx.ASGITransport(app)
    assert call(transport=transport) == "Active"


@pytest.mark.parametrize(
    ("run", "make"),
    [(asyncio.run, AiohttpTransport), (uvloop.run, AiohttpTransport), (uvloop.run, lambda: None)],
    ids=["aiohttp", "aiohttp on uvloop", "uvloop"],
)
def test_another_engine(server: Served, run: Callable[..., int], make: Callable[[], Any]) -> None:
    ids = [f"id{number}" for number in range(20)]
    server.mock.add(*ids)

    async def main() -> int:
        async with AsyncJimmyAI(api_key=KEY, base_url=server.base_url, transport=make(), batch_size=3) as jimmy:
            found = await asyncio.gather(*map(jimmy.real_person.status, ids))
            assert [one.asset_id for one in found] == ids
            return len(await jimmy.real_person.batch_status(ids))

    assert run(main()) == 20
    assert server.requests == 27


def test_aiohttp_tells_a_lost_connection_from_one_never_made() -> None:
    """httpx-aiohttp calls both a ConnectTimeout. What may have changed something is not sent twice."""
    requests: list[bytes] = []

    async def drop(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        requests.append(await reader.readline())
        writer.close()

    async def main() -> None:
        async with await asyncio.start_server(drop, "127.0.0.1") as server:
            base_url = "http://{}:{}".format(*server.sockets[0].getsockname())
            async with AsyncJimmyAI(api_key=KEY, base_url=base_url, transport=AiohttpTransport()) as jimmy:
                with pytest.raises(APIConnectionError) as caught:
                    await jimmy.raw.get_async_httpx_client().post("/videos/submit", json={})
        assert (type(caught.value), caught.value.attempts) == (APIConnectionError, 1)

    asyncio.run(main())
    assert len(requests) == 1
