"""The floor: pre-built requests over plain sockets, and `json`. It judges, checks and protects nothing."""

import asyncio
import json
import socket
from typing import Any
from urllib.parse import urlsplit

from .. import wire

END = b"\r\n\r\n"


def _request(path: str, body: object) -> bytes:
    content = json.dumps(body).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content


ONE, BATCH = _request(wire.ONE_PATH, {"asset_id": wire.IDS[0]}), _request(wire.BATCH_PATH, {"asset_ids": wire.IDS})


def _missing(received: bytes) -> int:
    """How many bytes of the answer are still to come."""
    head, found, rest = received.partition(END)
    return int(head.partition(b"Content-Length: ")[2].partition(b"\r\n")[0]) - len(rest) if found else 1


def _address(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    assert parts.hostname and parts.port
    return parts.hostname, parts.port


class Sync:
    def __init__(self, url: str) -> None:
        self._socket = socket.create_connection(_address(url))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _ask(self, request: bytes) -> object:
        self._socket.sendall(request)
        received = self._socket.recv(65536)
        while _missing(received) > 0:
            received += self._socket.recv(65536)
        return json.loads(received.partition(END)[2])

    def one(self) -> object:
        return self._ask(ONE)

    def batch(self) -> object:
        return self._ask(BATCH)

    def close(self) -> None:
        self._socket.close()


class _Pipe(asyncio.Protocol):
    answer: asyncio.Future[bytes]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: Any = transport

    def ask(self) -> asyncio.Future[bytes]:
        self._received = b""
        self.answer = asyncio.get_running_loop().create_future()
        self.transport.write(ONE)
        return self.answer

    def data_received(self, data: bytes) -> None:
        self._received += data
        if _missing(self._received) <= 0:
            self.answer.set_result(self._received)


class Async:
    def __init__(self, url: str) -> None:
        self._address = _address(url)
        self._idle: list[_Pipe] = []

    async def one(self) -> object:
        if self._idle:
            pipe = self._idle.pop()
        else:
            pipe = (await asyncio.get_running_loop().create_connection(_Pipe, *self._address))[1]
        received = await pipe.ask()
        self._idle.append(pipe)
        return json.loads(received.partition(END)[2])

    async def close(self) -> None:
        for pipe in self._idle:
            pipe.transport.close()
