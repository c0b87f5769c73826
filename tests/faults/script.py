"""What a misbehaving server is told to do: one script of steps for each request it sees."""

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["single", "batch"]

ASSET_ID = "id1"
ASSET: dict[str, object] = {
    "asset_id": ASSET_ID,
    "official_id": "off1",
    "status": "Active",
    "asset_ref": "asset://id1",
    "name": "portrait",
    "url": "https://cdn.example.com/1.jpg",
    "created_at": "2026-05-01 12:00:00",
}


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of an answer to each of the two operations."""

    single: bytes
    batch: bytes

    def of(self, kind: Kind) -> bytes:
        """The bytes for the operation that was asked."""
        return self.single if kind == "single" else self.batch

    def map(self, change: Callable[[bytes], bytes]) -> "Body":
        """Both sides changed alike."""
        return Body(change(self.single), change(self.batch))


def same(data: bytes | str) -> Body:
    """The same bytes whatever was asked."""
    raw = data if isinstance(data, bytes) else data.encode()
    return Body(raw, raw)


@dataclass(frozen=True, slots=True)
class Send:
    """Send these bytes at once, `times` over (0: until the client goes away)."""

    data: Body
    times: int = 1


@dataclass(frozen=True, slots=True)
class Drip:
    """Send these bytes one by one, `every` seconds, `times` over (0: until the client goes away)."""

    data: Body
    every: float = 0.05
    times: int = 0


@dataclass(frozen=True, slots=True)
class Reset:
    """Close with a TCP reset."""


@dataclass(frozen=True, slots=True)
class Close:
    """Close in good order."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Say nothing until the client goes away."""


@dataclass(frozen=True, slots=True)
class Read:
    """Wait for some bytes, whatever they are."""


@dataclass(frozen=True, slots=True)
class Blind:
    """As first step of a script: act as soon as someone connects, without reading a request."""


Step = Send | Drip | Reset | Close | Hold | Read | Blind
Script = tuple[Step, ...]


def head(status: int | str = 200, headers: str = "Content-Type: application/json", length: int | None = None) -> bytes:
    """The head of an answer; `headers` one a line. Without `length`, the body ends as the headers say."""
    lines = [f"HTTP/1.1 {status}" + (" X" if isinstance(status, int) else "")]
    lines += [line.strip() for line in headers.strip("\n").split("\n") if line.strip()]
    lines += [] if length is None else [f"Content-Length: {length}"]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def answer(body: Body | bytes | str = "", status: int = 200, headers: str = "Content-Type: application/json") -> Script:
    """One well-framed answer; the connection stays open for the next request."""
    both = body if isinstance(body, Body) else same(body)
    return (Send(both.map(lambda raw: head(status, headers, len(raw)) + raw)),)


def page(text: str, status: int) -> Script:
    """An HTML page, as firewalls and captive portals send them."""
    return answer(f"<!DOCTYPE html><html><head><title>{text}</title></head><body>{text}</body></html>", status, HTML)


def raw(data: bytes | str, *then: Step) -> Script:
    """Exactly these bytes, then the steps."""
    return (Send(same(data)), *then)


def envelope(asset: str | None = None, *, code: str | None = "0", msg: str = '"ok"', data: str | None = None) -> Body:
    """The envelope from JSON text: `data` as it stands, else the asset, which the batch wraps in items."""
    start = "" if code is None else f'"code":{code},'
    one = json.dumps(ASSET) if asset is None else asset
    single, batch = (one, f'{{"items":[{one}]}}') if data is None else (data, data)
    return Body(*(f'{{{start}"msg":{msg},"data":{part}}}'.encode() for part in (single, batch)))


def asset(**changes: object) -> str:
    """The usual asset as JSON text with changes; `...` removes a field."""
    return json.dumps({name: value for name, value in {**ASSET, **changes}.items() if value is not ...})


def gzipped(body: Body) -> Body:
    """The body compressed once."""
    return body.map(lambda raw: gzip.compress(raw, mtime=0))


HTML = "Content-Type: text/html; charset=utf-8"
GZIP = "Content-Type: application/json\nContent-Encoding: gzip"
GOOD_BODY = envelope()
GOOD = answer(GOOD_BODY)
