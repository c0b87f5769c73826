"""The table of faults: what is answered, and what the caller must get.

Each file of `cases/` is a list of groups. `each` is what its cases have in common, `cases` what each has of its own: a
mapping is laid over it, anything else stands where `each` says $ (a part of a list: $1, $2). `everywhere` names those
that show that a wire makes no difference, `otherwise` those for which aiohttp's parser gives another error of our tree.
What a case may say:

    status, headers, body: one well-framed answer; `page` is the text of an HTML page
    steps: whatever else goes over the wire, see `..http.server`; text is sent as it stands
    play: several answers, one a request, the last one for all that follow; `good` is a good one
    only, ids, max_retries, timeout, random: how it is called
    tls, environment, url: which certificate the server has, and how it is reached; {server}, {port}, {proxy} and
        {nobody} stand for addresses
    raises, has, says: the class of the error, its attributes, a part of its message; without them an asset comes back
    has, present, missing: the attributes of that asset; of a batch, the ids that are answered and those that are not
    pauses: the seconds between requests; `requests` where there are more, `seen` where fewer arrive (-1: any number)
    sends: what the first request that arrives has in its head; heals: whether a second call can succeed
    batch: what is different for a batch

A body is text, or the parts of an envelope (`code`, `msg`, `data` as JSON text, `asset` as that or as changes of the
usual one, `without` names of its fields), or a list of such a body and what is done to it, see `CHANGES`. In texts,
«x×3» is x three times.
"""

import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from ruamel.yaml import YAML

import jimmy_ai_openapi_client

from ..http.server import Drip, Reply, Script, Send, Step, Word
from ..http.service import KEY

Kind = Literal["single", "batch"]
KINDS: tuple[Kind, Kind] = ("single", "batch")

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
TEXTS = {
    "KEY": KEY,
    "KEY, escaped": "".join(f"\\u{ord(letter):04x}" for letter in KEY),
    "id1": json.dumps(ASSET),
    "id1, other order": json.dumps(dict(reversed(ASSET.items()))),
    "id1, failed": json.dumps({**ASSET, "status": "Failed"}),
    "id2": json.dumps({**ASSET, "asset_id": "id2", "official_id": "off2"}),
    "id2, failed": json.dumps({**ASSET, "asset_id": "id2", "official_id": "off2", "status": "Failed"}),
    "id1, as Cyrillic": json.dumps({**ASSET, "asset_id": "\u0456d1", "official_id": None}),
    "x, also id1": json.dumps({**ASSET, "asset_id": "x", "official_id": "id1"}),
    "chunked": "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
}


def _patched(raw: bytes, at: int, new: str) -> bytes:
    return raw[:at] + new.encode("latin-1") + raw[at + len(new) :]


