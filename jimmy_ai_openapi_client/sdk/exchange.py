"""One attempt at one request, as the loops of http.py tell it; no I/O, the same for threads and asyncio."""

import ssl
from collections.abc import Generator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, NamedTuple

import httpx

from .answer import Json, Judged, facts, judge, shown, without_nulls
from .body import Body
from .call import Call
from .deadline import Deadline
from .errors import APIConnectionError, APIResponseError, APITimeoutError, JimmyAIError
from .reads import READS
from .settings import Settings

LONGEST_CONNECT = 5.0
_NEVER_ARRIVED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
# Unicode and overflow errors come of host names and ports, such as those of a proxy.
_TROUBLE = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, UnicodeError, OverflowError)
_STATUSES = set(HTTPStatus)


class JudgedResponse(httpx.Response):
    """A usable answer. `json()` is the payload that was judged, so that nothing is parsed twice."""

    def __init__(self, payload: Json, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.payload = payload

    def json(self, **_: Any) -> Any:
        return self.payload


class Usable(NamedTuple):
    """A usable answer, not yet in httpx's form."""

    call: Call
    status_code: int
    headers: httpx.Headers
    body: bytes
    judged: Judged

    @property
    def code(self) -> int:
        """The business code."""
        return self.judged.code

    def response(self, request: httpx.Request) -> JudgedResponse:
        """What a generated function takes."""
        # It knows the documented 200 only; and HTTPStatus(299) would raise in it.
        known = self.call.operation not in READS and self.status_code in _STATUSES
        headers = [pair for pair in self.headers.raw if pair[0].lower() not in _SPENT]
        status = self.status_code if known else 200
        payload = without_nulls(self.body) if b"null" in self.body else self.judged.payload
        return JudgedResponse(payload, status, headers=headers, content=self.body, request=request)


class Exchange:
    """Collects one answer, or the trouble in its place."""

    def __init__(self, call: Call, settings: Settings) -> None:
        self._call = call
        self._operation = call.operation
        self._redacted = settings.key.redacted
        self._status = 0
        self._headers = httpx.Headers()
        self._body: Body | None = None
        self._trouble: JimmyAIError | None = None
        whole, connect = Deadline(settings.timeout), Deadline(min(settings.timeout, LONGEST_CONNECT))
        timeouts = {"connect": connect, "read": whole, "write": whole, "pool": whole}
        self.wired = call.wired(settings.key.reveal(), timeouts)

    @contextmanager
    def told(self) -> Generator[None, None, None]:
        """Keep what goes wrong inside, for `outcome`: raised from here it would drag httpx's objects along."""
        try:
            yield
        except APIResponseError as trouble:
            self._trouble = self._located(trouble)
        except _TROUBLE as caught:
            self._trouble = self._translated(caught)
        finally:
            # Whoever keeps the request, such as a transport that records, does not keep the key.
            del self.wired.headers["Authorization"]

    def begin(self, response: httpx.Response) -> None:
        """Take status and headers."""
        self._status = response.status_code
        self._headers = response.headers
        encodings = [value for name, value in self._headers.raw if name.lower() == b"content-encoding"]
        self._body = Body(b", ".join(encodings).decode("latin-1").strip().casefold())

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes as they came."""
        assert self._body is not None
        self._body.feed(chunk)

    def end(self) -> None:
        """Take note that the answer is complete."""
        assert self._body is not None
        self._body.end()

    def outcome(self, wall: float) -> Usable:
        """The judged answer; raises the error of our tree otherwise. A refusal's status outweighs a spoilt body."""
        refused = self._status and not 200 <= self._status < 300
        if self._trouble and not refused:
            raise self._trouble
        body = bytes(self._body or b"")
        judged = judge(
            self._operation,
            self._status,
            self._headers,
            body,
            asked=self._call.asked() if self._operation in READS else (),
            redacted=self._redacted,
            wall=wall,
        )
        return Usable(self._call, self._status, self._headers, body, judged)

    def _located(self, trouble: APIResponseError) -> APIResponseError:
        return APIResponseError(
            f"{self._operation}: HTTP {self._status}: {trouble.args[0]}", **self._facts(), transient=trouble.transient
        )

    def _facts(self) -> dict[str, Any]:
        if not self._status:
            return {"operation": self._operation}
        return facts(self._operation, self._status, self._headers, bytes(self._body or b""), self._redacted)

    def _translated(self, caught: Exception) -> JimmyAIError:
        late = isinstance(caught, httpx.TimeoutException | TimeoutError)
        kind = APITimeoutError if late else APIConnectionError
        words = self._redacted(str(caught)) or ("no complete answer in time" if late else "no answer")
        text = f"{type(caught).__name__}: {words}"
        trouble = kind(
            f"{self._operation}: {shown(text)}",
            **self._facts(),
            reached=not isinstance(caught, _NEVER_ARRIVED),
            transient=not _is_untrusted(caught),
        )
        trouble.__cause__ = _bare(type(caught), words)
        return trouble


_SPENT = {b"content-encoding", b"content-length", b"transfer-encoding"}


def _bare(kind: type[Exception], words: str) -> Exception:
    """The caught exception without what hangs on it: a request with its headers, frames with their locals."""
    try:
        return kind(words)
    except TypeError:
        return Exception(f"{kind.__name__}: {words}")


def _is_untrusted(caught: BaseException | None) -> bool:
    while caught and not isinstance(caught, ssl.SSLCertVerificationError):
        caught = caught.__cause__ or caught.__context__
    return caught is not None
