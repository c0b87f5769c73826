"""The mock as an ASGI application: replies over a real wire."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import httpx

from ..clock import Clock
from .log import line, logger
from .reply import Reply, envelope
from .seen import Seen
from .wire import abort

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Exchange = Callable[[httpx.Request], tuple[Reply, Seen]]
Pages = Callable[[httpx.Request], Reply | None]
Tell = Callable[[str], object]

# A web site that made its own name mean 127.0.0.1 is not to read what is served here.
_OUR_NAMES = re.compile(r"(127\.0\.0\.1|\[::1\]|([a-z0-9-]+\.)*localhost)(:\d+)?", re.IGNORECASE)


class App:
    """Serves an exchange, and pages beside it; tells `log` one line a request of the former."""

    def __init__(self, exchange: Exchange, pages: Pages, clock: Clock, log: Tell | None) -> None:
        self._exchange, self._pages, self._clock, self._log = exchange, pages, clock, log
        self._halted = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._naps: set[asyncio.Future[None]] = set()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        began = time.perf_counter()
        self._loop = asyncio.get_running_loop()
        content = await _content(receive)
        if content is None:
            return
        try:
            request = _request(scope, content)
        except httpx.InvalidURL as error:
            await _send(envelope(400, {"code": 400, "msg": str(error)}), send)
            return
        if not _OUR_NAMES.fullmatch(request.headers.get("Host", "")):
            await _send(envelope(421, {"code": 421, "msg": "a mock on loopback goes by no other name"}), send)
            return
        page = self._pages(request)
        if page:
            await _send(page, send)
            return
        reply, seen = self._exchange(request)
        if not await self._sent(reply, scope["state"]["wire"], send):
            await receive()  # until the wire is seen to be down
        self._tell(line(seen, time.perf_counter() - began))

    def halt(self) -> None:
        """Break off, from any thread, what waits before it answers."""
        self._halted = True
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(lambda: [nap.cancel() for nap in self._naps])

    async def _sent(self, reply: Reply, wire: asyncio.Transport, send: Send) -> bool:
        """Send what is to be sent; False when the connection ended early."""
        if reply.plain:
            await _send(reply, send)
            return True
        if not await self._nap(reply.delay) or reply.reset:
            abort(wire)
            return False
        await send(_head(reply))
        for pause, piece in reply.body():
            if not await self._nap(pause):
                abort(wire)
                return False
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        if reply.cut is not None:
            wire.close()
            return False
        await send({"type": "http.response.body"})
        return True

    async def _nap(self, seconds: float) -> bool:
        """Sleep by the mock's clock; False when there is no time for that any more."""
        if not seconds:
            return True
        nap = asyncio.ensure_future(self._clock.asleep(0 if self._halted else seconds))
        self._naps.add(nap)
        await asyncio.wait([nap])
        self._naps.discard(nap)
        return not nap.cancelled()

    def _tell(self, text: str) -> None:
        logger.info("%s", text)
        if self._log:
            self._log(text)


async def _content(receive: Receive) -> bytes | None:
    content = bytearray()
    while (message := await receive())["type"] == "http.request":
        content += message["body"]
        if not message["more_body"]:
            return bytes(content)
    return None


def _request(scope: Message, content: bytes) -> httpx.Request:
    host, port = scope["server"]
    # A target that is a whole URL, or `*`, becomes a path that nobody has.
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
