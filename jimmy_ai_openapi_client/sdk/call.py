"""One call's request, ready to be sent any number of times: everything but the key."""

from collections.abc import Mapping
from functools import lru_cache
from json import dumps, loads
from typing import Any, NamedTuple

import httpx

Headers = list[tuple[bytes, bytes]]


class Call(NamedTuple):
    """What goes out. `operation` names it in errors and logs: the last two parts of its path."""

    operation: str
    method: str
    url: httpx.URL
    headers: Headers
    stream: httpx.SyncByteStream | httpx.AsyncByteStream
    extensions: Mapping[str, Any]
    body: Any = None
    """What the JSON was made of, where that is known."""

    @classmethod
    def of(cls, request: httpx.Request) -> "Call":
        """The call that a generated function makes through httpx."""
        url, stream = request.url, request.stream
        return cls(_operation(url.raw_path), request.method, url, request.headers.raw, stream, request.extensions)

    @classmethod
    def json(cls, method: str, base_url: str, path: str, common: Headers, body: Any) -> "Call":
        """The same for a body of JSON and no parameters, without httpx's merging of URLs, headers, cookies and queries.

        That merging costs as much time as a service on loopback.
        """
        whole, operation = _whole(base_url, path)
        content = dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        headers = [
            (b"Host", whole.netloc),
            *common,
            (b"Content-Length", b"%d" % len(content)),
            (b"Content-Type", b"application/json"),
        ]
        return cls(operation, method, whole, headers, httpx.ByteStream(content), {}, body)

    def asked(self) -> set[str]:
        """The ids in the body of a batch; none where there are none."""
        try:
            body = self.body or loads(b"".join(self.stream))  # type: ignore[arg-type]
            return set(body["asset_ids"])
        except (ValueError, LookupError, TypeError):
            return set()

    def wired(self, key: str, timeouts: Mapping[str, float]) -> httpx.Request:
        """The request with the key on it, to be sent and forgotten."""
        request = httpx.Request(
            self.method,
            self.url,
            headers=[*self.headers, (b"Authorization", f"Bearer {key}".encode())],
            stream=self.stream,
            extensions={**self.extensions, "timeout": timeouts},
        )
        if isinstance(self.stream, httpx.ByteStream):
            request.read()  # as httpx's own requests are, so that a transport may look at `content`
        return request


@lru_cache(maxsize=256)
def _operation(path: bytes) -> str:
    parts = path.decode("ascii").partition("?")[0].strip("/").split("/")
    return "/".join(parts[-2:])[:100]


@lru_cache(maxsize=256)
def _whole(base_url: str, path: str) -> tuple[httpx.URL, str]:
    url = httpx.URL(base_url.rstrip("/") + path)
    return url, _operation(url.raw_path)
