"""Bodies on a 200: pages, encodings, JSON that is none, compression, and far too much of it."""

import gzip
import zlib

from jimmy_ai_openapi_client import APIResponseError, APITimeoutError, PermissionDeniedError

from .case import Case, Raises, Value
from .script import (
    GOOD,
    GOOD_BODY,
    GZIP,
    HTML,
    Body,
    Close,
    Script,
    Send,
    answer,
    asset,
    envelope,
    gzipped,
    head,
    page,
    same,
)

MIB = 1 << 20
CAP = 4 * MIB
UNUSABLE = Raises(APIResponseError, {"status_code": 200}, pauses=())
CUT = Raises(APIResponseError, {"status_code": 200}, requests=4, pauses=(0.5, 1.0, 2.0))
DEFLATE = "Content-Type: application/json\nContent-Encoding: deflate"
PLAIN = "Content-Type: application/json"


def _bad(name: str, body: Body | bytes | str, headers: str = PLAIN, want: Raises = UNUSABLE) -> Case:
    return Case(f"bodies/{name}", (answer(body, 200, headers),), want)


def _good(name: str, body: Body, headers: str = PLAIN) -> Case:
    return Case(f"bodies/{name}", (answer(body, 200, headers),), Value())


def _cut(at: int) -> Case:
    return _bad(f"cut-at-{at}", GOOD_BODY.map(lambda raw: raw[:at]), want=CUT)


def _page(name: str, text: str) -> Case:
    want = Raises(APIResponseError, {"status_code": 200, "code": None}, pauses=(), says="text/html")
    return Case(f"bodies/{name}", (page(text, 200),), want)


def _padded(size: int) -> Body:
    """A good answer of exactly `size` bytes."""
    return GOOD_BODY.map(lambda raw: raw + b" " * (size - len(raw)))


def _recoded(encoding: str) -> Body:
    return GOOD_BODY.map(lambda raw: raw.decode().encode(encoding))


