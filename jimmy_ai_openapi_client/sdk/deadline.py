"""Make a read timeout end. httpx starts it anew with every byte, so a dripping answer could last for ever."""

import time
from collections.abc import Iterable
from typing import Any, Self

import httpcore
import httpx


class Deadline(float):
    """A timeout in seconds, as httpx takes it, that remembers when it started."""

    _ends: float

    def __new__(cls, seconds: float) -> Self:
        deadline = super().__new__(cls, seconds)
        deadline._ends = time.monotonic() + seconds
        return deadline

    def left(self) -> float:
        """Seconds until it ends; 0 or less when it has."""
        return self._ends - time.monotonic()


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(*args, **kwargs))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        self._backend = backend

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._backend.connect_tcp(host, port, left, local_address, socket_options))


def _left(timeout: float | None, late: type[httpcore.TimeoutException]) -> float | None:
    if not isinstance(timeout, Deadline):
        return timeout
    if (left := timeout.left()) <= 0:
        raise late("timed out")
    return left


def bound_reads(client: httpx.Client) -> None:
    """Let `Deadline` timeouts of requests through `client` hold over all their reads together.

    httpcore takes a network backend, but httpx has no argument to pass one on, and giving httpx a transport of our own
    would lose the proxies of the environment. Where there is no pool (a transport for tests) nothing changes.
    """
    for transport in (client._transport, *client._mounts.values()):  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        if pool := getattr(transport, "_pool", None):
            pool._network_backend = _Backend(pool._network_backend)  # noqa: SLF001
