"""One attempt at one request: collects the answer, or the error in its place. No I/O."""

import ssl
import time
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from http import HTTPStatus
from typing import Any, Self

import httpx

from ..errors import APIConnectionError, APIResponseError, APITimeoutError, JimmyAIError
from ..policy.answer import Json, Received, judge, shown
from ..policy.retry import Retry

LIMIT = 4 * 1024 * 1024
"""Bytes of an answer, after decompression."""
LONGEST_CONNECT = 5.0
"""Seconds for one address."""

_NEVER_ARRIVED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_STATUSES = set(HTTPStatus)
_SPENT = {b"content-encoding", b"content-length", b"transfer-encoding"}


class Deadline(float):
    """A timeout in seconds, as httpx takes it, that remembers when it started."""

    _ends: float

    def __new__(cls, seconds: float) -> Self:
        deadline = super().__new__(cls, seconds)
        deadline._ends = time.monotonic() + seconds
        return deadline

    def left(self) -> float:
        """Seconds until it ends; 0 or less when it has."""
        return self._ends - time.monotonic()


class Body:
    """Collects in `data` what comes over the wire; raises `APIResponseError` instead of holding over `limit` bytes.

    Inflates gzip itself, piece by piece: one chunk of httpx's own decoder may hold a thousand times what was read.
    """

    def __init__(self, encoding: str, limit: int = LIMIT) -> None:
        self.data = bytearray()
        self._limit = limit
        self._gzip = zlib.decompressobj(wbits=31) if encoding in {"gzip", "x-gzip"} else None
        if encoding not in {"", "identity", "gzip", "x-gzip"}:
            raise APIResponseError(f"content encoding {encoding[:100]!a}, where only gzip was offered")

    def feed(self, chunk: bytes) -> None:
        """Take the next chunk."""
        if self._gzip:
            try:
                chunk = self._gzip.decompress(chunk, self._limit - len(self.data) + 1)
            except zlib.error:
                raise APIResponseError("invalid gzip") from None
            if self._gzip.unused_data:
                raise APIResponseError("invalid gzip")
        self.data += chunk
        if len(self.data) > self._limit:
            del self.data[self._limit :]
            raise APIResponseError(f"more than {self._limit} bytes, too many to be an answer")

    def end(self) -> None:
        """Raise if the compressed data was cut short."""
        if self._gzip and self.data and not self._gzip.eof:
            raise APIResponseError("truncated gzip", transient=True)


class Answer(httpx.Response):
    """A usable answer. `json()` is the payload that was judged, so that nothing is parsed twice."""

    def __init__(self, received: Received, payload: Json, request: httpx.Request, call: dict[str, float]) -> None:
        # Generated parsers know the documented 200 of a query only; and HTTPStatus(299) would raise in them.
        is_known = received.operation.fits is None and received.status in _STATUSES
        headers = [pair for pair in received.headers.raw if pair[0].lower() not in _SPENT]
        status = received.status if is_known else 200
        super().__init__(status, headers=headers, content=bytes(received.body), request=request)
        self._received, self._payload, self._call = received, payload, call

    def json(self, **_: Any) -> Any:
        return self._payload

    def misfit(self, problem: str) -> APIResponseError:
        """The error for a payload that is not what the operation promises."""
        said = {"code": int(self._payload["code"]), "msg": self._received.words(self._payload)}
        return self._received.unusable(problem, **self._call, **said)


last_answer: ContextVar[Answer | None] = ContextVar("last_answer", default=None)
"""The usable answer that this thread or task received last, for errors about its content."""