def zeros(mebibytes: int) -> bytes:
    """So many MiB of zeros as gzip, made in no time: one flushed block, repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    start = packer.compress(bytes(MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    return start + block * (mebibytes - 1)


def flood(headers: str, chunk: bytes, start: bytes = b"") -> Script:
    """An answer that never ends of itself."""
    return (Send(same(head(200, headers) + start)), Send(same(chunk), times=0))


CHUNK = b"10000\r\n" + b" " * 65536 + b"\r\n"
BOMBS = [
    Case("bodies/bomb-gzip-1-gib", (answer(zeros(1024), 200, GZIP),), UNUSABLE),
    Case("bodies/bomb-gzip-in-one-read", (answer(zeros(60), 200, GZIP),), UNUSABLE),
    Case("bodies/bomb-gzip-on-error", (answer(zeros(1024), 403, GZIP),), Raises(PermissionDeniedError)),
    Case(
        "bodies/bomb-gzip-twice",
        (answer(gzip.compress(zeros(1024)), 200, GZIP.replace("gzip", "gzip, gzip")),),
        UNUSABLE,
    ),
    Case("bodies/bomb-zeros-announced", (flood(f"Content-Length: {1 << 30}", bytes(65536)),), UNUSABLE),
    Case("bodies/bomb-zeros-huge-length", (flood(f"Content-Length: {10**18}", bytes(65536)),), UNUSABLE),
    Case("bodies/bomb-zeros-streamed", (flood("Connection: close", bytes(65536)),), UNUSABLE),
    Case("bodies/bomb-spaces-chunked", (flood("Transfer-Encoding: chunked", CHUNK),), UNUSABLE),
    Case(
        "bodies/bomb-of-tiny-chunks",
        (flood("Transfer-Encoding: chunked", b"1\r\n \r\n" * 10_000),),
        Raises(APITimeoutError, seen=-1),
        max_retries=0,
        timeout=0.15,
    ),
    Case("bodies/bomb-empty-gzip-members", (flood(GZIP, gzip.compress(b"") * 1000),), Raises(APIResponseError)),
    Case("bodies/bomb-json-strings", (answer('{"a":"' + "x" * (CAP + MIB) + '"}'),), UNUSABLE),
]

GREEDY = Case("bodies/bomb-json-lists", (answer("[" + "[]," * MIB + "[]]"),), Raises(APIResponseError))
"""Too slow to be run with all the others: parsed in a second or two, as it is within the cap."""

CASES = [
    _page("page", "Welcome"),
    _page("page-waf", "Checking your browser … Ray ID"),
    _page("page-captive-portal", "Please log in to the Wi-Fi"),
    _page("page-huge", "x" * 200_000),
    _bad("page-called-json", "<html><body>Blocked</body></html>"),
    _bad("page-without-type", "<html></html>", ""),
    _bad("text", "ok", "Content-Type: text/plain"),
    _bad("xml", '<?xml version="1.0"?><code>0</code>', "Content-Type: application/xml"),
    _bad("form", "code=0&msg=ok", "Content-Type: application/x-www-form-urlencoded"),
    _bad("jsonp", "callback({})", "Content-Type: application/javascript"),
    _bad("sse", 'data: {"code":0}\n\n', "Content-Type: text/event-stream"),
    _good("type-wrong", GOOD_BODY, HTML),
    _good("type-missing", GOOD_BODY, ""),
    _good("type-senseless", GOOD_BODY, "Content-Type: ;;;=\xff"),
    _good("type-octets", GOOD_BODY, "Content-Type: application/octet-stream"),
    _good("type-other-charset", GOOD_BODY, "Content-Type: application/json; charset=gb2312"),
    _good("type-unknown-charset", GOOD_BODY, "Content-Type: application/json; charset=klingon"),
    _good("surrounded-by-space", GOOD_BODY.map(lambda raw: b"\r\n\t " + raw + b"\n\n")),
    _good("bom", GOOD_BODY.map(lambda raw: b"\xef\xbb\xbf" + raw)),
    _good("non-ascii", envelope(msg='"成功"')),
    _bad("bom-twice", GOOD_BODY.map(lambda raw: b"\xef\xbb\xbf" * 2 + raw)),
    _bad("utf16", _recoded("utf-16")),
    _bad("utf16-little", _recoded("utf-16-le")),
    _bad("utf16-big", _recoded("utf-16-be")),
    _bad("utf32", _recoded("utf-32")),
    _bad("invalid-utf8", GOOD_BODY.map(lambda raw: raw.replace(b"portrait", b"portr\xff\xfeit"))),
    _bad("gbk", envelope(asset(name="x")).map(lambda raw: raw.replace(b'"x"', '"肖像"'.encode("gbk")))),
    _bad("nan", envelope(asset(score=float("nan")))),
    _bad("infinity", envelope(asset(score=float("inf")))),
    _bad("minus-infinity", envelope(asset(score=float("-inf")))),
    _bad("5000-digits", envelope(data='{"asset_id":"id1","status":"Active","n":' + "9" * 5000 + "}")),
    _bad("5000-digits-code", envelope(code="9" * 5000)),
    _bad("nested-lists", "[" * 100_000 + "]" * 100_000),
    _bad("nested-objects", '{"a":' * 100_000 + "1" + "}" * 100_000),
    _bad("nested-in-data", envelope(asset().replace('"portrait"', "[" * 100_000 + "]" * 100_000))),
    _bad("nested-unclosed", "[" * 1_000_000),
    _bad("python-literal", "{'code': 0}"),
    _bad("trailing-comma", '{"code":0,}'),
    _bad("comment", '{"code":0 /* ok */}'),
    _bad("control-character", '{"code":0,"msg":"a\nb"}'),
    _bad("two-objects", GOOD_BODY.map(lambda raw: raw + raw)),
    _bad("two-lines", GOOD_BODY.map(lambda raw: raw + b"\n" + raw)),
    _bad("trailing-brace", GOOD_BODY.map(lambda raw: raw + b"}")),
    _bad("trailing-page", GOOD_BODY.map(lambda raw: raw + b"<html></html>")),
    _bad("trailing-nul", GOOD_BODY.map(lambda raw: raw + b"\0")),
    _bad("leading-xssi", GOOD_BODY.map(lambda raw: b")]}'\n" + raw)),
    _bad("empty", "", want=CUT),
    _bad("empty-without-type", "", "", want=CUT),
    _bad("blank", " \r\n ", want=CUT),
    *map(_cut, (1, 5, 9, 20, 60, -2, -1)),
    _bad("cut-within-character", GOOD_BODY.map(lambda raw: raw[:12] + b'"\xe6\x88'), want=CUT),
    Case("bodies/empty-once", (answer(""), GOOD), Value(requests=2, pauses=(0.5,))),
    _good("gzip", gzipped(GOOD_BODY), GZIP),
    _good("gzip-upper-case", gzipped(GOOD_BODY), GZIP.replace("gzip", "GZIP")),
    _good("gzip-x", gzipped(GOOD_BODY), GZIP.replace("gzip", "x-gzip")),
    _bad("gzip-two-members", GOOD_BODY.map(lambda raw: gzip.compress(raw[:20]) + gzip.compress(raw[20:])), GZIP),
    _good("identity", GOOD_BODY, GZIP.replace("gzip", "identity")),
    Case(
        "bodies/gzip-byte-by-byte",
        (
            (
                Send(
                    gzipped(GOOD_BODY).map(
                        lambda raw: (
                            head(200, GZIP + "\nTransfer-Encoding: chunked")
                            + b"".join(b"1\r\n%c\r\n" % byte for byte in raw)
                            + b"0\r\n\r\n"
                        )
                    )
                ),
            ),
        ),
        Value(),
    ),
    _bad("gzip-cut", gzipped(GOOD_BODY).map(lambda raw: raw[:-30]), GZIP, CUT),
    _bad("gzip-cut-in-trailer", gzipped(GOOD_BODY).map(lambda raw: raw[:-4]), GZIP, CUT),
    _bad("gzip-cut-in-header", gzipped(GOOD_BODY).map(lambda raw: raw[:5]), GZIP, CUT),
    _bad("gzip-empty", "", GZIP, CUT),
    _bad("gzip-wrong-sum", gzipped(GOOD_BODY).map(lambda raw: raw[:-8] + b"\0" * 4 + raw[-4:]), GZIP),
    _bad("gzip-trailing-rubbish", gzipped(GOOD_BODY).map(lambda raw: raw + b"rubbish"), GZIP),
    _bad("gzip-that-is-none", GOOD_BODY, GZIP),
    _bad("gzip-page-that-is-none", "<html></html>", GZIP),
    _bad("gzip-twice", gzipped(gzipped(GOOD_BODY)), GZIP.replace("gzip", "gzip, gzip")),
    _bad("gzip-twice-two-lines", gzipped(gzipped(GOOD_BODY)), GZIP + "\nContent-Encoding: gzip"),
    _bad("gzip-twice-said-once", gzipped(gzipped(GOOD_BODY)), GZIP),
    _bad("deflate", GOOD_BODY.map(zlib.compress), DEFLATE),
    _bad("brotli", b"\x8b\x02\x80{}\x03", GZIP.replace("gzip", "br")),
    _bad("zstd", b"\x28\xb5\x2f\xfd\0\0", GZIP.replace("gzip", "zstd")),
    _bad("encoding-unknown", GOOD_BODY, GZIP.replace("gzip", "rot13")),
    _good("as-large-as-allowed", _padded(CAP)),
    _bad("one-byte-too-large", _padded(CAP + 1)),
    _good("gzip-as-large-as-allowed", gzipped(_padded(CAP)), GZIP),
    _bad("gzip-one-byte-too-large", gzipped(_padded(CAP + 1)), GZIP),
    Case("bodies/good-until-close", ((Send(GOOD_BODY.map(lambda raw: head(200) + raw)), Close()),), Value()),
    Case(
        "bodies/http-1.0",
        ((Send(GOOD_BODY.map(lambda raw: head(200).replace(b"1.1", b"1.0") + raw)), Close()),),
        Value(),
    ),
    *BOMBS,
]