def _in_chunks(raw: bytes, size: int) -> bytes:
    parts = [raw[start : start + size] for start in range(0, len(raw), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in [*parts, b""])


@cache
def _zeros(_: bytes, mebibytes: int) -> bytes:
    """So many MiB of zeros as gzip, made in no time: one flushed block, repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    start, block = (packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return start + block * (mebibytes - 1)


CHANGES: dict[str, Callable[..., bytes]] = {
    "gzip": lambda raw: gzip.compress(raw, mtime=0),
    "gzip in two members": lambda raw: gzip.compress(raw[:20], mtime=0) + gzip.compress(raw[20:], mtime=0),
    "zlib": zlib.compress,
    "zeros": _zeros,
    "cut": lambda raw, at: raw[:at],
    "patch": _patched,
    "replace": lambda raw, old, new: raw.replace(old.encode(), new.encode("latin-1")),
    "before": lambda raw, text: text.encode("latin-1") + raw,
    "after": lambda raw, text: raw + text.encode("latin-1"),
    "times": lambda raw, times: raw * times,
    "spaces up to": lambda raw, size: raw.ljust(size),
    "encode": lambda raw, encoding: raw.decode().encode(encoding),
    "chunks of": _in_chunks,
}


@dataclass(frozen=True, slots=True)
class Case:
    """One fault for one of the two calls."""

    name: str
    kind: Kind
    play: tuple[Script, ...] = (("good",),)
    ids: tuple[str, ...] = (ASSET_ID,)
    max_retries: int = 3
    timeout: float = 5.0
    random: float = 0.0
    raises: str = ""
    has: dict[str, object] = field(default_factory=dict)
    says: str = ""
    pauses: tuple[float, ...] = ()
    requests: int = 0
    seen: int | None = None
    present: tuple[str, ...] | None = None
    missing: tuple[str, ...] = ()
    tls: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    url: str = "{server}"
    sends: str = ""
    heals: bool = True
    everywhere: bool = False
    otherwise: bool = False

    @property
    def group(self) -> str:
        """The file it is from."""
        return self.name.partition("/")[0]

    @property
    def error(self) -> Any:
        """The class that is raised; None if an asset comes back."""
        return getattr(jimmy_ai_openapi_client, self.raises) if self.raises else None

    @property
    def attempts(self) -> int:
        """How many requests are sent."""
        return self.requests or len(self.pauses) + 1

    @property
    def is_framed(self) -> bool:
        """Whether all its answers are well-framed: what is wrong with them is their content."""
        return all(isinstance(step, Reply) or step == "good" for script in self.play for step in script)


def cases() -> Iterator[Case]:
    """All of the table, each for the calls it is about."""
    for file in sorted((Path(__file__).parent / "cases").glob("*.yaml")):
        for group in YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8")):
            common = group.get("each", {})
            marks = {mark: group.get(mark, []) for mark in ("everywhere", "otherwise")}
            assert group["cases"].keys() >= {name for names in marks.values() for name in names}
            for name, own in group["cases"].items():
                said = _over(common, own) if isinstance(own, dict) else _filled(common, _parts(own))
                said |= {mark: name in names for mark, names in marks.items()}
                for kind in KINDS:
                    if said.get("only", kind) == kind:
                        yield _case(f"{file.stem}/{name}", kind, said)


def _over(common: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    both = {name for name, value in own.items() if isinstance(value, dict) and isinstance(common.get(name), dict)}
    return {**common, **own, **{name: {**common[name], **own[name]} for name in both}}


def _parts(own: Any) -> dict[str, Any]:
    """What stands for `own`, and for the parts of a list."""
    numbered = enumerate(own, 1) if isinstance(own, list) else ()
    return {"$": own, **{f"${number}": part for number, part in numbered}}


def _filled(common: Any, parts: dict[str, Any]) -> Any:
    """`common` with those parts where it says so."""
    match common:
        case dict():
            return {name: _filled(value, parts) for name, value in common.items()}
        case list():
            return [_filled(value, parts) for value in common]
        case str():
            return parts[common] if common in parts else re.sub(r"\$\d?", lambda it: str(parts[it[0]]), common)
    return common


def _case(name: str, kind: Kind, said: dict[str, Any]) -> Case:
    said = {**said, **(said.get("batch", {}) if kind == "batch" else {})}
    answer = {"status", "headers", "body", "page", "steps"}
    plays = said.get("play", [said if answer.intersection(said) else "good"])
    rest: dict[str, Any] = {
        one: tuple(value) if isinstance(value, list) else value
        for one, value in said.items()
        if one not in {*answer, "play", "only", "batch"}
    }
    for texts in ("has", "environment"):
        found = rest.get(texts, {})
        rest[texts] = {one: _text(value) if isinstance(value, str) else value for one, value in found.items()}
    return Case(name, kind, tuple(_script(one, kind) for one in plays), **rest)


def _script(said: Any, kind: Kind) -> Script:
    if said == "good":
        return ("good",)
    if "steps" in said:
        return tuple(_step(step, kind) for step in said["steps"])
    html = "<!DOCTYPE html><html><head><title>{0}</title></head><body>{0}</body></html>"
    body = html.format(said["page"]) if "page" in said else said.get("body", "")
    usual = "Content-Type: " + ("text/html; charset=utf-8" if "page" in said else "application/json")
    headers = (line.strip() for line in _text(said.get("headers", usual)).split("\n"))
    return (Reply(said.get("status", 200), tuple(filter(None, headers)), _bytes(body, kind)),)


def _step(said: Any, kind: Kind) -> Step:
    if said in get_args(Word):
        return said  # type: ignore[no-any-return]
    how = {"send": said} if isinstance(said, str) else dict(said)
    if "drip" in how:
        return Drip(_text(how.pop("drip")).encode("latin-1"), **how)
    sent = how.pop("send")
    return Send(_text(sent).encode("latin-1") if isinstance(sent, str) else _bytes(sent, kind), **how)


def _text(text: str) -> str:
    """With all that « » stands for."""
    text = re.sub("«([^«»]+)×(\\d+)»", lambda found: found[1] * int(found[2]), text)
    return re.sub("«([^«»×]+)»", lambda found: TEXTS[found[1]], text)


def _bytes(body: Any, kind: Kind) -> bytes:
    match body:
        case str():
            return _text(body).encode()
        case dict():
            return _envelope(kind, **body)
    source, *changes = body
    raw = _bytes(source, kind)
    for change in changes:
        ((name, arguments),) = change.items() if isinstance(change, dict) else ((change, []),)
        arguments = arguments if isinstance(arguments, list) else [arguments]
        raw = CHANGES[name](raw, *(_text(one) if isinstance(one, str) else one for one in arguments))
    return raw


def _envelope(
    kind: Kind,
    *,
    code: str | None = "0",
    msg: str = '"ok"',
    data: str | None = None,
    asset: Any = None,
    without: Any = (),
) -> bytes:
    fields = ASSET | (asset if isinstance(asset, dict) else {})
    kept = {name: value for name, value in fields.items() if name not in without}
    one = asset if isinstance(asset, str) else json.dumps(kept)
    found = data or (one if kind == "single" else f'{{"items":[{one}]}}')
    start = "" if code is None else f'"code":{code},'
    return _text(f'{{{start}"msg":{msg},"data":{found}}}').encode()
