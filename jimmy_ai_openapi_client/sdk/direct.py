"""Direct connections: plain exchanges by llhttp, everything else by httpcore on the same stream."""

import ssl
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any, cast

import httpcore

from .plain import NotPlain, Reader, plain
from .replay import AsyncReplay, Replay

_READ = 64 << 10


def _extensions(request: httpcore.Request) -> dict[str, Any]:
    return cast("dict[str, Any]", request.extensions)  # pyright: ignore[reportUnknownMemberType]


class _Connection:
    """What both kinds share: where it goes, and whether and how long it can be used again."""

    def __init__(
        self,
        origin: httpcore.Origin,
        ssl_context: ssl.SSLContext | None,
        keepalive_expiry: float,
        network_backend: Any,
    ) -> None:
        self._origin, self._backend, self._tls, self._keepalive = origin, network_backend, ssl_context, keepalive_expiry
        self._host = origin.host.decode("ascii")
        self._stream: Any = None
        self._core: Any = None  # httpcore's connection, once something was not plain
        self._expires: float | None = None

    def is_available(self) -> bool:
        return bool(self._core.is_available() if self._core else self._expires)

    def has_expired(self) -> bool:
        if self._core:
            return bool(self._core.has_expired())
        return bool(time.monotonic() > (self._expires or 0) or self._stream.get_extra_info("is_readable"))

    def _security(self, request: httpcore.Request, timeout: float) -> tuple[ssl.SSLContext, str, float]:
        assert self._tls
        self._tls.set_alpn_protocols(["http/1.1"])
        return self._tls, _extensions(request).get("sni_hostname") or self._host, timeout

    def _keep(self) -> None:
        self._expires = time.monotonic() + self._keepalive


class Connection(_Connection, httpcore.ConnectionInterface):
    """A blocking connection."""

    def handle_request(self, request: httpcore.Request) -> httpcore.Response:
        self._expires = None
        timeouts = _extensions(request)["timeout"]
        try:
            self._stream = self._stream or self._connected(request, timeouts["connect"])
            if not self._core and (reader := plain(request)):
                try:
                    self._stream.write(reader.request, timeouts["write"])
                    while not reader.status:
                        reader.begin(self._stream.read(_READ, timeouts["read"]))
                    body = _Body(self, reader, timeouts["read"])
                    return httpcore.Response(reader.status, headers=reader.headers, content=body)
                except (NotPlain, httpcore.WriteError) as reason:
                    broken = isinstance(reason, httpcore.WriteError)
                    self._core = self._by_httpcore(Replay(self._stream, reader.seen, broken=broken))
            self._core = self._core or self._by_httpcore(self._stream)
            return self._core.handle_request(request)  # type: ignore[no-any-return]
        except BaseException:
            self.close()
            raise

    def _connected(self, request: httpcore.Request, timeout: float) -> httpcore.NetworkStream:
        stream: httpcore.NetworkStream = self._backend.connect_tcp(self._host, self._origin.port, timeout)
        return stream.start_tls(*self._security(request, timeout)) if self._tls else stream

    def _by_httpcore(self, stream: httpcore.NetworkStream) -> httpcore.HTTP11Connection:
        return httpcore.HTTP11Connection(self._origin, stream, self._keepalive)

    def read(self, reader: Reader, timeout: float) -> Iterator[bytes]:
        """The body that `reader` has, and then what comes."""
        yield reader.taken()
        while not reader.complete:
            reader.more(self._stream.read(_READ, timeout))
            yield reader.taken()

    def release(self, reader: Reader) -> None:
        """Keep the connection after a complete exchange; otherwise close it."""
        if reader.complete and reader.reusable:
            self._keep()
        else:
            self.close()

    def close(self) -> None:
        self._expires = None
        if self._stream:
            self._stream.close()


class _Body:
    def __init__(self, connection: Connection, reader: Reader, timeout: float) -> None:
        self._connection, self._reader, self._timeout = connection, reader, timeout

    def __iter__(self) -> Iterator[bytes]:
        return self._connection.read(self._reader, self._timeout)

    def close(self) -> None:
        self._connection.release(self._reader)


class AsyncConnection(_Connection, httpcore.AsyncConnectionInterface):
    """A connection of an event loop."""

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        self._expires = None
        timeouts = _extensions(request)["timeout"]
        try:
            self._stream = self._stream or await self._connected(request, timeouts["connect"])
            if not self._core and (reader := plain(request)):
                try:
                    await self._stream.write(reader.request, timeouts["write"])
                    while not reader.status:
                        reader.begin(await self._stream.read(_READ, timeouts["read"]))
                    body = _AsyncBody(self, reader, timeouts["read"])
                    return httpcore.Response(reader.status, headers=reader.headers, content=body)
                except (NotPlain, httpcore.WriteError) as reason:
                    broken = isinstance(reason, httpcore.WriteError)
                    self._core = self._by_httpcore(AsyncReplay(self._stream, reader.seen, broken=broken))
            self._core = self._core or self._by_httpcore(self._stream)
            return await self._core.handle_async_request(request)  # type: ignore[no-any-return]
        except BaseException:
            await self.aclose()
            raise

    async def _connected(self, request: httpcore.Request, timeout: float) -> httpcore.AsyncNetworkStream:
        stream: httpcore.AsyncNetworkStream = await self._backend.connect_tcp(self._host, self._origin.port, timeout)
        return await stream.start_tls(*self._security(request, timeout)) if self._tls else stream

    def _by_httpcore(self, stream: httpcore.AsyncNetworkStream) -> httpcore.AsyncHTTP11Connection:
        return httpcore.AsyncHTTP11Connection(self._origin, stream, self._keepalive)

    async def read(self, reader: Reader, timeout: float) -> AsyncIterator[bytes]:
        """The body that `reader` has, and then what comes."""
        yield reader.taken()
        while not reader.complete:
            reader.more(await self._stream.read(_READ, timeout))
            yield reader.taken()

    async def release(self, reader: Reader) -> None:
        """Keep the connection after a complete exchange; otherwise close it."""
        if reader.complete and reader.reusable:
            self._keep()
        else:
            await self.aclose()

    async def aclose(self) -> None:
        self._expires = None
        if self._stream:
            await self._stream.aclose()


class _AsyncBody:
    def __init__(self, connection: AsyncConnection, reader: Reader, timeout: float) -> None:
        self._connection, self._reader, self._timeout = connection, reader, timeout

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._connection.read(self._reader, self._timeout)

    async def aclose(self) -> None:
        await self._connection.release(self._reader)
