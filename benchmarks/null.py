"""Transports without a network: what is left is the work of the layers above."""

import httpx

from . import wire

HEADERS = [(b"Content-Type", b"application/json")]


class Null(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Always the same answer; by default one asset."""

    def __init__(self, body: bytes = wire.ONE_BODY) -> None:
        self._body = body

    def answer(self, request: httpx.Request) -> bytes:
        return self._body

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers=HEADERS, stream=httpx.ByteStream(self.answer(request)))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.handle_request(request)
