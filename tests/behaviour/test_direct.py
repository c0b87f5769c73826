"""The streams and connections underneath, where no answer of a service leads them."""

import asyncio
import socket
from collections.abc import Awaitable, Callable

import httpcore
import pytest

from jimmy_ai_openapi_client.sdk import route
from jimmy_ai_openapi_client.sdk.asyncio_streams import AsyncBackend
from jimmy_ai_openapi_client.sdk.replay import AsyncReplay, Replay

MUCH = b"x" * (8 << 20)
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def test_without_httptools_connections_are_of_httpcore() -> None:
    url = "http://127.0.0.1:9"
    assert isinstance(route.connector(url, route.threads(), None)(), httpcore.HTTPConnection)
    assert isinstance(route.connector(url, route.asyncio(), None)(), httpcore.AsyncHTTPConnection)


def test_a_replay_gives_what_was_read_and_swallows_what_was_written() -> None:
    stream = Replay(httpcore.MockStream([b"new"]), b"seen", broken=False)
    stream.write(b"once more")
    assert [stream.read(3), stream.read(3), stream.read(3)] == [b"see", b"n", b"new"]
    stream.write(b"the next request")


def test_a_replay_of_a_broken_request_breaks_again() -> None:
    async def main() -> None:
        stream = AsyncReplay(httpcore.AsyncMockStream([b"early answer"]), b"", broken=True)
        with pytest.raises(httpcore.WriteError):
            await stream.write(b"once more")
        assert await stream.read(100) == b"early answer"

    asyncio.run(main())


def against(serve: Serve, story: Callable[[httpcore.AsyncNetworkStream], Awaitable[None]]) -> None:
    """Tell the story to a stream that leads to this server."""

    async def main() -> None:
        async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
            stream = await AsyncBackend().connect_tcp(*server.sockets[0].getsockname())
            try:
                await asyncio.wait_for(story(stream), 20)
            finally:
                await stream.aclose()

    asyncio.run(main())


def test_what_comes_fast_is_read_slowly() -> None:
    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(MUCH)
        await writer.drain()
        writer.close()

    async def story(stream: httpcore.AsyncNetworkStream) -> None:
        got = 0
        while data := await stream.read(10_000):
            assert len(data) <= 10_000
            got += len(data)
        assert got == len(MUCH)

    against(serve, story)


def test_a_long_request_waits_for_its_reader() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"%d" % len(await reader.readexactly(len(MUCH))))
        writer.close()

    async def story(stream: httpcore.AsyncNetworkStream) -> None:
        await stream.write(MUCH)
        assert await stream.read(100) == b"%d" % len(MUCH)

    against(serve, story)


def test_a_request_cut_short_by_the_server() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.transport.abort()

    async def story(stream: httpcore.AsyncNetworkStream) -> None:
        for _ in range(2):
            with pytest.raises(httpcore.WriteError):
                await stream.write(MUCH)
        with pytest.raises(httpcore.ReadError):
            await stream.read(1)

    against(serve, story)


def test_connecting_takes_no_longer_than_allowed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(httpcore.ConnectTimeout):
        asyncio.run(AsyncBackend().connect_tcp(*server.getsockname(), 0))
