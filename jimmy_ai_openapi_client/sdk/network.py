"""The network as httpx transports over httpcore's connections.

httpx's own transport keeps all connections in one pool of httpcore, whose bookkeeping looks at every connection for
every request. Here the connections to the one origin of a client stand on a stack: taking one costs the same however
many there are.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import partial
from threading import BoundedSemaphore

import httpcore
import httpx

from .errors import ConfigurationError
from .extra import installed
from .route import asyncio as for_asyncio
from .route import connector, threads

MOST = 100
"""Connections at a time; further requests wait for one, up to their deadline."""

_ERRORS = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
)


def _translated(error: Exception) -> Exception:
    """Httpx's error of the same name."""
    kind: type[httpx.TransportError] = getattr(httpx, type(error).__name__)
    return kind(str(error))


def _check(closed: bool) -> None:  # noqa: FBT001
    if closed:
        raise ConfigurationError("the client was closed meanwhile; create a new one")


def _asked(request: httpx.Request) -> httpcore.Request:
    url = request.url
    target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    return httpcore.Request(
        request.method, target, headers=request.headers.raw, content=request.stream, extensions=request.extensions
    )


class Network(httpx.BaseTransport):
    """Blocking connections to `base_url`, shared by threads."""

    def __init__(self, base_url: str) -> None:
        self._connect: Callable[[], httpcore.ConnectionInterface] = connector(
            base_url, threads(), installed("httptools")
        )
        self._open: set[httpcore.ConnectionInterface] = set()
        self._idle: list[httpcore.ConnectionInterface] = []
        self._closed = False
        self._places = BoundedSemaphore(MOST)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request`; the connection is free again once the answer is closed."""
        if not self._places.acquire(timeout=request.extensions["timeout"]["pool"]):
            raise httpx.PoolTimeout(f"all {MOST} connections are busy")
        connection = self._taken()
        try:
            _check(self._closed)
            answer = connection.handle_request(_asked(request))
        except BaseException as error:
            self._give_back(connection)
            if isinstance(error, _ERRORS):
                raise _translated(error) from error
            raise
        stream = _Stream(answer, partial(self._give_back, connection))
        return httpx.Response(answer.status, headers=answer.headers, stream=stream)

    def _taken(self) -> httpcore.ConnectionInterface:
        try:
            while (connection := self._idle.pop()).has_expired():
                self._dropped(connection)
        except IndexError:
            connection = self._connect()
            self._open.add(connection)
        return connection

    def _give_back(self, connection: httpcore.ConnectionInterface) -> None:
        if connection.is_available() and not self._closed:
            self._idle.append(connection)
        else:
            self._dropped(connection)
        self._places.release()

    def _dropped(self, connection: httpcore.ConnectionInterface) -> None:
        self._open.discard(connection)
        connection.close()

    def close(self) -> None:
        """Close every connection; what is under way fails."""
        self._closed = True
        for connection in tuple(self._open):
            self._dropped(connection)


class _Stream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response, give_back: Callable[[], None]) -> None:
        self._answer, self._give_back = answer, give_back

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._answer.stream  # type: ignore[misc]
        except _ERRORS as error:
            raise _translated(error) from error

    def close(self) -> None:
        try:
            self._answer.close()
        finally:
            self._give_back()


class AsyncNetwork(httpx.AsyncBaseTransport):
    """Connections to `base_url` for one event loop."""

    def __init__(self, base_url: str) -> None:
        from asyncio import Semaphore  # noqa: PLC0415

        connect = connector(base_url, for_asyncio(), installed("httptools"))
        self._connect: Callable[[], httpcore.AsyncConnectionInterface] = connect
        self._open: set[httpcore.AsyncConnectionInterface] = set()
        self._idle: list[httpcore.AsyncConnectionInterface] = []
        self._closed = False
        self._places = Semaphore(MOST)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request`; the connection is free again once the answer is closed."""
        await self._places.acquire()
        connection = await self._taken()
        try:
            _check(self._closed)
            answer = await connection.handle_async_request(_asked(request))
        except BaseException as error:
            await self._give_back(connection)
            if isinstance(error, _ERRORS):
                raise _translated(error) from error
            raise
        stream = _AsyncStream(answer, partial(self._give_back, connection))
        return httpx.Response(answer.status, headers=answer.headers, stream=stream)

    async def _taken(self) -> httpcore.AsyncConnectionInterface:
        try:
            while (connection := self._idle.pop()).has_expired():
                await self._dropped(connection)
        except IndexError:
            connection = self._connect()
            self._open.add(connection)
        return connection

    async def _give_back(self, connection: httpcore.AsyncConnectionInterface) -> None:
        self._places.release()
        if connection.is_available() and not self._closed:
            self._idle.append(connection)
        else:
            await self._dropped(connection)

    async def _dropped(self, connection: httpcore.AsyncConnectionInterface) -> None:
        self._open.discard(connection)
        await connection.aclose()

    async def aclose(self) -> None:
        """Close every connection; what is under way fails."""
        self._closed = True
        for connection in tuple(self._open):
            await self._dropped(connection)


class _AsyncStream(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response, give_back: Callable[[], Awaitable[None]]) -> None:
        self._answer, self._give_back = answer, give_back

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for chunk in self._answer.stream:  # type: ignore[union-attr]
                yield chunk
        except _ERRORS as error:
            raise _translated(error) from error

    async def aclose(self) -> None:
        try:
            await self._answer.aclose()
        finally:
            await self._give_back()
