"""The mock over HTTP: replies on a socket of its own, by uvicorn in a thread."""

import asyncio
import re
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Self

import httpx
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from ..clock import Clock
from . import checks
from .exchange import HEAD, Reply, json_reply

PATIENCE = 10
"""Seconds that leaving the block waits for answers under way."""
TIMEOUTS: dict[str, Any] = {"timeout_keep_alive": 75, "timeout_graceful_shutdown": PATIENCE}
"""Seconds. Clients keep idle connections for less than this, so that the server never closes first."""
QUIET: dict[str, Any] = {"log_config": None, "access_log": False, "server_header": False, "date_header": False}
"""uvicorn leaves logging as it is, and adds no header of its own."""

# A web site that made its own name mean 127.0.0.1 must not read what is served here.
_LOOPBACK = re.compile(r"(127\.0\.0\.1|\[::1\]|([a-z0-9-]+\.)*localhost)(:\d+)?", re.IGNORECASE)


class MockServer:
    """HTTP/1.1 with keep-alive on 127.0.0.1. A `with` block runs it and gives `base_url`.

    Leaving the block lets answers under way go out, but not those that a fault delays; then every connection is
    closed and the one thread is joined. Requests under another name than localhost's are refused with HTTP 421, so
    that no web site reaches it. A server may be started again.
    """

    base_url = ""

    def __init__(self, answer: Callable[[httpx.Request], Reply], clock: Clock, *, port: int = 0) -> None:
        """Nothing listens before the `with` block. Port 0 means any free one."""
        self._answer, self._clock = answer, clock
        self._port = checks.integer("port", port, least=0, most=65535)

    def __repr__(self) -> str:
        return f"MockServer({self.base_url or 'not started'})"

    def __enter__(self) -> Self:
        """Listen and answer. Raises `OSError` if the port is taken."""
        listener = socket.create_server(("127.0.0.1", self._port), backlog=128)
        self.base_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self._server = _Server(self._answer, self._clock)
        self._thread = threading.Thread(target=self._server.run_on, args=(listener,), name="mock", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop. Raises `RuntimeError` if the thread has not ended in time."""
        self._server.stop()
        self._thread.join(2 * PATIENCE)
        if self._thread.is_alive():  # pragma: no cover  (uvicorn's own time limit comes first)
            raise RuntimeError(f"the server at {self.base_url} did not stop")


class _Server(uvicorn.Server):
    """uvicorn with the application that it serves, until it is told to stop."""

    def __init__(self, answer: Callable[[httpx.Request], Reply], clock: Clock) -> None:
        self._answer, self._clock = answer, clock
        self._loop = _RealTimeLoop()
        self.stopped = self._loop.create_future()
        super().__init__(uvicorn.Config(self, http=_Protocol, ws="none", lifespan="off", **QUIET, **TIMEOUTS))

    def run_on(self, listener: socket.socket) -> None:
        """Serve, in a thread of its own."""
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self.serve([listener]))

    def stop(self) -> None:
        """Stop serving, from another thread. Replies that are delayed break off."""
        with suppress(RuntimeError):  # it has ended already
            self._loop.call_soon_threadsafe(self.stopped.set_result, None)

    async def main_loop(self) -> None:
        """Wait until stopped; uvicorn's own loop checks ten times a second."""
        await self.stopped
        # asyncio leaks a connection that it has accepted and not set up when the listener is closed: accept no more,
        # and let those be set up.
        for listener in (one for server in self.servers for one in server.sockets):
            self._loop.remove_reader(listener.fileno())
        await asyncio.sleep(0)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        content, message = bytearray(), {"more_body": True}
        while message["more_body"]:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            content += message["body"]
        reply = self._reply(scope, bytes(content))
        connection: asyncio.Transport = scope["state"]["connection"]
        try:
            await self._send(reply, send)
        except ConnectionResetError:
            # Unless the client ended it: what is closed with no time to linger sends RST.
            if not connection.is_closing():
                line = connection.get_extra_info("socket")
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                connection.abort()
        except EOFError:
            connection.close()
        if connection.is_closing():
            await receive()  # returns once the connection has ended

    def _reply(self, scope: Any, content: bytes) -> Reply:
        # A target that is a whole URL, or `*`, becomes a path that no spec has.
        target = b"?".join(filter(None, [b"/" + scope["raw_path"].removeprefix(b"/"), scope["query_string"]]))
        url = httpx.URL("http://mock").copy_with(raw_path=target.replace(b"#", b"%23"))
        request = httpx.Request(scope["method"], url, headers=scope["headers"], content=content)
        if not _LOOPBACK.fullmatch(request.headers.get("Host", "")):
            return json_reply(421, {"code": 421, "msg": "the mock answers requests to localhost only"})
        return self._answer(request)

    async def _send(self, reply: Reply, send: Any) -> None:
        """Send a reply step by step. Raises what the steps do, and `ConnectionResetError` when the server stops."""
        headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in reply.sized_headers.items()]
        for step in reply.steps():
            if not isinstance(step, bytes):
                await self._pause(step)
            elif step == HEAD:
                await send({"type": "http.response.start", "status": reply.status, "headers": headers})
            else:
                await send({"type": "http.response.body", "body": step, "more_body": True})
        await send({"type": "http.response.body"})

    async def _pause(self, seconds: float) -> None:
        """Wait on the mock's clock, unless the server stops meanwhile."""
        pause = asyncio.ensure_future(self._clock.asleep(seconds))
        await asyncio.wait([pause, self.stopped], return_when=asyncio.FIRST_COMPLETED)
        if not pause.done():
            pause.cancel()
            raise ConnectionResetError


class _Protocol(H11Protocol):
    """uvicorn's HTTP/1.1, with the connection itself in `scope["state"]["connection"]`."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.app_state = {"connection": transport}
        if self.config.app.stopped.done():  # type: ignore[union-attr]  # uvicorn has closed those it knew
            transport.close()


class _RealTimeLoop(asyncio.SelectorEventLoop):
    """An event loop that goes on when freezegun freezes `time.monotonic`."""

    def time(self) -> float:
        return time.monotonic() if sys.platform == "win32" else time.clock_gettime(time.CLOCK_MONOTONIC)
