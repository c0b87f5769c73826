"""A tiny forwarding proxy: absolute URLs for http, CONNECT for https."""

import contextlib
import socket

from ..http.server import PATIENCE, Server, read_head, wake


class Proxy(Server):
    """Forwards whatever it is asked for; notes the head of each request it could read."""

    def __init__(self) -> None:
        super().__init__()
        self.heads: list[bytes] = []

    def converse(self, conn: socket.socket) -> None:
        """To the one host that the first request names: every request of a connection goes to it."""
        if not (data := read_head(conn)):
            return
        head, _, rest = data.partition(b"\r\n\r\n")
        method, target, _ = head.split(b"\r\n", 1)[0].split(b" ", 2)
        self.heads.append(head)
        place, _, path = target.removeprefix(b"http://").partition(b"/")
        host, _, port = place.decode().partition(":")
        with socket.create_connection((host, int(port)), PATIENCE) as there:
            there.settimeout(None)
            self.start(_pump, there, conn)
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
