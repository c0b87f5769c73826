"""Replies handed to httpx in-process: late, in pieces or not at all, as over a socket."""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

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
            return _response(reply, reply.content)
        pieces = self._sent(_steps(reply, request))
        next(pieces)
        return _response(reply, pieces)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """As `handle_request`; other tasks run meanwhile."""
        await request.aread()
        reply = self._reply(request)
        if reply.immediate:
            return _response(reply, reply.content)
        pieces = self._sent_async(_steps(reply, request))
        await anext(pieces)
        return _response(reply, pieces)

    def _sent(self, steps: Iterator[float | bytes]) -> Iterator[bytes]:
        for step in steps:
            if isinstance(step, bytes):
                yield step
            elif step:
                self._clock.sleep(step)

    async def _sent_async(self, steps: Iterator[float | bytes]) -> AsyncIterator[bytes]:
        for step in steps:
            if isinstance(step, bytes):
                yield step
            elif step:
                await self._clock.asleep(step)


def _steps(reply: Reply, request: httpx.Request) -> Iterator[float | bytes]:
    """The steps of a reply as far as the client's patience goes, with what httpx raises for a socket."""
    timeout = request.extensions.get("timeout", {}).get("read")
    try:
        for step in reply.steps():
            if not isinstance(step, bytes) and timeout is not None and step > timeout:
                yield timeout
                raise httpx.ReadTimeout("timed out")
            yield step
    except ConnectionResetError as error:
        raise httpx.ReadError(str(error)) from None
    except EOFError as error:
        message = f"peer closed connection without sending complete message body ({error})"
        raise httpx.RemoteProtocolError(message) from None


def _response(reply: Reply, content: Any) -> httpx.Response:
    length = {} if reply.immediate else {"Content-Length": str(len(reply.content))}
    return httpx.Response(reply.status, headers={**reply.headers, **length}, content=content)
