"""Plain exchanges of HTTP/1.1 by llhttp; no I/O. Whatever is not plain is left to httpcore to judge."""

import re
from typing import Any

import httpcore
import httpx

from .extra import installed

MOST = 100 << 10
"""Bytes without an end of the head, or of a chunk's line: as httpcore bounds them."""

_HEAD = re.compile(
    rb"[!#$%&'*+.^_`|~\w-]+ [\x21-\x7e]+ HTTP/1\.1\r\n"
    rb"(?:[!#$%&'*+.^_`|~\w-]+: (?:[^\0\s]+(?:[ \t]+[^\0\s]+)*)?\r\n)*\r\n"
)
_OTHER_FRAMING = {b"HEAD", b"CONNECT"}


def _written(request: httpcore.Request) -> bytes | None:
    if not isinstance(request.stream, httpx.ByteStream) or request.method in _OTHER_FRAMING:
        return None
    body = b"".join(request.stream)
    named = {name.lower(): value for name, value in request.headers}
    lines = b"".join([b"%s: %s\r\n" % pair for pair in request.headers])
    head = b"%s %s HTTP/1.1\r\n%s\r\n" % (request.method, request.url.target, lines)
    plain = (
        b"host" in named
        and not named.keys() & {b"transfer-encoding", b"upgrade", b"expect"}
        and named.get(b"content-length", b"0") == b"%d" % len(body)
        and named.get(b"connection", b"keep-alive") == b"keep-alive"
        # Neither two headers of one name, nor a line end within one.
        and len(named) + 2 == head.count(b"\n")
        and _HEAD.fullmatch(head)
    )
    return head + body if plain else None


class NotPlain(Exception):  # noqa: N818  (no error: somebody else reads on)
    """The answer is for httpcore to read."""


class Reader:
    """Reads the answer to `request`: `begin` until there is a status, `more` until it is complete."""

    def __init__(self, request: bytes) -> None:
        self.request = request
        self._llhttp: Any = installed("httptools")
        self._parser: Any = self._llhttp.HttpResponseParser(self)
        self._parts: list[bytes] = []
        self._idle = 0
        self.seen = b""
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.complete = self.reusable = False

    def begin(self, data: bytes) -> None:
        """Take the first bytes; `NotPlain` if httpcore must judge what was `seen`."""
        self.seen += data
        try:
            self._parser.feed_data(data)
        except self._llhttp.HttpParserError:
            if not self.complete:
                raise NotPlain from None
        if not data or (not self.status and len(self.seen) > MOST):
            raise NotPlain

    def more(self, data: bytes) -> None:
        """Take bytes of the body; `RemoteProtocolError` where it is cut or wrongly framed."""
        if not data:
            raise httpcore.RemoteProtocolError("peer closed connection without sending complete message body")
        self._idle += len(data)
        try:
            self._parser.feed_data(data)
        except self._llhttp.HttpParserError as error:
            if not self.complete:
                raise httpcore.RemoteProtocolError(str(error)) from None
        if self._idle > MOST:
            raise httpcore.RemoteProtocolError("too much data between the chunks of the body")

    def taken(self) -> bytes:
        """The bytes of the body that came since."""
        body = b"".join(self._parts)
        self._parts.clear()
        return body

    def on_message_begin(self) -> None:
        if self.complete:
            self.reusable = False
            raise NotPlain

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self.status:  # afterwards it is a trailer
            self.headers.append((name, value.rstrip(b" \t")))

    def on_headers_complete(self) -> None:
        framing = [value.lower() for name, value in self.headers if name.lower() == b"transfer-encoding"]
        framed = framing == [b"chunked"] or any(name.lower() == b"content-length" for name, _ in self.headers)
        status = self._parser.get_status_code()
        if (
            status < 200
            or framing not in ([], [b"chunked"])
            or not (framed or status in {204, 304})
            or not self.seen.startswith(b"HTTP/1.1")
        ):
            raise NotPlain
        self.status = status

    def on_body(self, data: bytes) -> None:
        self._idle = 0
        self._parts.append(data)

    def on_message_complete(self) -> None:
        self._idle = 0
        self.complete, self.reusable = True, self._parser.should_keep_alive()
        self._parser = None  # it refers to this reader


def plain(request: httpcore.Request) -> Reader | None:
    """The reader for a plain request: its length is known and declared, and the connection is to stay open."""
    data = _written(request)
    return Reader(data) if data else None
