"""The mock as an ASGI application: replies over a real connection."""

import asyncio
import re
import socket
import struct
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import httpx

from ..clock import Clock
from .exchange import RecordedRequest, Reply, json_reply

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Exchange = Callable[[httpx.Request], tuple[Reply, RecordedRequest]]
Page = Callable[[httpx.Request], Reply | None]
Log = Callable[[RecordedRequest, float], object]

# A web site that made its own name mean 127.0.0.1 must not read what is served here.
_LOOPBACK = re.compile(r"(127\.0\.0\.1|\[::1\]|([a-z0-9-]+\.)*localhost)(:\d+)?", re.IGNORECASE)


class App:
    """Serves an exchange, and a page beside it. `log` is called with each request and how many seconds it took."""

    def __init__(self, exchange: Exchange, page: Page, clock: Clock, log: Log) -> None:
        self._exchange, self._page, self._clock, self._log = exchange, page, clock, log
        self._pauses: set[asyncio.Future[None]] = set()
        self.stopping = False

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        began = time.perf_counter()
        content = await _content(receive)
        if content is None:
            return
        try:
            request = _request(scope, content)
        except httpx.InvalidURL as error:
            await _send(json_reply(400, {"code": 400, "msg": str(error)}), send)
            return
        if _LOOPBACK.fullmatch(request.headers.get("Host", "")):
            aside = self._page(request)
        else:
            aside = json_reply(421, {"code": 421, "msg": "the mock answers requests to localhost only"})
        if aside:
            await _send(aside, send)
            return
        reply, recorded = self._exchange(request)
        if not await self._sent(reply, scope["state"]["connection"], send):
            await receive()  # returns once the connection has ended
        self._log(recorded, time.perf_counter() - began)

    def stop(self) -> None:
        """Break off replies that are delayed, from now on."""
        self.stopping = True
        for pause in self._pauses:
            pause.cancel()

    async def _sent(self, reply: Reply, connection: asyncio.Transport, send: Send) -> bool:
        """Send a reply; False when the connection ended early."""
        if reply.immediate:
            await _send(reply, send)
            return True
        if not await self._pause(reply.delay) or reply.reset:
            _reset(connection)
            return False
        await send(_head(reply))
        for seconds, piece in reply.body():
            if not await self._pause(seconds):
                _reset(connection)
                return False
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        if reply.cut is not None:
            connection.close()
            return False
        await send({"type": "http.response.body"})
        return True

    async def _pause(self, seconds: float) -> bool:
        """Wait on the mock's clock; False when the server stops meanwhile."""
        if not seconds:
            return True
        pause = asyncio.ensure_future(self._clock.asleep(seconds))
        self._pauses.add(pause)
        if self.stopping:
            pause.cancel()
        await asyncio.wait([pause])
        self._pauses.discard(pause)
        return not pause.cancelled()


def _reset(connection: asyncio.Transport) -> None:
    """Reset a connection, unless the client ended it: what is closed with no time to linger sends RST."""
    if not connection.is_closing():
        connection.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.abort()


async def _content(receive: Receive) -> bytes | None:
    content = bytearray()
    while (message := await receive())["type"] == "http.request":
        content += message["body"]
        if not message["more_body"]:
            return bytes(content)
    return None


def _request(scope: Message, content: bytes) -> httpx.Request:
    host, port = scope["server"]
    # A target that is a whole URL, or `*`, becomes a path that no spec has.
    path, query = b"/" + scope["raw_path"].removeprefix(b"/"), scope["query_string"]
    url = httpx.URL(scheme="http", host=host, port=port, raw_path=b"?".join([path, *filter(None, [query])]))
    return httpx.Request(scope["method"], url, headers=scope["headers"], content=content)


def _head(reply: Reply) -> Message:
    headers = {**reply.headers, **({} if reply.status == 204 else {"Content-Length": str(len(reply.content))})}
    pairs = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
    return {"type": "http.response.start", "status": reply.status, "headers": pairs}


async def _send(reply: Reply, send: Send) -> None:
    await send(_head(reply))
    await send({"type": "http.response.body", "body": reply.content})
