"""What happens on the wire itself: resets, cuts, wrong framing, and answers that take for ever."""

from jimmy_ai_openapi_client import (
    APIConnectionError,
    APIResponseError,
    APITimeoutError,
    JimmyAIError,
    PermissionDeniedError,
)

from .case import Case, Raises, Value
from .script import (
    GOOD,
    GOOD_BODY,
    Blind,
    Close,
    Drip,
    Hold,
    Reset,
    Script,
    Send,
    head,
    raw,
    same,
)

SHORT = 0.15
"""Seconds: all of them pass."""
SOON = (0.5, 1.0, 2.0)
CHUNKED = "Content-Type: application/json\nTransfer-Encoding: chunked"


def _broken(name: str, *script: Script, error: type[JimmyAIError] = APIConnectionError) -> Case:
    """Trouble that may pass: sent again, as often as allowed."""
    return Case(f"wire/{name}", script, Raises(error, requests=4, pauses=SOON))


def _late(name: str, *script: Script) -> Case:
    """No answer in time. Real time, so one attempt is enough, and a slow machine may not even get to connect in it."""
    return Case(f"wire/{name}", script, Raises(APITimeoutError, seen=-1, pauses=()), max_retries=0, timeout=SHORT)


def _good(name: str, *script: Script) -> Case:
    return Case(f"wire/{name}", script, Value())


def _healed(name: str, fault: Script) -> Case:
    return Case(f"wire/{name}-once", (fault, GOOD), Value(requests=2, pauses=(0.5,)))


def _after_head(
    length: int | None, *then: Send | Reset | Close | Hold | Drip, headers: str = "Content-Type: a/b"
) -> Script:
    return (Send(same(head(200, headers, length))), *then)


def _chunks(*parts: bytes) -> Script:
    return raw(head(200, CHUNKED) + b"".join(parts), Close())


def _framed(name: str, data: bytes) -> Case:
    return _broken(name, raw(data, Close()))


def _chunk(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(body), body)


SENT = GOOD_BODY
HALF = SENT.map(lambda body: head(200, "Content-Type: application/json", len(body)) + body[:20])
INFO = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"

