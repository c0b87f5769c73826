"""Other transports and other event loops."""

import asyncio
import json
from collections.abc import Callable, Iterable
from typing import Any

import httpx
import pytest
from httpx_aiohttp import AiohttpTransport

from jimmy_ai_openapi_client import APIConnectionError, APITimeoutError, AsyncJimmyAI, JimmyAI

from .conftest import ASSET, BUSY, KEY, Call, Served

uvloop = pytest.importorskip("uvloop", reason="not made for this system")


def test_mock_transport(call: Call) -> None:
    answers = iter([BUSY, ASSET])
    assert call(transport=httpx.MockTransport(lambda _: httpx.Response(200, json=next(answers)))) == "Active"
    assert list(answers) == []


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


def test_a_transport_of_httpx(call: Call, way: str, server: Served) -> None:
    transport: Any = httpx.HTTPTransport() if way == "threads" else httpx.AsyncHTTPTransport()
    assert call(transport=transport, base_url=server.base_url) == "Active"


async def several(server: Served) -> int:
    ids = [f"id{number}" for number in range(20)]
    server.mock.add(*ids)
    async with AsyncJimmyAI(api_key=KEY, base_url=server.base_url, transport=AiohttpTransport()) as jimmy:
        found = await asyncio.gather(*map(jimmy.real_person.status, ids))
        assert [one.asset_id for one in found] == ids
        return len(await jimmy.real_person.batch_status(ids))


@pytest.mark.parametrize("run", [asyncio.run, uvloop.run], ids=["asyncio", "uvloop"])
def test_aiohttp(server: Served, run: Callable[..., int]) -> None:
    assert run(several(server)) == 20
    assert server.requests == 21


def test_uvloop(server: Served) -> None:
    ids = [f"id{number}" for number in range(20)]
    server.mock.add(*ids)

    async def main() -> int:
        async with AsyncJimmyAI(api_key=KEY, base_url=server.base_url, batch_size=3) as jimmy:
            return len(await jimmy.real_person.batch_status(ids))

    assert uvloop.run(main()) == 20


@pytest.mark.parametrize("transport", [None, httpx.HTTPTransport()], ids=["own", "given"])
def test_a_deadline_of_threads(server: Served, transport: httpx.HTTPTransport | None) -> None:
    """It fails if the place moves where httpx keeps its network backend."""
    server.mock.fault.delay(60)
    options: dict[str, Any] = {"timeout": 0.2, "max_retries": 0, "transport": transport}
    with JimmyAI(api_key=KEY, base_url=server.base_url, **options) as jimmy, pytest.raises(APITimeoutError):
        jimmy.real_person.status("id1")


@pytest.mark.parametrize(
    "make", [lambda: None, httpx.AsyncHTTPTransport, AiohttpTransport], ids=["own", "given", "aiohttp"]
)
def test_a_deadline_of_asyncio(server: Served, make: Callable[[], Any]) -> None:
    async def main() -> None:
        options: dict[str, Any] = {"timeout": 0.2, "max_retries": 0, "transport": make()}
        async with AsyncJimmyAI(api_key=KEY, base_url=server.base_url, **options) as jimmy:
            with pytest.raises(APITimeoutError):
                await jimmy.real_person.status("id1")

    server.mock.fault.delay(60)
    asyncio.run(main())


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
