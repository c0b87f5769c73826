"""One exchange: what the API replies, what is recorded of it, and how the reply reaches a client in-process."""

import json
import math
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from ..clock import Clock

Headers = Mapping[str, str] | None
HEAD = b""
"""The step of a reply that sends its head."""
PIECES = 100
"""How many pieces a dripping body comes in."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the API. `code` is that of its envelope, None when it has none.

    The head is sent after `delay` seconds and the body spread over `drip` seconds. If `cut` is given, only so many
    bytes of the body are sent. `reset` resets the connection instead of answering.
    """

    status: int
    content: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    code: int | str | None = None
    delay: float = 0.0
    drip: float = 0.0
    cut: int | None = None
    reset: bool = False

    @property
    def sized_headers(self) -> dict[str, str]:
        """The headers with the length of the whole body."""
        length = {} if self.status == 204 else {"Content-Length": str(len(self.content))}
        return {**self.headers, **length}

    def steps(self) -> Iterator[float | bytes]:
        """How it is sent: seconds to wait, the head, and pieces of the body.

        Raises `ConnectionResetError` where the connection is reset, and `EOFError` where it ends too early.
        """
        if self.delay:
            yield self.delay
        if self.reset:
            raise ConnectionResetError("Connection reset by peer")
        yield HEAD
        content = self.content[: self.cut]
        size = math.ceil(len(content) / PIECES) if self.drip else len(content)
        for at in range(0, len(content), size or 1):
            if self.drip:
                yield self.drip / math.ceil(len(content) / size)
            yield content[at : at + size]
        if self.cut is not None:
            raise EOFError(f"received {self.cut} bytes, expected {len(self.content)}")


def json_reply(status: int, value: dict[str, Any], headers: Headers = None) -> Reply:
    """A JSON answer with the `code` of its envelope."""
    # Escaped, as an id may be text that cannot be encoded (half a surrogate pair).
    content = json.dumps(value).encode()
    return Reply(status, content, {"Content-Type": "application/json", **(headers or {})}, value.get("code"))


class Refusal(Exception):  # noqa: N818  (an answer, not an error)
    """A request that the API refuses: how it says so, and which place in the spec the request violates."""

    def __init__(self, status: int, code: int, msg: str, *, location: str = "", headers: Headers = None) -> None:
        """An HTTP status, and code and msg of the envelope."""
        self.status, self.code, self.msg, self.location, self.headers = status, code, msg, location, headers


@dataclass(frozen=True, slots=True, repr=False)
class RecordedRequest:
    """A request that was received, and how it was answered. It holds no header and no query, so never the key.

    `operation` is None for a path or method that the spec does not have. `status`, `code` and `answer` are those of the
    answer: None without an answer or envelope. `fault` names the faults that it met, `problem` says what was wrong with
    the request, and where the spec says so. `time` is when it was received, in seconds since the epoch on the mock's
    clock.
    """

    method: str
    path: str
    operation: str | None
    content: bytes
    time: float
    status: int | None
    code: int | str | None
    answer: Any
    fault: str | None
    problem: str | None

    def __repr__(self) -> str:
        return f"<{self.method} {self.operation or self.path} {self.body!r:.200}: {self.outcome}>"

    @property
    def body(self) -> Any:
        """The body as JSON, or as bytes if it is not JSON."""
        return decoded(self.content)

    @property
    def ids(self) -> list[str]:
        """The asset ids in the body, in the order asked."""
        body = self.body if isinstance(self.body, dict) else {}
        ids = body.get("asset_ids", [body.get("asset_id")])
        return [one for one in ids if isinstance(one, str)] if isinstance(ids, list) else []

    @property
    def outcome(self) -> str:
        """The answer in words, such as `HTTP 200, code 0`."""
        status = "no answer" if self.status is None else f"HTTP {self.status}"
        return status if self.code is None else f"{status}, code {self.code}"

    def __str__(self) -> str:
        """The line that is logged: the request, its outcome, the faults and the problem."""
        remarks = "".join(f"; {name}: {getattr(self, name)}" for name in ("fault", "problem") if getattr(self, name))
        text = f"{self.method} {self.path} {self.operation or '-'}: {self.outcome}{remarks}"
        # The client chose some of this: no control character reaches a terminal.
        return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def decoded(content: bytes) -> Any:
    """JSON, or the bytes themselves if they are not JSON."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return content


class MockTransport(httpx.MockTransport):
    """Takes requests of sync and async httpx clients to whatever replies.

    Pauses pass on the mock's clock. As on a socket, each single pause is compared with the client's read timeout.
    """

    def __init__(self, reply: Callable[[httpx.Request], Reply], clock: Clock) -> None:
        self._reply, self._clock = reply, clock
        super().__init__(self.handle_request)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, or what httpx raises instead."""
        request.read()
        reply = self._reply(request)
        steps = _steps(reply, request)
        for pause in iter(steps.__next__, HEAD):
            self._clock.sleep(float(pause))
        return _response(reply, self._sent(steps))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """As `handle_request`; other tasks run meanwhile."""
        await request.aread()
        reply = self._reply(request)
        steps = _steps(reply, request)
        for pause in iter(steps.__next__, HEAD):
            await self._clock.asleep(float(pause))
        return _response(reply, self._sent_async(steps))

    def _sent(self, steps: Iterator[float | bytes]) -> Iterator[bytes]:
        for step in steps:
            if isinstance(step, bytes):
                yield step
            else:
                self._clock.sleep(step)

    async def _sent_async(self, steps: Iterator[float | bytes]) -> AsyncIterator[bytes]:
        for step in steps:
            if isinstance(step, bytes):
                yield step
            else:
                await self._clock.asleep(step)


def _steps(reply: Reply, request: httpx.Request) -> Iterator[float | bytes]:
    """The steps of a reply as far as the client's patience goes, with what httpx raises for a socket."""
    timeout = request.extensions.get("timeout", {}).get("read")
    try:
        for step in reply.steps():
            if not isinstance(step, bytes) and timeout is not None and step > timeout:
                yield timeout
                raise httpx.ReadTimeout("timed out")
            yield step
    except ConnectionResetError as error:
        raise httpx.ReadError(str(error)) from None
    except EOFError as error:
        message = f"peer closed connection without sending complete message body ({error})"
        raise httpx.RemoteProtocolError(message) from None


def _response(reply: Reply, pieces: Any) -> httpx.Response:
    content = pieces if reply.drip or reply.cut is not None else reply.content
    return httpx.Response(reply.status, headers=reply.sized_headers, content=content)
