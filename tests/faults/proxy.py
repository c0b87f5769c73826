"""A tiny forwarding proxy: absolute URLs for http, CONNECT for https."""

import contextlib
import socket
import threading
from types import TracebackType
from typing import Self

from .server import PATIENCE, wake


class Proxy:
    """Forwards whatever it is asked for; notes the head of each request it could read. Use it in a `with`."""

    def __init__(self) -> None:
        self.heads: list[bytes] = []
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._closing = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._start(threading.Thread(target=self._accept))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        with self._lock:
            self._closing = True
            for conn in self._open:
                wake(conn)
        socket.create_connection(self._listener.getsockname()).close()
        for thread in self._threads:
            thread.join(PATIENCE)
        self._listener.close()
        for conn in self._open:
            conn.close()

    def _start(self, thread: threading.Thread) -> None:
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            conn, _ = self._listener.accept()
            with self._lock:
                self._open.append(conn)
                if self._closing:
                    return
                self._start(threading.Thread(target=self._forward, args=(conn,)))

    def _forward(self, conn: socket.socket) -> None:
        with contextlib.suppress(OSError):
            data = b""
            while b"\r\n\r\n" not in data:
                if not (more := conn.recv(65536)):
                    break
                data += more
            else:
                self._tunnel(conn, data)
        wake(conn)

    def _tunnel(self, conn: socket.socket, data: bytes) -> None:
        """To the one host that the first request names: every request of a connection goes to it."""
        head, _, rest = data.partition(b"\r\n\r\n")
        method, target, _ = head.split(b"\r\n", 1)[0].split(b" ", 2)
        self.heads.append(head)
        place, _, path = target.removeprefix(b"http://").partition(b"/")
        host, _, port = place.decode().partition(":")
        there = socket.create_connection((host, int(port)), PATIENCE)
        there.settimeout(None)
        with self._lock:
            self._open.append(there)
            self._start(threading.Thread(target=_pump, args=(there, conn)))
        if method == b"CONNECT":
            conn.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            there.sendall(head.replace(target, b"/" + path, 1) + b"\r\n\r\n" + rest)
        _pump(conn, there)


def _pump(here: socket.socket, there: socket.socket) -> None:
    """Hand on all bytes, then end both sides."""
    with contextlib.suppress(OSError):
        while data := here.recv(65536):
            there.sendall(data)
    wake(here)
    wake(there)
