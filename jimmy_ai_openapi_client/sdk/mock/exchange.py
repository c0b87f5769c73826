"""One exchange: what the API replies, how the reply travels, and what is recorded of both."""

import errno
import json
import math
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

PIECES = 16
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
    def immediate(self) -> bool:
        """Whether all of it arrives at once."""
        return not (self.delay or self.drip or self.reset) and self.cut is None

    def steps(self) -> Iterator[float | bytes]:
        """How it is sent: seconds to wait, and pieces of the body; the first piece is empty and stands for the head.

        Raises `ConnectionResetError` where the connection is reset, and `EOFError` where it ends too early.
        """
        yield self.delay
        if self.reset:
            raise ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET))
        yield b""
        content = self.content[: self.cut]
        size = math.ceil(len(content) / PIECES) if self.drip else len(content)
        for at in range(0, len(content), size or 1):
            yield self.drip / math.ceil(len(content) / size)
            yield content[at : at + size]
        if self.cut is not None:
            raise EOFError(f"received {self.cut} bytes, expected {len(self.content)}")


def json_reply(status: int, value: dict[str, Any], headers: Mapping[str, str] | None = None) -> Reply:
    """A JSON answer with the `code` of its envelope."""
    # Escaped, as an id may be text that cannot be encoded (half a surrogate pair).
    content = json.dumps(value).encode()
    return Reply(status, content, {"Content-Type": "application/json", **(headers or {})}, value.get("code"))


class Refusal(Exception):  # noqa: N818  (an answer, not an error)
    """A request that the API refuses: how it says so, and which place in the spec the request violates."""

    def __init__(
        self, status: int, code: int, msg: str, *, location: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        """An HTTP status, and code and msg of the envelope."""
        self.status, self.code, self.msg, self.location, self.headers = status, code, msg, location, headers


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
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

    def line(self, seconds: float) -> str:
        """The line that is logged: the request, its outcome and duration, the faults and the problem."""
        text = f"{self.method} {self.path} {self.operation or '-'}: {self.outcome}, {seconds * 1000:.1f} ms"
        for name, more in (("fault", self.fault), ("problem", self.problem)):
            text += f"; {name}: {more}" if more else ""
        # The client chose some of this: no control character reaches a terminal.
        return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def decoded(content: bytes) -> Any:
    """JSON, or the bytes themselves if they are not JSON."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return content
