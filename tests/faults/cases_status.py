"""HTTP statuses: what the service, a firewall or a proxy answers instead of 200."""

from typing import Any

from jimmy_ai_openapi_client import (
    APIConnectionError,
    APIResponseError,
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    InternalServerError,
    JimmyAIError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
)

from .case import Case, Raises, Value
from .script import GOOD, GOOD_BODY, HTML, answer, envelope, head, page, raw, same

OWN_CLASS: dict[int, type[JimmyAIError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    422: BadRequestError,
    429: RateLimitError,
}
SOON = (0.5, 1.0, 2.0)
PATIENT = (5.0, 10.0, 20.0)
PAUSES = dict.fromkeys((408, 502, 503, 504, *range(520, 531)), SOON) | dict.fromkeys((429, 500), PATIENT)
SAID = envelope(code="40017", msg='"说不"', data="null")
ELSEWHERE = "Location: https://elsewhere.example/"


def _class(status: int) -> type[JimmyAIError]:
    return OWN_CLASS.get(status, InternalServerError if 500 <= status < 600 else APIStatusError)


def _want(status: int, **facts: object) -> Raises:
    pauses = PAUSES.get(status, ())
    return Raises(_class(status), {"status_code": status, **facts}, requests=1 + len(pauses), pauses=pauses)


def _html(status: int) -> Case:
    return Case(f"status/{status}-page", (page("Oops", status),), _want(status, code=None, msg=None))


def _said(status: int) -> Case:
    return Case(f"status/{status}-envelope", (answer(SAID, status),), _want(status, code=40017, msg="说不"))


def _success_inside(status: int) -> Case:
    return Case(f"status/{status}-success-inside", (answer(GOOD_BODY, status),), _want(status))


def _body_decides(status: int) -> Case:
    return Case(f"status/{status}-good-body", (answer(GOOD_BODY, status),), Value())


def _busy(name: str, pauses: tuple[float, ...], status: int = 503, **options: Any) -> Case:
    want = Raises(InternalServerError, {"status_code": status}, requests=len(pauses) + 1, pauses=pauses)
    return Case(f"status/{status}-{name}", (page("Busy", status),), want, **options)


def _redirect(name: str, status: int, headers: str, says: str = "") -> Case:
    want = Raises(APIStatusError, {"status_code": status}, says=says)
    return Case(f"status/{name}", (answer("", status, headers), GOOD), want)


PAGES = [400, 401, 402, 403, 404, 405, 407, 408, 409, 410, 413, 415, 418, 421, 422, 425, 429, 431, 444, 451, 499]
PAGES += [500, 501, 502, 503, 504, 505, 511, *range(520, 531), 561, 599, 600, 999]
ENVELOPES = [400, 401, 402, 403, 404, 409, 422, 429, 451, 500, 502, 503, 504, 520, 561, 999]

PLAIN = [
    ("text", answer("upstream connect error", 503, "Content-Type: text/plain"), 503),
    ("empty", answer("", 502), 502),
    ("json-list", answer("[1]", 403), 403),
    ("json-cut", answer('{"code":1,"ms', 500), 500),
    ("invalid-utf8", answer(b"\xff\xfe\xfa", 404, HTML), 404),
    ("envelope-code-true", answer(envelope(code="true", data="null"), 409), 409),
    ("fastapi-detail", answer('{"detail":[{"loc":["body"],"msg":"field required"}]}', 422), 422),
    ("openai-error", answer('{"error":{"message":"bad key","type":"x"}}', 401), 401),
    ("msg-object", answer('{"code":7,"msg":{"a":1}}', 400), 400),
]

CASES = [
    *map(_html, PAGES),
    *map(_said, ENVELOPES),
    *map(_success_inside, (400, 403, 500, 520)),
    *map(_body_decides, (201, 202, 203, 207, 226, 299)),
    *[Case(f"status/{name}-on-{status}", (play,), _want(status)) for name, play, status in PLAIN],
    Case("status/401-code-minus-one", (answer(envelope(code="-1"), 401),), _want(401, code=-1)),
    Case("status/400-code-20001", (answer(envelope(code="20001"), 400),), _want(400, code=20001)),
    Case("status/503-once", (page("Busy", 503), GOOD), Value(requests=2, pauses=(0.5,))),
    Case("status/503-thrice", (page("Busy", 503),) * 3 + (GOOD,), Value(requests=4, pauses=SOON)),
    Case(
        "status/503-then-500-then-401",
        (page("", 503), page("", 500), page("", 401)),
        Raises(AuthenticationError, {"status_code": 401}, requests=3, pauses=(0.5, 10.0)),
    ),
    _busy("no-retries", (), max_retries=0),
    _busy("five-retries", (*SOON, 4.0, 8.0), max_retries=5),
    _busy("jitter", (0.4375, 0.875, 1.75), random=0.5),
    _busy("jitter", (5.625, 11.25, 22.5), status=500, random=0.5),
    *[_redirect(f"{n}-redirect", n, ELSEWHERE, "elsewhere.example") for n in (300, 301, 302, 303, 305, 307, 308)],
    _redirect("304-redirect", 304, "ETag: x", "304"),
    _redirect("302-no-location", 302, "X: y"),
    _redirect("307-to-itself", 307, "Location: ?again"),
    _redirect("302-target-escaped", 302, "Location: https://e.example/\x9f\xa0.", "\\x9f\\xa0"),
    _redirect("302-target-long", 302, "Location: https://e.example/" + "a" * 5000),
    Case("status/204", (raw(head(204, "X: y")),), Raises(APIResponseError, {"status_code": 204})),
    Case("status/205-empty", (answer("", 205),), Raises(APIResponseError, {"status_code": 205})),
    Case(
        "status/206-good-body",
        (answer(GOOD_BODY, 206, "Content-Range: bytes 0-99/200"),),
        Raises(APIResponseError, {"status_code": 206}),
    ),
    Case("status/101", (raw(head(101, "Upgrade: x\nConnection: Upgrade")),), Raises(APIConnectionError, requests=4)),
    Case("status/long-reason", (raw(b"HTTP/1.1 404 " + b"no " * 1000 + b"\r\nContent-Length: 0\r\n\r\n"),), _want(404)),
    Case(
        "status/msg-with-escapes",
        (answer(envelope(code="7", msg='"a\\nb\\u001b[31m\\u0000\\u202e\\u2028\\ud800"', data="null")),),
        Raises(APIStatusError, {"msg": "a\nb\x1b[31m\0\u202e\u2028\ud800"}, says="a\\nb\\x1b[31m"),
    ),
    Case(
        "status/msg-long",
        (answer(envelope(code="7", msg=f'"{"很" * 5000}"', data="null")),),
        Raises(APIStatusError, says="很很"),
    ),
    Case(
        "status/msg-long-unprintable",
        (answer(envelope(code="7", msg='"' + "\\u200b" * 5000 + '"', data="null")),),
        Raises(APIStatusError),
    ),
    Case(
        "status/request-id",
        (answer(same("no"), 404, "X-Request-Id: r-1"),),
        Raises(NotFoundError, {"request_id": "r-1"}),
    ),
    Case("status/ray-id", (answer(same("no"), 404, "CF-Ray: 8-FRA"),), Raises(NotFoundError, {"request_id": "8-FRA"})),
    Case(
        "status/request-id-hostile",
        (answer(same("no"), 404, "X-Request-Id: a\x1b[31m" + "z" * 5000),),
        Raises(NotFoundError),
    ),
]
