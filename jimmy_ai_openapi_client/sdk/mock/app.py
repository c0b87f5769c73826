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
        reply, recorded = self._answer(scope, content)
        connection: asyncio.Transport = scope["state"]["connection"]
        try:
            await self._send(reply, send)
        except ConnectionResetError:
            _reset(connection)
        except EOFError:
            connection.close()
        if connection.is_closing():
            await receive()  # returns once the connection has ended
        if recorded:
            self._log(recorded, time.perf_counter() - began)

    def stop(self) -> None:
        """Break off replies that are delayed, from now on."""
        self.stopping = True
        for pause in self._pauses:
            pause.cancel()

    def _answer(self, scope: Message, content: bytes) -> tuple[Reply, RecordedRequest | None]:
        try:
            request = _request(scope, content)
        except httpx.InvalidURL as error:
            return json_reply(400, {"code": 400, "msg": str(error)}), None
        if not _LOOPBACK.fullmatch(request.headers.get("Host", "")):
            return json_reply(421, {"code": 421, "msg": "the mock answers requests to localhost only"}), None
        page = self._page(request)
        return (page, None) if page else self._exchange(request)

    async def _send(self, reply: Reply, send: Send) -> None:
        """Send a reply step by step. Raises what the steps do, and `ConnectionResetError` when the server stops."""
        begun = False
        for step in reply.steps():
            if not isinstance(step, bytes):
                await self._pause(step)
            elif begun:
                await send({"type": "http.response.body", "body": step, "more_body": True})
            else:
                await send(_head(reply))
                begun = True
        await send({"type": "http.response.body"})

    async def _pause(self, seconds: float) -> None:
        """Wait on the mock's clock, unless the server stops meanwhile."""
        if not seconds:
            return
        pause = asyncio.ensure_future(self._clock.asleep(seconds))
        self._pauses.add(pause)
        if self.stopping:
            pause.cancel()
        await asyncio.wait([pause])
        self._pauses.discard(pause)
        if pause.cancelled():
            raise ConnectionResetError


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
