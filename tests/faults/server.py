"""A small HTTP server on a raw loopback socket which misbehaves as its scripts say."""

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from types import TracebackType
from typing import Self

from .script import GOOD, Blind, Close, Drip, Hold, Kind, Read, Reset, Script, Send, Step

PATIENCE = 5.0
"""Seconds after which a test gives up on a thread or a socket: never reached when all is well."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it stood on the wire."""

    head: bytes
    body: bytes

    @property
    def kind(self) -> Kind:
        """Which operation was asked."""
        return "batch" if b"/batch-status" in self.head.split(b"\r\n", 1)[0] else "single"


BLIND = Request(b"", b"")


class Server:
    """Plays the nth script for the nth request it sees, the last one for all that follow. Use it in a `with`."""

    def __init__(
        self, play: Sequence[Script] = (GOOD,), tls: ssl.SSLContext | None = None, healthy: Script = GOOD
    ) -> None:
        self.requests: list[Request] = []
        self.sent = 0
        self._scripts = list(play)
        self._tls = tls
        self._healthy = healthy
        self._changed = threading.Condition()
        self._open: set[socket.socket] = set()
        self._closing = False
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"https://localhost:{self.port}" if self._tls else f"http://127.0.0.1:{self.port}"

    def heal(self) -> None:
        """Answer every further request well."""
        with self._changed:
            self._scripts = [self._healthy]

    def hang_up(self) -> None:
        """End every connection, whatever its script says."""
        with self._changed:
            for conn in self._open:
                wake(conn)

    def open_connections(self, at_most: int) -> int:
        """How many connections are open, after giving them time to come down to `at_most`."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._open) <= at_most, PATIENCE)
            return len(self._open)

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        with self._changed:
            self._closing = True
        self.hang_up()
        socket.create_connection(("127.0.0.1", self.port)).close()
        for thread in self._threads:
            thread.join(PATIENCE)
        self._listener.close()
        alive = [thread.name for thread in self._threads if thread.is_alive()]
        if alive:
            raise RuntimeError(f"threads of the server would not end: {alive}")

    def _start(self, work: Callable[..., None], *args: socket.socket) -> None:
        thread = threading.Thread(target=work, args=args, name=f"faults-{len(self._threads)}")
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            conn, _ = self._listener.accept()
            with self._changed:
                if self._closing:
                    conn.close()
                    return
                self._open.add(conn)
                self._start(self._serve, conn)

    def _serve(self, conn: socket.socket) -> None:
        stream = conn
        # Whatever the client does to the connection ends the script: that is what a fault is.
        with contextlib.suppress(OSError):
            if self._tls:
                # Wrapping takes the socket over; `conn` stays ours to be woken by.
                stream = self._tls.wrap_socket(conn.dup(), server_side=True)
            self._converse(stream)
        with contextlib.suppress(OSError):
            stream.close()
        with self._changed:
            conn.close()
            self._open.discard(conn)
            self._changed.notify_all()

    def _converse(self, conn: socket.socket) -> None:
        if isinstance(self._peek()[0], Blind):
            self._play(conn, self._take(BLIND), BLIND)
            return
        while (request := _read(conn)) and self._play(conn, self._take(request), request):
            pass

    def _peek(self) -> Script:
        with self._changed:
            return self._scripts[0]

    def _take(self, request: Request) -> Script:
        with self._changed:
            self.requests.append(request)
            return self._scripts.pop(0) if len(self._scripts) > 1 else self._scripts[0]

    def _play(self, conn: socket.socket, script: Script, request: Request) -> bool:
        """Whether the connection goes on."""
        return all(self._step(conn, step, request) for step in script)

    def _step(self, conn: socket.socket, step: Step, request: Request) -> bool:
        match step:
            case Send(data, times):
                left = times
                while left or not times:
                    conn.sendall(data.of(request.kind))
                    self.sent += len(data.of(request.kind))
                    left -= 1
            case Drip(data, every, times):
                conn.settimeout(every)
                drops = [bytes([byte]) for byte in data.of(request.kind)]
                for drop in chain.from_iterable(repeat(drops, times) if times else repeat(drops)):
                    if _gone(conn):
                        return False
                    conn.sendall(drop)
                conn.settimeout(None)
            case Hold():
                while not _gone(conn):
                    pass
                return False
            case Reset():
                conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return False
            case Close():
                return False
            case Read():
                return not _gone(conn)
            case Blind():
                pass
        return True


def wake(conn: socket.socket) -> None:
    """End every blocking read and write on this connection, in whichever thread."""
    with contextlib.suppress(OSError):
        conn.shutdown(socket.SHUT_RDWR)


def _gone(conn: socket.socket) -> bool:
    """Whether the client has closed; waits as long as the socket's timeout to hear of it."""
    try:
        return not conn.recv(65536)
    except TimeoutError:
        return False


def _read(conn: socket.socket) -> Request | None:
    """The next request, None when the client has closed."""
    data = b""
    while b"\r\n\r\n" not in data:
        if not (more := conn.recv(65536)):
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
    while len(body) < length:
        if not (more := conn.recv(65536)):
            return None
        body += more
    return Request(head, body)
