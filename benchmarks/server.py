"""A loopback server in its own process that sends pre-built bytes as soon as a request is complete, or later."""

import asyncio
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from . import wire
from .cores import pin
from .processes import ended, python, said

END = b"\r\n\r\n"


def _answer(body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


ANSWERS = {
    f"POST {path} HTTP/1.1".encode(): _answer(body)
    for path, body in {wire.ONE_PATH: wire.ONE_BODY, wire.BATCH_PATH: wire.BATCH_BODY}.items()
}


class Connection(asyncio.Protocol):
    """Reads no more of a request than where it ends."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._received = b""

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, found, rest = self._received.partition(END)
        if not found:
            return
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        if len(rest) >= int(length):
            self._received = b""
            self.answer(head, rest)

    def answer(self, head: bytes, body: bytes) -> None:
        self._transport.write(ANSWERS[head.partition(b"\r\n")[0]])


class SlowConnection(Connection):
    """Answers each batch with its assets, after as long as comes next."""

    latencies: Iterator[float]

    def answer(self, head: bytes, body: bytes) -> None:
        answer = _answer(wire.batch(json.loads(body)["asset_ids"]))
        asyncio.get_running_loop().call_later(next(SlowConnection.latencies), self._transport.write, answer)


async def _serve(median: float) -> None:
    SlowConnection.latencies = wire.latencies(median)
    protocol = SlowConnection if median else Connection
    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0, backlog=256)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)  # until whoever started it goes away


@contextmanager
def served(median: float = 0.0) -> Iterator[str]:
    """Start it; the URL it answers at. It ends with the block, or with this process.

    With a `median` it answers batches alone, each after one of `wire.latencies`.
    """
    process = python("-m", "benchmarks.server", str(median))
    try:
        yield said(process)
    finally:
        ended(process)


if __name__ == "__main__":
    pin(1)
    asyncio.run(_serve(float(sys.argv[1])))