CASES = [
    _broken("reset-on-connect", (Blind(), Reset())),
    _broken("closed-on-connect", (Blind(), Close())),
    _broken("reset-before-answer", (Reset(),)),
    _broken("closed-before-answer", (Close(),)),
    _broken("reset-in-status-line", raw("HTTP/1.", Reset())),
    _broken("closed-in-status-line", raw("HTTP/1.", Close())),
    _broken("reset-in-headers", raw("HTTP/1.1 200 OK\r\nContent-Le", Reset())),
    _broken("closed-in-headers", raw("HTTP/1.1 200 OK\r\nContent-Le", Close())),
    _broken("reset-before-body", _after_head(100, Reset())),
    _broken("closed-before-body", _after_head(100, Close())),
    _broken("reset-in-body", (Send(HALF), Reset())),
    _broken("closed-in-body", (Send(HALF), Close())),
    _healed("reset", (Reset(),)),
    _healed("closed-in-body", (Send(HALF), Close())),
    _broken("chunk-cut", _chunks(b"40\r\n{")),
    _broken("chunk-missing-end", _chunks(_chunk(b'{"code":0}'))),
    _framed("chunk-size-garbage", head(200, CHUNKED) + b"zz\r\n{}\r\n0\r\n\r\n"),
    _framed("chunk-size-negative", head(200, CHUNKED) + b"-5\r\n{}\r\n0\r\n\r\n"),
    _framed("chunk-size-huge", head(200, CHUNKED) + b"f" * 40 + b"\r\n{}\r\n0\r\n\r\n"),
    _framed("chunk-without-line-end", head(200, CHUNKED) + b"2\r\n{}XX0\r\n\r\n"),
    _framed("two-lengths", head(200, "Content-Length: 5\nContent-Length: 7") + b"{}   "),
    _framed("length-negative", head(200, "Content-Length: -1") + b"{}"),
    _framed("length-words", head(200, "Content-Length: many") + b"{}"),
    _framed("transfer-encoding-unknown", head(200, "Transfer-Encoding: rot13") + b"{}"),
    _framed("status-line-garbage", b"\x00\x01\x02garbage\r\n\r\n"),
    _framed("status-line-missing", b'{"code":0}\r\n\r\n'),
    _framed("status-line-ssh", b"SSH-2.0-OpenSSH_9.6\r\n"),
    _framed("status-words", b"HTTP/1.1 OK 200\r\n\r\n"),
    _framed("status-two-digits", b"HTTP/1.1 20 OK\r\n\r\n"),
    _framed("status-four-digits", b"HTTP/1.1 2000 OK\r\n\r\n"),
    _framed("status-zero", b"HTTP/1.1 000 No\r\nContent-Length: 0\r\n\r\n"),
    _framed("status-099", b"HTTP/1.1 099 No\r\nContent-Length: 0\r\n\r\n"),
    _framed("http-0.9", b"<html>old</html>"),
    _framed("http-2-preface", b"\x00\x00\x12\x04\x00\x00\x00\x00\x00"),
    _framed("header-without-colon", b"HTTP/1.1 200 OK\r\nbroken header\r\n\r\n"),
    _framed("header-name-with-space", b"HTTP/1.1 200 OK\r\nbroken header: 1\r\n\r\n"),
    _framed("header-with-nul", b"HTTP/1.1 200 OK\r\nX: a\x00b\r\n\r\n"),
    _framed("header-bomb-one", b"HTTP/1.1 200 OK\r\nX: " + b"a" * 500_000 + b"\r\n\r\n"),
    _broken(
        "header-bomb-endless",
        raw("HTTP/1.1 200 OK\r\n", Send(same("X-Pad: aaaaaaaaaaaaaaaaaaaaaaaa\r\n" * 1000), times=0)),
    ),
    _broken("status-line-endless", raw("HTTP/1.1 200 ", Send(same("O" * 65536), times=0))),
    _broken("chunk-extension-endless", raw(head(200, CHUNKED) + b"2;", Send(same("x" * 65536), times=0))),
    _broken(
        "trailers-endless",
        raw(head(200, CHUNKED) + b"2\r\n{}\r\n0\r\n", Send(same("X-Pad: aaaaaaaa\r\n" * 4000), times=0)),
    ),
    _good("many-headers", (Send(SENT.map(lambda body: head(200, "X-Pad: aaaaaaaaaa\n" * 1500, len(body)) + body)),)),
    _good("header-latin-1", (Send(SENT.map(lambda body: head(200, "X-Pad: \xe9\xff", len(body)) + body)),)),
    _good("header-repeated", (Send(SENT.map(lambda body: head(200, "X-Id: a\nX-Id: b", len(body)) + body)),)),
    _good(
        "folded-header", (Send(SENT.map(lambda body: head(200, "", len(body))[:-2] + b"X: a\r\n  b\r\n\r\n" + body)),)
    ),
    _good("bare-line-feeds", (Send(SENT.map(lambda body: head(200, "", len(body)).replace(b"\r", b"") + body)),)),
    _good(
        "chunked",
        (Send(SENT.map(lambda body: head(200, CHUNKED) + _chunk(body[:9]) + _chunk(body[9:]) + b"0\r\n\r\n")),),
    ),
    _good("early-hints", (Send(SENT.map(lambda body: INFO * 3 + head(200, "", len(body)) + body)),)),
    _good(
        "set-cookie",
        (Send(SENT.map(lambda body: head(200, "Set-Cookie: a=b; Domain=.com\nSet-Cookie: ;;;", len(body)) + body)),),
    ),
    _good("body-longer-than-said", (Send(SENT.map(lambda body: head(200, "", len(body)) + body + b"extra")),)),
    _good("answered-then-closed", (*GOOD, Close())),
    Case(
        "wire/length-zero",
        (raw(head(200, "Content-Length: 0\nConnection: close") + b"{}", Close()),),
        Raises(APIResponseError, {"status_code": 200}, requests=4, pauses=SOON),
    ),
    Case(
        "wire/refusal-cut",
        (raw(head(403, "Content-Length: 50") + b"<html>", Close()),),
        Raises(PermissionDeniedError, {"status_code": 403}),
    ),
    _late("silence", (Hold(),)),
    _late("silence-on-connect", (Blind(), Hold())),
    _late("silence-in-status-line", raw("HTTP/1.1 2", Hold())),
    _late("silence-after-head", _after_head(100, Hold())),
    _late("silence-in-body", (Send(HALF), Hold())),
    _late("silence-before-last-chunk", raw(head(200, CHUNKED) + _chunk(b'{"code":0}'), Hold())),
    _late("silence-until-close-body", raw(head(200) + b'{"code":0}', Hold())),
    _late("drip-status-line", raw("HTTP/1.1 200 ", Drip(same("O")))),
    _late("drip-headers", raw("HTTP/1.1 200 OK\r\n", Drip(same("X-Drip: 1\r\n"), every=0.01))),
    _late("drip-body", _after_head(10_000, Drip(same(" ")))),
    _late("drip-body-fast", _after_head(10_000_000, Drip(same(" "), every=0.001))),
    _late("drip-chunks", raw(head(200, CHUNKED), Drip(same("1\r\n \r\n"), every=0.01))),
    _late("drip-until-close-body", raw(head(200), Drip(same(" ")))),
    _late("drip-1xx", (Drip(same(INFO), every=0.001),)),
    _late("endless-1xx", (Send(same(INFO * 100), times=0),)),
    _late("endless-100-continue", (Send(same("HTTP/1.1 100 Continue\r\n\r\n" * 100), times=0),)),
    Case("wire/silence-once", ((Hold(),), GOOD), Value(requests=2, pauses=(0.5,)), max_retries=1, timeout=0.5),
    Case(
        "wire/silence-twice",
        ((Hold(),),),
        Raises(APITimeoutError, {"status_code": None}, requests=2, seen=-1, pauses=(0.5,)),
        max_retries=1,
        timeout=SHORT,
    ),
    Case(
        "wire/drip-twice",
        (_after_head(10_000, Drip(same(" "))),),
        Raises(APITimeoutError, requests=2, seen=-1, pauses=(0.5,)),
        max_retries=1,
        timeout=SHORT,
    ),
]
