"""asyncio's own transports as httpcore's streams: anyio's cost a call more time than the service on loopback."""

import asyncio
import selectors
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import httpcore

_ENOUGH = 64 << 10
_Selector = getattr(selectors, "PollSelector", selectors.SelectSelector)  # epoll would need a descriptor more


@asynccontextmanager
async def _connecting(timeout: float | None) -> AsyncGenerator[None, None]:
    try:
        async with asyncio.timeout(timeout):
            yield
    except TimeoutError as error:
        raise httpcore.ConnectTimeout(str(error)) from error
    except OSError as error:
        raise httpcore.ConnectError(str(error)) from error


class _Protocol(asyncio.Protocol):
    """Collects what comes until it is read, and lets a writer wait."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.buffer = bytearray()
        self.ended = self.full = False
        self.error: Exception | None = None
        self.waiter: asyncio.Future[None] | None = None
        self.transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if len(self.buffer) > _ENOUGH:
            self.transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        self.ended = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended, self.error, self.full = True, exc, False
        self._wake()

    def pause_writing(self) -> None:
        self.full = True

    def resume_writing(self) -> None:
        self.full = False
        self._wake()

    def _wake(self) -> None:
        if self.waiter and not self.waiter.done():
            self.waiter.set_result(None)

    async def change(self) -> None:
        """Wait until something happens."""
        self.waiter = self.loop.create_future()
        try:
            await self.waiter
        finally:
            self.waiter = None


class _Stream(httpcore.AsyncNetworkStream):
    # Its reads and writes need no deadline: asyncio.timeout ends them.
    def __init__(self, protocol: _Protocol) -> None:
        self._protocol = protocol

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        protocol = self._protocol
        while not protocol.buffer and not protocol.ended:
            await protocol.change()
        if not protocol.buffer and protocol.error:
            raise httpcore.ReadError(str(protocol.error)) from protocol.error
        data = bytes(protocol.buffer[:max_bytes])
        del protocol.buffer[:max_bytes]
        if not protocol.buffer and not protocol.ended and not protocol.transport.is_reading():
            protocol.transport.resume_reading()
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        protocol = self._protocol
        if not protocol.transport.is_closing():
            protocol.transport.write(buffer)
            while protocol.full:
                await protocol.change()
        if protocol.transport.is_closing():
            raise httpcore.WriteError("the connection is closed")

    async def aclose(self) -> None:
        self._protocol.transport.abort()
        await asyncio.sleep(0)  # the turn in which the socket is closed

    def get_extra_info(self, info: str) -> Any:
        if info != "is_readable":
            return self._protocol.transport.get_extra_info(info)
        return bool(self._protocol.buffer) or self._protocol.ended or self._socket_is_readable()

    def _socket_is_readable(self) -> bool:
        with _Selector() as selector:
            selector.register(self._protocol.transport.get_extra_info("socket"), selectors.EVENT_READ)
            return bool(selector.select(0))

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        protocol = self._protocol
        try:
            async with _connecting(timeout):
                protocol.transport = await protocol.loop.start_tls(
                    protocol.transport, protocol, ssl_context, server_hostname=server_hostname
                )
        except BaseException:
            await self.aclose()
            raise
        return self


class AsyncBackend(httpcore.AsyncNetworkBackend):
    """Connects by the running loop."""

    async def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *args: Any, **kwargs: Any
    ) -> httpcore.AsyncNetworkStream:
        loop = asyncio.get_running_loop()
        named = ":" not in host and not host[-1:].isdigit()
        # Names may have addresses that lead nowhere. Other loops than asyncio's own, such as uvloop's, race none.
        race: Any = {"happy_eyeballs_delay": 0.25} if named and isinstance(loop, asyncio.BaseEventLoop) else {}
        async with _connecting(timeout):
            _, protocol = await loop.create_connection(_Protocol, host, port, **race)
        return _Stream(protocol)
