"""Answers that repeat the key, as careless gateways do."""

import json

from jimmy_ai_openapi_client import (
    APIConnectionError,
    APIResponseError,
    APIStatusError,
    AuthenticationError,
    InternalServerError,
    JimmyAIError,
    NotFoundError,
)

from .case import Case, Raises, Value
from .run import KEY
from .script import GOOD_BODY, GZIP, HTML, Body, Close, Script, answer, asset, envelope, gzipped, head, raw, same

BEARER = f"Bearer {KEY}"
ECHO = f"Authorization: {BEARER}\nX-Request-Id: {KEY}\nCF-Ray: {KEY}\nContent-Type: text/{KEY}"


def _echo(name: str, script: Script, error: type[JimmyAIError], says: str = "", **facts: object) -> Case:
    return Case(f"echo/{name}", (script,), Raises(error, facts, says=says))


def _broken(name: str, data: bytes | str) -> Case:
    return Case(f"echo/{name}", (raw(data, Close()),), Raises(APIConnectionError, requests=4))


def _said(msg: str, code: str = "7") -> Body:
    return envelope(code=code, msg=msg, data="null")


MISSING_KEY = _said(f'"no such key {KEY}"', "20001")
ESCAPED = '"' + "".join(f"\\u{ord(letter):04x}" for letter in KEY) + '"'

CASES = [
    _echo("401-page", answer(f"<p>bad {BEARER}</p>", 401, HTML), AuthenticationError),
    _echo("401-msg", answer(MISSING_KEY, 401), AuthenticationError, "no such key ***", msg="no such key ***"),
    _echo("200-msg", answer(MISSING_KEY), AuthenticationError, msg="no such key ***"),
    Case(
        "echo/500-msg",
        (answer(_said(f'"{BEARER}"', "-1"), 500),),
        Raises(InternalServerError, {"msg": "Bearer ***"}, requests=4),
    ),
    _echo("200-page", answer(f"<p>{BEARER}</p>", 200, HTML), APIResponseError),
    _echo("headers-401", answer("", 401, ECHO), AuthenticationError),
    _echo("headers-200-page", answer("<p>", 200, ECHO), APIResponseError),
    Case("echo/headers-200-good", (answer(GOOD_BODY, 200, ECHO),), Value()),
    _echo("header-name", answer("", 404, f"X-{KEY}: 1"), NotFoundError),
    _echo("reason", raw(f"HTTP/1.1 404 {KEY}\r\nContent-Length: 0\r\n\r\n"), NotFoundError),
    _echo("redirect", answer("", 302, f"Location: https://elsewhere.example/?key={KEY}"), APIStatusError, "key=***"),
    _echo("encoding", answer("x", 200, f"Content-Encoding: {KEY}"), APIResponseError),
    _broken("status-line", f"{BEARER}\r\n\r\n"),
    _broken("header-malformed", f"HTTP/1.1 200 OK\r\n{BEARER}\r\n\r\n"),
    _broken("chunk-size", head(200, "Transfer-Encoding: chunked") + f"{KEY}\r\n".encode()),
    _broken("body-cut", head(200, "Content-Length: 500") + BEARER.encode()),
    _echo("gzip-body", answer(gzipped(same(f"<p>{BEARER}</p>")), 404, GZIP), NotFoundError),
    _echo("asset-field", answer(envelope(asset(asset_id=...).replace("portrait", KEY))), APIResponseError),
    _echo("code", answer(envelope(code=json.dumps(KEY))), APIResponseError),
    _echo("across-the-message-limit", answer(_said(json.dumps("x" * 280 + KEY))), APIStatusError),
    _echo("across-the-body-limit", answer("x" * (65536 - 20) + KEY, 404, HTML), NotFoundError),
    _echo("thousand-times", answer(f"{KEY} " * 5000, 404, HTML), NotFoundError),
    _echo("escaped-unprintable", answer(_said(json.dumps(f"\x1b{KEY}\n"))), APIStatusError),
    _echo("json-escaped", answer(_said(ESCAPED)), APIStatusError, msg="***"),
]
