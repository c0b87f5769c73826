"""Ends an attempt on time. httpx starts a read timeout anew with every byte, so a slow response could last for ever.

For asyncio, `asyncio.timeout` does this, and only what it cancels is closed here. The network backend of httpcore is
wrapped, in every transport of httpx's own that a client uses.
"""

from contextlib import suppress
from typing import Any

import httpcore
import httpx

from ..clock import Cancelled, cancelled
from .attempt import Deadline

CHECKED_EVERY = 0.25
"""Seconds. A read in a thread of ours looks so often whether its call was interrupted."""
WRITTEN_AT_ONCE = 64 << 10
"""Bytes. A write has its timeout for each part that the network takes, so large bodies are written in pieces."""


def keep_deadlines(client: httpx.Client | httpx.AsyncClient) -> None:
    """Make the transports of `client` end reads, writes and handshakes at a `Deadline`, and close what is given up.

    Transports that are not httpx's own are left alone.
    """
    # The one place that reaches into httpx: it has no argument for a network backend.
    for transport in (client._transport, *client._mounts.values()):  # noqa: SLF001
        if isinstance(transport, httpx.HTTPTransport | httpx.AsyncHTTPTransport):
            pool: Any = transport._pool  # noqa: SLF001
            wrapper = _Backend if isinstance(transport, httpx.HTTPTransport) else _AsyncBackend
            if not isinstance(pool._network_backend, wrapper):  # noqa: SLF001
                pool._network_backend = wrapper(pool._network_backend)  # noqa: SLF001


def _left(timeout: float | None, late: type[httpcore.TimeoutException]) -> float | None:
    if (event := cancelled.get()) and event.is_set():
        raise Cancelled
    if not isinstance(timeout, Deadline):
        return timeout
    if (left := timeout.left()) <= 0:
        raise late("timed out")
    return left


class _Wrapper:
    """Leaves to the wrapped object whatever a subclass does not define."""

    def __init__(self, wrapped: Any) -> None:
        self._wrapped = wrapped

    def __getattr__(self, name: str) -> Any:
        return getattr(self._wrapped, name)


class _Stream(_Wrapper):
    def read(self, max_bytes: int, timeout: float | None = None) -> Any:
        while (left := _left(timeout, httpcore.ReadTimeout)) and isinstance(timeout, Deadline) and cancelled.get():
            with suppress(httpcore.ReadTimeout):
                return self._wrapped.read(max_bytes, min(left, CHECKED_EVERY))
        return self._wrapped.read(max_bytes, left)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), WRITTEN_AT_ONCE):
            piece = buffer[start : start + WRITTEN_AT_ONCE]
            self._wrapped.write(piece, _left(timeout, httpcore.WriteTimeout))

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> Any:
        try:
            left = _left(timeout, httpcore.ConnectTimeout)
            return _Stream(self._wrapped.start_tls(ssl_context, server_hostname, left))
        except BaseException:  # httpcore leaves the socket open when Ctrl-C ends a handshake
            self.close()
            raise


class _Backend(_Wrapper):
    def connect_tcp(self, host: str, port: int, timeout: float | None = None, *args: Any, **kwargs: Any) -> Any:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._wrapped.connect_tcp(host, port, left, *args, **kwargs))

    def connect_unix_socket(self, path: str, timeout: float | None = None, *args: Any, **kwargs: Any) -> Any:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._wrapped.connect_unix_socket(path, left, *args, **kwargs))


class _AsyncStream(_Wrapper):
    async def start_tls(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return _AsyncStream(await self._wrapped.start_tls(*args, **kwargs))
        except BaseException:  # httpcore leaves the socket open when a handshake is cancelled
            await self.aclose()
            raise


class _AsyncBackend(_Wrapper):
    async def connect_tcp(self, *args: Any, **kwargs: Any) -> Any:
        return _AsyncStream(await self._wrapped.connect_tcp(*args, **kwargs))

    async def connect_unix_socket(self, *args: Any, **kwargs: Any) -> Any:
        return _AsyncStream(await self._wrapped.connect_unix_socket(*args, **kwargs))