class Attempt:
    """One attempt of a call: `begin` with the response, `feed` its chunks, and ask for the `outcome`."""

    def __init__(self, retry: Retry, request: httpx.Request) -> None:
        self._retry, self._request, self._clock = retry, request, retry.settings.clock
        self._received = Received(retry.operation, retry.settings.key.redacted)
        self._body: Body
        self.seconds = retry.seconds()
        self._ends = self._clock.now() + self.seconds
        self._is_late = False
        self._error: JimmyAIError | None = None
        whole, connect = Deadline(self.seconds), Deadline(min(self.seconds, LONGEST_CONNECT))
        request.extensions = {**request.extensions, "timeout": httpx.Timeout(whole, connect=connect).as_dict()}

    @contextmanager
    def capture_errors(self) -> Generator[None]:
        """Keep for `outcome` what goes wrong inside, or is wrong with the body at the end.

        It is raised elsewhere, since a traceback from here would keep httpx's objects alive.
        """
        try:
            yield
            self._body.end()
        except APIResponseError as error:
            self._error = self._received.unusable(error.args[0], transient=error.transient)
        except JimmyAIError as error:
            self._error = error
        except Exception as caught:  # noqa: BLE001  (of httpx, of a transport or of a hook: all end in our tree)
            if isinstance(caught, httpx.HTTPStatusError):  # a hook called raise_for_status
                response = caught.response
                self._received.status, self._received.headers = response.status_code, response.headers
                self._received.body = response.content if response.is_stream_consumed else b""
            self._error = self._translated(caught)
        finally:
            # Whatever keeps the request, such as a transport that records, does not keep the key.
            self._request.headers.pop("Authorization", None)

    def begin(self, response: httpx.Response) -> Any:
        """Take status and headers; the stream of chunks as they come over the wire."""
        self._received.status, self._received.headers = response.status_code, response.headers
        if "location" in response.extensions:
            response.headers["Location"] = response.extensions["location"]
        spent = response.is_stream_consumed  # by a transport that answers from memory, or by a hook
        encoding = "" if spent else response.headers.get("content-encoding", "")
        self._body = Body(encoding.strip().casefold())
        self._received.body = self._body.data
        return httpx.ByteStream(response.content) if spent else response.stream

    def feed(self, chunk: bytes) -> None:
        """Take the next chunk; `ReadTimeout` if the one before it was late already, whatever the transport."""
        if self._is_late:
            raise httpx.ReadTimeout("the answer took too long")
        self._body.feed(chunk)
        self._is_late = self._clock.now() > self._ends

    def outcome(self) -> Answer | JimmyAIError:
        """The usable answer, or the error. The status of a refusal outweighs a body that could not be read."""
        refused = self._received.status and not 200 <= self._received.status < 300
        if self._error and not refused:
            return self._error
        try:
            payload = judge(self._received, self._clock.wall())
        except JimmyAIError as error:
            # Its frames so far hold the answer, which may hold anything.
            return error.with_traceback(None)
        call = self._retry.facts(self._received.status, payload["code"])
        answer = Answer(self._received, payload, self._request, call)
        last_answer.set(answer)
        return answer

    def _translated(self, caught: Exception) -> JimmyAIError:
        # httpx-aiohttp calls every lost connection a ConnectTimeout: what aiohttp itself raised counts.
        said = caught.__cause__ if _is_of_aiohttp(caught.__cause__) else caught
        late = isinstance(said, httpx.TimeoutException | TimeoutError)
        kind = APITimeoutError if late else APIConnectionError
        words = self._received.redacted(str(caught)) or ("no complete answer in time" if late else "no answer")
        of_network = isinstance(said, httpx.TransportError | OSError) or _is_of_aiohttp(said)
        error = kind(
            f"{self._received.operation.name}: {shown(f'{type(caught).__name__}: {words}')}",
            **self._received.facts(),
            reached=not isinstance(said, _NEVER_ARRIVED),
            transient=of_network and not _is_untrusted(caught),
        )
        error.__cause__ = _bare(type(caught), words)
        return error


def _bare(kind: type[Exception], words: str) -> Exception:
    """The caught exception without what hangs on it: a request with its headers, frames with their locals."""
    try:
        return kind(words)
    except Exception:  # noqa: BLE001  (a kind of which nothing is known)
        return Exception(f"{kind.__name__}: {words}")


def _is_of_aiohttp(caught: BaseException | None) -> bool:
    return type(caught).__module__.startswith("aiohttp")


def _is_untrusted(caught: BaseException | None) -> bool:
    while caught and not isinstance(caught, ssl.SSLCertVerificationError):
        caught = caught.__cause__ or caught.__context__
    return caught is not None
