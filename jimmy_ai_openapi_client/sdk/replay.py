"""A stream on which a request was sent already and a part of its answer read, as if it were new."""

from typing import Any

import httpcore


class _Past:
    def __init__(self, stream: Any, seen: bytes, *, broken: bool) -> None:
        self._stream, self._seen, self._broken = stream, seen, broken
        self._written = True

    def _is_written(self) -> bool:
        """Whether a write is of the request that was sent already."""
        if self._written and self._broken:
            raise httpcore.WriteError("the request could not be sent whole")
        return self._written

    def _unread(self, most: int) -> bytes:
        self._written = False
        data, self._seen = self._seen[:most], self._seen[most:]
        return data

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class Replay(_Past, httpcore.NetworkStream):
    """For threads."""

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._unread(max_bytes) or self._stream.read(max_bytes, timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not self._is_written():
            self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._stream.close()


class AsyncReplay(_Past, httpcore.AsyncNetworkStream):
    """For asyncio."""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._unread(max_bytes) or await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not self._is_written():
            await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()
