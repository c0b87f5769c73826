"""A server that is none: cases without a fault of the wire, answered in this process."""

from typing import cast

import httpx

from .case import Case
from .script import GOOD, Script, Send
from .server import Request


def is_framed(script: Script) -> bool:
    """Whether it is one answer of a length that is said: what is wrong with it is its content."""
    match script:
        case (Send(data, 1),):
            return b"\r\nContent-Length: " in data.single.partition(b"\r\n\r\n")[0]
    return False


class Inside:
    """Plays the nth script for the nth request it sees, the last one for all that follow, as `Server` does."""

    url = "http://127.0.0.1:9"

    def __init__(self, case: Case) -> None:
        self.requests: list[Request] = []
        self.transport = httpx.MockTransport(self._answer)
        self._scripts = list(case.play)

    def heal(self) -> None:
        """Answer every further request well."""
        self._scripts = [GOOD]

    def open_connections(self, at_most: int) -> int:
        """There is none."""
        return 0

    def _answer(self, request: httpx.Request) -> httpx.Response:
        lines = [f"POST {request.url.path} HTTP/1.1".encode(), *(b"%s: %s" % pair for pair in request.headers.raw)]
        self.requests.append(asked := Request(b"\r\n".join(lines), request.content))
        (step,) = self._scripts.pop(0) if len(self._scripts) > 1 else self._scripts[0]
        head, _, body = cast("Send", step).data.of(asked.kind).partition(b"\r\n\r\n")
        status, *fields = head.split(b"\r\n")
        headers = [(name, value.strip()) for name, _, value in (field.partition(b":") for field in fields)]
        return httpx.Response(int(status.split()[1]), headers=headers, stream=httpx.ByteStream(body))
