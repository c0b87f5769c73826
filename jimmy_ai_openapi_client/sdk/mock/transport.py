"""Replies handed to httpx in-process: late, in pieces or not at all, as over a socket."""

import errno
import math
import os
from collections.abc import AsyncIterator, Callable, Iterator

import httpx

from ..clock import Clock
from .exchange import Reply


class MockTransport(httpx.MockTransport):
    """Takes requests of sync and async httpx clients to whatever replies.

    Pauses pass on the mock's clock. As on a socket, each single pause is compared with the client's read timeout.
    """

    def __init__(self, reply: Callable[[httpx.Request], Reply], clock: Clock) -> None:
        self._reply, self._clock = reply, clock
        super().__init__(self.handle_request)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, or what httpx raises instead."""
        request.read()
        reply = self._reply(request)
        if reply.immediate:
            return httpx.Response(reply.status, headers=dict(reply.headers), content=reply.content)
        pieces = self._sent(_steps(reply, request))
        next(pieces)
        return httpx.Response(reply.status, headers=_headers(reply), content=pieces)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """As `handle_request`; other tasks run meanwhile."""
        await request.aread()
        reply = self._reply(request)
        if reply.immediate:
            return httpx.Response(reply.status, headers=dict(reply.headers), content=reply.content)
        pieces = self._sent_async(_steps(reply, request))
        await anext(pieces)
        return httpx.Response(reply.status, headers=_headers(reply), content=pieces)

    def _sent(self, steps: Iterator[float | bytes]) -> Iterator[bytes]:
        for step in steps:
            if isinstance(step, bytes):
                yield step
            else:
                self._clock.sleep(step)

    async def _sent_async(self, steps: Iterator[float | bytes]) -> AsyncIterator[bytes]:
        for step in steps:
            if isinstance(step, bytes):
                yield step
            else:
                await self._clock.asleep(step)


def _steps(reply: Reply, request: httpx.Request) -> Iterator[float | bytes]:
    """A reply as it is sent: pauses in seconds, and pieces, of which the first stands for the head.

    Raises what httpx raises when a client's read timeout passes, or the connection ends.
    """
    timeout = request.extensions.get("timeout", {}).get("read")
    for pause, piece in [(reply.delay, b""), *reply.body()]:
        yield min(pause, math.inf if timeout is None else timeout)
        if timeout is not None and pause > timeout:
            raise httpx.ReadTimeout("timed out")
        if reply.reset:
            raise httpx.ReadError(f"[Errno {errno.ECONNRESET}] {os.strerror(errno.ECONNRESET)}")
        yield piece
    if reply.cut is not None:
        counts = f"received {reply.cut} bytes, expected {len(reply.content)}"
        raise httpx.RemoteProtocolError(f"peer closed connection without sending complete message body ({counts})")


def _headers(reply: Reply) -> dict[str, str]:
    return {**reply.headers, "Content-Length": str(len(reply.content))}
