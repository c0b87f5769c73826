"""Serve answers to httpx requests over a real socket."""

import contextlib
import socket
import socketserver
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Any, Self

import httpx

Answer = Callable[[httpx.Request], httpx.Response]


class MockServer:
    """HTTP/1.1 with keep-alive on 127.0.0.1, one thread a connection. A `with` block runs it and gives `base_url`.

    Leaving the block lets answers under way go out, closes every connection and joins every thread.
    """

    base_url: str

    def __init__(self, answer: Answer, port: int = 0) -> None:
        """Nothing listens before the `with` block. Port 0 means any free one."""
        self._answer, self._port = answer, port

    def __enter__(self) -> Self:
        """Listen and answer."""
        self._listener = _Listener(self._answer, self._port)
        self.base_url = self._listener.base_url
        # The argument is how often, in seconds, it looks whether to stop.
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.02,), name="mock", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self._listener.shutdown()
        self._thread.join()
        self._listener.server_close()


class _Listener(socketserver.ThreadingTCPServer):
    # Not http.server's, which asks the resolver for the host's name: seconds on some machines.
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, answer: Answer, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.answer = answer
        self.base_url = f"http://127.0.0.1:{self.server_address[1]}"
        self._open: set[Any] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        for connection in tuple(self._open):
            # A thread that waits for a next request then reads the end of its connection. Errors: closed just now.
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RD)
        super().server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # a client may hang up
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Listener  # pyright: ignore[reportIncompatibleVariableOverride]
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "mock", ""
    # An answer leaves in one packet, at once: two writes would wait 40 ms for each other.
    wbufsize = -1
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the base's name)
        """Stay quiet."""

    def _serve(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not length.isdecimal():
            self.send_error(411)
            return
        url = httpx.URL(self.server.base_url).join(self.path)
        headers = [(name.encode(), value.encode("iso-8859-1")) for name, value in self.headers.items()]
        content = self.rfile.read(int(length))
        answer = self.server.answer(httpx.Request(self.command, url, headers=headers, content=content))
        self.send_response(answer.status_code)
        for name, value in answer.headers.multi_items():
            if name != "content-length":
                self.send_header(name, value)
        if answer.status_code != 204:
            self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.content)

    do_GET = do_PUT = do_POST = do_DELETE = do_OPTIONS = do_HEAD = do_PATCH = do_TRACE = do_QUERY = _serve  # noqa: N815  (the base's names)
