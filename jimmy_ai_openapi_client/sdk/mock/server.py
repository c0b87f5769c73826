"""The mock on a socket of its own."""

import os
import socket
import threading
from types import TracebackType
from typing import Self

import httpx
import uvicorn

from ..clock import Clock
from . import checks
from .asgi import App, Exchange, Pages, Tell
from .wire import Wire

KEEP_ALIVE = 75
"""Seconds that an idle connection is kept: longer than clients keep theirs, so that no request crosses a farewell."""


def _none(request: httpx.Request) -> None:
    """No page."""


class MockServer:
    """HTTP/1.1 with keep-alive on 127.0.0.1, by uvicorn. A `with` block runs it and gives `base_url`.

    Leaving the block lets answers under way go out, but not those that a fault delays; then every connection is
    closed and the one thread is joined. Requests under another name than localhost's are refused with HTTP 421, so
    that no web site reaches it. A server may be started again.
    """

    base_url: str

    def __init__(
        self, exchange: Exchange, clock: Clock, *, pages: Pages = _none, port: int = 0, log: Tell | None = None
    ) -> None:
        """Nothing listens before the `with` block. Port 0 means any free one. `log` is called with a line a request."""
        self._exchange, self._pages, self._clock, self._log = exchange, pages, clock, log
        self._port = checks.whole("port", port, least=0, most=65535)

    def __repr__(self) -> str:
        return f"MockServer({getattr(self, 'base_url', 'not started')})"

    def __enter__(self) -> Self:
        """Listen and answer. Raises `OSError` for a port that is not to be had."""
        listener = _listener(self._port)
        self.base_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self._app = App(self._exchange, self._pages, self._clock, self._log)
        self._server = uvicorn.Server(
            uvicorn.Config(
                self._app,
                http=Wire,
                ws="none",
                loop="asyncio",
                lifespan="off",
                interface="asgi3",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_keep_alive=KEEP_ALIVE,
            )
        )
        self._thread = threading.Thread(target=self._server.run, args=([listener],), name="mock", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self._server.should_exit = True
        self._app.halt()
        self._thread.join()


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
