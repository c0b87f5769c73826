"""The API over a real socket on loopback: it answers well, or misbehaves as its scripts say."""

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Literal, Self

import httpx

from .service import Service

PATIENCE = 10.0
"""Seconds after which a test gives up on a thread or a socket: never reached when all is well."""


@dataclass(frozen=True, slots=True)
class Send:
    """Send these bytes at once, `times` over (0: until the client goes away)."""

    data: bytes
    times: int = 1


@dataclass(frozen=True, slots=True)
class Drip:
    """Send these bytes one by one, one in `every` seconds, `times` over (0: until the client goes away)."""

    data: bytes
    every: float = 0.05
    times: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """One well-framed answer."""

    status: int
    headers: tuple[str, ...]
    body: bytes

    @property
    def data(self) -> bytes:
        """As it goes over the wire."""
        lines = (f"HTTP/1.1 {self.status} X", *self.headers, f"Content-Length: {len(self.body)}", "", "")
        return "\r\n".join(lines).encode("latin-1") + self.body


Word = Literal["good", "blind", "read", "hold", "reset", "close"]
"""Answer as the API does; as first step: act before any request; wait for some bytes; for the end; end with a reset."""
Step = Send | Drip | Reply | Word
Script = Sequence[Step]


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it stood on the wire."""

    head: bytes = b""
    body: bytes = b""

    def good_answer(self) -> Reply:
        """What the API says to it."""
        path = self.head.split(b" ", 2)[1].decode()
        answer = Service().handle(httpx.Request("POST", httpx.URL("http://host").join(path), content=self.body))
        return Reply(200, ("Content-Type: application/json",), answer.content)


class Server:
    """Plays the nth script for the nth request it sees, the last one for all that follow. Use it in a `with`."""

    def __init__(self, *play: Script, tls: ssl.SSLContext | None = None, healthy: Script = ("good",)) -> None:
        self.requests: list[Request] = []
        self.connections = 0
        self.before_answer: Callable[[], object] = lambda: None
        self._scripts = [*play] or [healthy]
        self._tls, self._healthy = tls, healthy
        self._changed = threading.Condition()
        self._open: set[socket.socket] = set()
        self._closing = False
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
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

    def wait_until_requests(self, requests: int) -> bool:
        """Whether so many requests come in, given a few seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self.requests) >= requests, PATIENCE)

    def __enter__(self) -> Self:
        self.start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._closing = True
        self.hang_up()
        socket.create_connection(("127.0.0.1", self.port)).close()
        for thread in self._threads:
            thread.join(PATIENCE)
        self._listener.close()
        assert not [thread for thread in self._threads if thread.is_alive()]

    def start(self, work: Callable[..., None], *args: socket.socket) -> None:
        """Run `work` in a thread that the server waits for at its end."""
        self._threads.append(threading.Thread(target=work, args=args))
        self._threads[-1].start()

    def _accept(self) -> None:
        while True:
            conn, _ = self._listener.accept()
            with self._changed:
                if self._closing:
                    conn.close()
                    return
                self.connections += 1
                self._open.add(conn)
                self.start(self._serve, conn)

    def _serve(self, conn: socket.socket) -> None:
        stream = conn
        # Whatever the client does to the connection ends the script: that is what a fault is.
        with contextlib.suppress(OSError):
            if self._tls:
                # Wrapping takes the socket over; `conn` stays ours to be woken by.
                stream = self._tls.wrap_socket(conn.dup(), server_side=True)
            self.converse(stream)
        with contextlib.suppress(OSError):
            stream.close()
        with self._changed:
            conn.close()
            self._open.discard(conn)
            self._changed.notify_all()

    def converse(self, conn: socket.socket) -> None:
        """All that is said on one connection."""
        blind = self._scripts[0][0] == "blind"
        while (request := Request() if blind else _read(conn)) and self._play(conn, self._take(request), request):
            pass

    def _take(self, request: Request) -> Script:
        with self._changed:
            self.requests.append(request)
            self._changed.notify_all()
            script = self._scripts.pop(0) if len(self._scripts) > 1 else self._scripts[0]
        self.before_answer()
        return script

    def _play(self, conn: socket.socket, script: Script, request: Request) -> bool:
        """Whether the connection goes on."""
        return all(self._step(conn, step, request) for step in script)

    def _step(self, conn: socket.socket, step: Step, request: Request) -> bool:
        match step:
            case Send(data, times):
                for each in repeat(data, times) if times else repeat(data):
                    conn.sendall(each)
            case Drip(data, every, times):
                conn.settimeout(every)
                drops = [bytes([byte]) for byte in data]
                for drop in chain.from_iterable(repeat(drops, times) if times else repeat(drops)):
                    if _gone(conn):
                        return False
                    conn.sendall(drop)
                conn.settimeout(None)
            case Reply():
                conn.sendall(step.data)
            case "good":
                conn.sendall(request.good_answer().data)
            case "read":
                return not _gone(conn)
            case "hold":
                while not _gone(conn):
                    pass
            case "reset":
                conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return step not in ("hold", "reset", "close")


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
    data = read_head(conn)
    head, _, body = data.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
    while data and len(body) < length:
        if not (more := conn.recv(65536)):
            return None
        body += more
    return Request(head, body) if data else None


def read_head(conn: socket.socket) -> bytes:
    """What comes until a head is complete, nothing when the client has closed before."""
    data = b""
    while b"\r\n\r\n" not in data:
        if not (more := conn.recv(65536)):
            return b""
        data += more
    return data
