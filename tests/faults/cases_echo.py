"""Answers that repeat the key, as careless gateways do."""

import json

from jimmy_ai_openapi_client import (
    APIConnectionError,
    APIResponseError,
    APIStatusError,
    AuthenticationError,
    InternalServerError,
    NotFoundError,
)

from .case import Case, Raises, Value
from .run import KEY
from .script import GOOD_BODY, GZIP, HTML, Close, answer, asset, envelope, gzipped, head, raw, same

BEARER = f"Bearer {KEY}"
ECHO = f"Authorization: {BEARER}\nX-Request-Id: {KEY}\nCF-Ray: {KEY}\nContent-Type: text/{KEY}"

CASES = [
    Case("echo/401-page", (answer(f"<p>bad {BEARER}</p>", 401, HTML),), Raises(AuthenticationError)),
    Case(
        "echo/401-msg",
        (answer(envelope(code="20001", msg=f'"no such key {KEY}"', data="null"), 401),),
        Raises(AuthenticationError, {"msg": "no such key ***"}, says="no such key ***"),
    ),
    Case(
        "echo/200-msg",
        (answer(envelope(code="20001", msg=f'"no such key {KEY}"', data="null")),),
        Raises(AuthenticationError, {"msg": "no such key ***"}),
    ),
    Case(
        "echo/500-msg",
        (answer(envelope(code="-1", msg=f'"{BEARER}"', data="null"), 500),),
        Raises(InternalServerError, {"msg": "Bearer ***"}, requests=4),
    ),
    Case("echo/200-page", (answer(f"<p>{BEARER}</p>", 200, HTML),), Raises(APIResponseError)),
    Case("echo/headers-401", (answer("", 401, ECHO),), Raises(AuthenticationError)),
    Case("echo/headers-200-page", (answer("<p>", 200, ECHO),), Raises(APIResponseError)),
    Case("echo/headers-200-good", (answer(GOOD_BODY, 200, ECHO),), Value()),
    Case("echo/header-name", (answer("", 404, f"X-{KEY}: 1"),), Raises(NotFoundError)),
    Case("echo/reason", (raw(f"HTTP/1.1 404 {KEY}\r\nContent-Length: 0\r\n\r\n"),), Raises(NotFoundError)),
    Case(
        "echo/redirect",
        (answer("", 302, f"Location: https://elsewhere.example/?key={KEY}"),),
        Raises(APIStatusError, says="key=***"),
    ),
    Case("echo/encoding", (answer("x", 200, f"Content-Encoding: {KEY}"),), Raises(APIResponseError)),
    Case("echo/status-line", (raw(f"{BEARER}\r\n\r\n", Close()),), Raises(APIConnectionError, requests=4)),
    Case(
        "echo/header-malformed",
        (raw(f"HTTP/1.1 200 OK\r\n{BEARER}\r\n\r\n", Close()),),
        Raises(APIConnectionError, requests=4),
    ),
    Case(
        "echo/chunk-size",
        (raw(head(200, "Transfer-Encoding: chunked") + f"{KEY}\r\n".encode(), Close()),),
        Raises(APIConnectionError, requests=4),
    ),
    Case(
        "echo/body-cut",
        (raw(head(200, "Content-Length: 500") + BEARER.encode(), Close()),),
        Raises(APIConnectionError, requests=4),
    ),
    Case("echo/gzip-body", (answer(gzipped(same(f"<p>{BEARER}</p>")), 404, GZIP),), Raises(NotFoundError)),
    Case(
        "echo/asset-field", (answer(envelope(asset(asset_id=...).replace("portrait", KEY))),), Raises(APIResponseError)
    ),
    Case("echo/code", (answer(envelope(code=json.dumps(KEY))),), Raises(APIResponseError)),
    Case(
        "echo/across-the-message-limit",
        (answer(envelope(code="7", msg=json.dumps("x" * 280 + KEY), data="null")),),
        Raises(APIStatusError),
    ),
    Case("echo/across-the-body-limit", (answer("x" * (65536 - 20) + KEY, 404, HTML),), Raises(NotFoundError)),
    Case("echo/thousand-times", (answer(f"{KEY} " * 5000, 404, HTML),), Raises(NotFoundError)),
    Case(
        "echo/escaped-unprintable",
        (answer(envelope(code="7", msg=json.dumps(f"\x1b{KEY}\n"), data="null")),),
        Raises(APIStatusError),
    ),
    Case(
        "echo/json-escaped",
        (answer(envelope(code="7", msg='"' + "".join(f"\\u{ord(c):04x}" for c in KEY) + '"', data="null")),),
        Raises(APIStatusError, {"msg": "***"}),
    ),
]
