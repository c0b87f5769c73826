"""What can go wrong with one request. Every kind is made through `mock.fault`, which documents it."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from . import checks
from .contract import Refused
from .reply import Reply
from .spec import Node

PAGE = """<!DOCTYPE html>
<html><head><title>{title}</title></head>
<body><h1>{title}</h1><p>This page stands where an answer of the API should be.</p></body></html>
"""


@dataclass(frozen=True)
class Fault:
    """One kind. It replaces the answer, or changes what it says, or how it travels."""

    def instead(self) -> Reply | Refused | None:
        """What is answered before the API sees the request; None lets it."""
        return None

    def meet(self, reply: Reply) -> Reply | None:
        """What becomes of the answer; None when it gives nothing to change."""
        return reply

    def suits(self, shown: Callable[[], Node]) -> bool:
        """Whether it can befall an operation whose documented envelope is `shown`."""
        return True


@dataclass(frozen=True)
class Code(Fault):
    """An envelope with a code, HTTP 200."""

    code: int
    msg: str

    def __post_init__(self) -> None:
        checks.whole("code", self.code)
        checks.text("msg", self.msg)

    def __str__(self) -> str:
        return f"code {self.code}"

    def instead(self) -> Refused:
        return Refused(200, self.code, self.msg)


@dataclass(frozen=True)
class RateLimited(Fault):
    """HTTP 429."""

    retry_after: float | str | None

    def __post_init__(self) -> None:
        if not isinstance(self.retry_after, str | None):
            checks.number("retry_after", self.retry_after)

    def __str__(self) -> str:
        return "HTTP 429" if self.retry_after is None else f"HTTP 429, Retry-After: {self.retry_after}"

    def instead(self) -> Refused:
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        return Refused(429, 429, "too many requests", headers=headers)


@dataclass(frozen=True)
class Page(Fault):
    """An HTML page."""

    status: int

    def __post_init__(self) -> None:
        checks.whole("status", self.status, least=200, most=599)

    def __str__(self) -> str:
        return "HTML page" if self.status == 200 else f"HTTP {self.status}"

    def instead(self) -> Reply:
        title = "Please wait" if self.status == 200 else f"Error {self.status}"
        return Reply(self.status, PAGE.format(title=title).encode(), {"Content-Type": "text/html; charset=utf-8"})


@dataclass(frozen=True)
class Reset(Fault):
    """The connection is reset."""

    def __str__(self) -> str:
        return "reset"

    def instead(self) -> Reply:
        return Reply(0, reset=True)


@dataclass(frozen=True)
class Cut(Fault):
    """Part of the body."""

    keep: float

    def __post_init__(self) -> None:
        checks.number("keep", self.keep, most=1)

    def __str__(self) -> str:
        return "cut body"

    def meet(self, reply: Reply) -> Reply:
        return replace(reply, cut=max(0, min(math.floor(len(reply.content) * self.keep), len(reply.content) - 1)))


@dataclass(frozen=True)
class Delay(Fault):
    """A late answer."""

    seconds: float

    def __post_init__(self) -> None:
        checks.number("seconds", self.seconds, most=86400)

    def __str__(self) -> str:
        return f"delay {self.seconds:g} s"

    def meet(self, reply: Reply) -> Reply:
        return replace(reply, delay=self.seconds)


@dataclass(frozen=True)
class Drip(Delay):
    """A slow body."""

    def __str__(self) -> str:
        return f"drip {self.seconds:g} s"

    def meet(self, reply: Reply) -> Reply:
        return replace(reply, drip=self.seconds)
