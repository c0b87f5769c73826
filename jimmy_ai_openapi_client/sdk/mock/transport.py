"""Replies handed to httpx in-process: late, in pieces or not at all, as over a wire."""

import errno
import math
import os
from collections.abc import AsyncIterator, Callable, Iterator

import httpx

from ..clock import Clock
from .reply import Reply


class _Patience:
    """How long a client waits. Time is the mock's, so that a fake clock passes it in no time."""

    def __init__(self, request: httpx.Request) -> None:
        timeout = request.extensions.get("timeout", {}).get("read")
        self._left = math.inf if timeout is None else float(timeout)
        # httpx starts its read timeout anew with every read; a timeout that knows what is left of it is for them all.
        self._once = hasattr(timeout, "left")

    def wait(self, seconds: float) -> Iterator[float]:
        """Seconds to sleep, and `ReadTimeout` when that is all the client waits for."""
        if seconds > self._left:
            yield self._left
            raise httpx.ReadTimeout("timed out")
        yield seconds
        if self._once:
            self._left -= seconds


def _before(reply: Reply, patience: _Patience) -> Iterator[float]:
    """Pauses before the head of an answer; raises what httpx raises when none comes."""
    yield from patience.wait(reply.delay)
    if reply.reset:
        raise httpx.ReadError(f"[Errno {errno.ECONNRESET}] {os.strerror(errno.ECONNRESET)}")


class _Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body of a reply as it comes."""

    def __init__(self, reply: Reply, patience: _Patience, clock: Clock) -> None:
        self._reply, self._patience, self._clock = reply, patience, clock

    def _pieces(self) -> Iterator[tuple[float, bytes]]:
        for pause, piece in self._reply.body():
            yield from ((seconds, b"") for seconds in self._patience.wait(pause))
            yield 0.0, piece
        if self._reply.cut is not None:
            have = f"received {self._reply.cut} bytes, expected {len(self._reply.content)}"
            message = f"peer closed connection without sending complete message body ({have})"
            raise httpx.RemoteProtocolError(message)

    def __iter__(self) -> Iterator[bytes]:
        for pause, piece in self._pieces():
            self._clock.sleep(pause)
            yield piece

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for pause, piece in self._pieces():
            await self._clock.asleep(pause)
            yield piece


class Transport(httpx.MockTransport):
    """Takes requests of sync and async httpx clients to whoever replies."""

    def __init__(self, reply: Callable[[httpx.Request], Reply], clock: Clock) -> None:
        self._reply, self._clock = reply, clock
        super().__init__(self.handle_request)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, or what httpx raises in its place."""
        request.read()
        reply, patience = self._reply(request), _Patience(request)
        if reply.plain:
            return _whole(reply)
        for pause in _before(reply, patience):
            self._clock.sleep(pause)
        return _streamed(reply, _Body(reply, patience, self._clock))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """As `handle_request`; other tasks run meanwhile."""
        await request.aread()
        reply, patience = self._reply(request), _Patience(request)
        if reply.plain:
            return _whole(reply)
        for pause in _before(reply, patience):
            await self._clock.asleep(pause)
        return _streamed(reply, _Body(reply, patience, self._clock))


def _whole(reply: Reply) -> httpx.Response:
    return httpx.Response(reply.status, headers=dict(reply.headers), content=reply.content)


def _streamed(reply: Reply, body: _Body) -> httpx.Response:
    headers = {**reply.headers, "Content-Length": str(len(reply.content))}
    return httpx.Response(reply.status, headers=headers, stream=body)
