"""The API over a real socket on loopback, for what only real connections show."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from .service import asset


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: "Server"

    def do_POST(self) -> None:
        self.protocol_version = self.server.version
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.count_request()
        self.server.before_answer()
        data = {"items": [*map(asset, body["asset_ids"])]} if "asset_ids" in body else asset(body["asset_id"])
        answer = json.dumps({"code": 0, "msg": "ok", "data": data}).encode()
        self.send_response(200, self.server.reason)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None: ...


class Server(ThreadingHTTPServer):
    """Counts the connections it accepted, those still open, and the requests on them."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.requests = self.connections = self.open = 0
        self._changed = threading.Condition()
        self._sockets: set[Any] = set()
        self.reason = "OK"
        self.version = "HTTP/1.1"
        self.before_answer: Callable[[], object] = lambda: None

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def process_request(self, request: object, client_address: object) -> None:
        with self._changed:
            self.connections += 1
            self.open += 1
            self._sockets.add(request)
        super().process_request(request, client_address)  # type: ignore[arg-type]

    def shutdown_request(self, request: object) -> None:
        super().shutdown_request(request)  # type: ignore[arg-type]
        with self._changed:
            self.open -= 1
            self._sockets.discard(request)
            self._changed.notify_all()

    def count_request(self) -> None:
        with self._changed:
            self.requests += 1
            self._changed.notify_all()

    def hang_up(self) -> None:
        """Close every connection, and return when all are closed."""
        for connection in tuple(self._sockets):
            connection.shutdown(socket.SHUT_RDWR)
        assert self.wait_until_open(0)

    def wait_until_requests(self, requests: int) -> bool:
        """Whether so many requests come in, given a few seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self.requests >= requests, 10)

    def wait_until_open(self, connections: int) -> bool:
        """Whether the number of open connections comes down to `connections`, given a few seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self.open <= connections, 5)


@contextmanager
def served() -> Iterator[Server]:
    """The server, running until the end of the block."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
