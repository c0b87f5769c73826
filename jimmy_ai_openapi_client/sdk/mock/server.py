"""The mock on a socket of its own, by uvicorn in a thread."""

import asyncio
import os
import socket
import sys
import threading
import time
from contextlib import suppress
from typing import Any, Self

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from ..clock import Clock
from . import checks
from .app import App, Exchange, Log, Page

KEEP_ALIVE = 75
"""Seconds that an idle connection is kept: longer than clients keep theirs, so that the server never closes first."""
PATIENCE = 10
"""Seconds that leaving the block waits for answers under way."""


class MockServer:
    """HTTP/1.1 with keep-alive on 127.0.0.1. A `with` block runs it and gives `base_url`.

    Leaving the block lets answers under way go out, but not those that a fault delays; then every connection is
    closed and the one thread is joined. Requests under another name than localhost's are refused with HTTP 421, so
    that no web site reaches it. A server may be started again.
    """

    base_url = ""

    def __init__(
        self,
        exchange: Exchange,
        clock: Clock,
        *,
        page: Page = lambda _: None,
        port: int = 0,
        log: Log = lambda *_: None,
    ) -> None:
        """Nothing listens before the `with` block. Port 0 means any free one."""
        self._exchange, self._page, self._clock, self._log = exchange, page, clock, log
        self._port = checks.integer("port", port, least=0, most=65535)

    def __repr__(self) -> str:
        return f"MockServer({self.base_url or 'not started'})"

    def __enter__(self) -> Self:
        """Listen and answer. Raises `OSError` if the port cannot be had."""
        listener = _listener(self._port)
        self.base_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self._server = _Server(App(self._exchange, self._page, self._clock, self._log))
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
    """Runs an application until it is told to stop."""

    def __init__(self, app: App) -> None:
        config = uvicorn.Config(
            app,
            http=_Protocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            timeout_keep_alive=KEEP_ALIVE,
            timeout_graceful_shutdown=PATIENCE,
        )
        super().__init__(config)
        self._app = app
        self._loop = _RealTimeLoop()
        self._stopped = asyncio.Event()

    def run_on(self, listener: socket.socket) -> None:
        """Serve, in a thread of its own."""
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self.serve([listener]))

    def stop(self) -> None:
        """Stop serving, from another thread."""
        with suppress(RuntimeError):  # it has ended already
            self._loop.call_soon_threadsafe(self._stopped.set)

    async def main_loop(self) -> None:
        """Wait until stopped; uvicorn's own loop checks ten times a second."""
        await self._stopped.wait()
        self._app.stop()
        # asyncio leaks a connection that it has accepted and not set up when the listener is closed.
        await asyncio.sleep(0)


class _RealTimeLoop(asyncio.SelectorEventLoop):
    """An event loop that goes on when freezegun freezes `time.monotonic`."""

    def time(self) -> float:
        return time.monotonic() if sys.platform == "win32" else time.clock_gettime(time.CLOCK_MONOTONIC)


class _Protocol(H11Protocol):
    """uvicorn's HTTP/1.1, with the connection itself in `scope["state"]["connection"]`."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.app_state = {"connection": transport}
        if self.config.app.stopping:  # type: ignore[union-attr]  # uvicorn has closed those it knew
            transport.close()


def _listener(port: int) -> socket.socket:
    """A socket on which connections queue from now on."""
    listener = socket.socket()
    try:
        if os.name == "posix":  # pragma: no branch  (elsewhere the option lets two programs have one port)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise type(error)(error.errno, f"port {port}: {error.strerror}; take another, or 0 for any free one") from None
    return listener
