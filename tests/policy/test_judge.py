"""answer.judge: what each answer means, and an answer that is cut at each byte in turn."""

import json
import time
from typing import Any

import pytest

from jimmy_ai_openapi_client import (
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
from jimmy_ai_openapi_client.sdk.policy.answer import READ_OPERATIONS, Operation, Received, judge, operation_of

GOOD = {"code": 0, "msg": "ok", "data": {"asset_id": "id1", "status": "Active"}}
TEXT = json.dumps(GOOD)
STATUS_PATH, BATCH_PATH = (path for _, path in READ_OPERATIONS)
STATUS, OTHER = operation_of("POST", STATUS_PATH), operation_of("POST", "/videos/submit")


def judged(body: bytes | str, status: int = 200, operation: Operation = STATUS, **headers: str) -> dict[str, Any]:
    data = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return judge(Received(operation, lambda text: text, status, named, data), wall=0.0)


def refused(body: bytes | str, status: int = 200, **headers: Any) -> JimmyAIError:
    with pytest.raises((APIStatusError, APIResponseError)) as caught:
        judged(body, status, **headers)
    return caught.value


USABLE: dict[str, str] = {
    "member twice, last wins": TEXT.replace('"code": 0', '"code": 5, "code": 0'),
    "escapes": TEXT.replace("id1", "\\u0069d1"),
    "deep, but not too deep": TEXT.replace("}}", f', "x": {"[" * 50}{"]" * 50}}}}}'),
    "long number": TEXT.replace("}}", f', "x": {"9" * 4000}}}}}'),
    "lone surrogate": TEXT.replace("}}", ', "x": "\\ud800"}}'),
}


@pytest.mark.parametrize("case", USABLE)
def test_odd_but_usable(case: str) -> None:
    payload = judged(USABLE[case])
    payload["data"].pop("x", None)
    assert payload == GOOD


def test_null_members_are_dropped_at_any_depth() -> None:
    body = {
        **GOOD,
        "data": {"asset_id": "id1", "name": None, "new": {"a": None, "b": [{"c": None}, None]}},
        "msg": None,
    }
    assert judged(json.dumps(body)) == {"code": 0, "data": {"asset_id": "id1", "new": {"b": [{}, None]}}}


UNUSABLE: dict[str, str] = {
    "": "empty",
    " \r\n": "empty",
    "<!DOCTYPE html>": "not JSON",
    "busy": "not JSON",
    '{"code": 0,}': "not JSON",
    TEXT[:-1]: "truncated JSON",
    TEXT + "}": "not JSON",
    '{"code": NaN}': "JSON nested too deeply, or with an invalid number",
    '{"code": ' + "9" * 5000 + "}": "JSON nested too deeply, or with an invalid number",
    "[" * 100_000 + "]" * 100_000: "JSON nested too deeply, or with an invalid number",
    "[]": "JSON, but not an object",
    '{"code": true}': "no usable business code in the answer",
    '{"code": 0}': "data is not of the documented shape",
}


@pytest.mark.parametrize("body", UNUSABLE, ids=lambda body: ascii(body[:12]))
def test_the_message_names_content_type_and_length_and_quotes_nothing(body: str) -> None:
    error = refused(body, content_type="text/x")
    assert str(error).startswith(f"realperson/status: HTTP 200, {len(body)} bytes of text/x: {UNUSABLE[body]}. ")
    assert "DOCTYPE" not in str(error)
    assert error.body == body[: 64 * 1024]
    assert getattr(error, "transient", None) is (body in {"", " \r\n", TEXT[:-1]})


@pytest.mark.parametrize(
    "text", [TEXT, '{"code": 0, "data": {"n": "忙\\u5fd9", "l": [1, {"a": true}]}, "m": "\\"é😀"}']
)
def test_cut_anywhere(text: str) -> None:
    """Worth another try wherever it was cut, if it was to be usable at all."""
    whole = text.encode()
    for cut in range(len(whole)):
        error = refused(whole[:cut])
        assert isinstance(error, APIResponseError)
        assert error.transient, whole[:cut]
        assert not getattr(refused(whole[:cut], 201), "transient", True)


@pytest.mark.parametrize("status", [199, 300, 304, 399, 400, 499, 500, 599, 600, 999])
def test_outside_of_200_the_status_decides(status: int) -> None:
    """Those from 300 on are named as redirects, whatever they lead to."""
    error = refused(TEXT, status)
    assert type(error) is not APIResponseError
    assert (error.status_code, error.code, error.msg) == (status, 0, "ok")
    assert ("a redirect to nowhere" in str(error)) == (300 <= status < 400)


@pytest.mark.parametrize(("status", "problem"), [(204, "no content"), (206, "only a part of the answer")])
def test_a_part_of_an_answer_is_none_even_if_it_looks_right(status: int, problem: str) -> None:
    assert f": {problem}. " in str(refused(TEXT, status))


DATA: dict[str, tuple[bool, bool]] = {
    "null": (False, True),
    "[]": (False, False),
    "5": (False, False),
    "false": (False, False),
    '{"items": {}}': (True, False),
    '{"items": 0}': (True, False),
    '{"items": null}': (True, True),
    '{"items": [{}, 5]}': (True, False),
    '{"items": [null]}': (True, False),
}


@pytest.mark.parametrize("data", DATA)
def test_data_that_is_not_of_the_documented_shape(data: str) -> None:
    """Of one asset, and of several."""
    for path, fits in zip((STATUS_PATH, BATCH_PATH), DATA[data], strict=True):
        operation, body = operation_of("POST", path), f'{{"code": 0, "data": {data}}}'
        if fits:
            assert judged(body, operation=operation)["code"] == 0
        else:
            with pytest.raises(APIResponseError, match="data is not of the documented shape") as caught:
                judged(body, operation=operation)
            assert not caught.value.transient


WORDS = [
    ({"msg": "a", "message": "b"}, "a"),
    ({"msg": None, "message": "b"}, "b"),
    ({"error": {"message": "c"}}, "c"),
    ({"msg": 5, "error": "text"}, None),
    ({"msg": [], "message": {"a": 1}, "error": {}}, None),
]


@pytest.mark.parametrize(("body", "msg"), WORDS, ids=str)
@pytest.mark.parametrize("status", [200, 299, 400])
def test_the_service_s_words(body: dict[str, Any], msg: str | None, status: int) -> None:
    """Endpoints of the service differ in where they put them."""
    error = refused(json.dumps({"code": 5, **body}), status)
    assert error.msg == msg
    assert f"realperson/status: HTTP {status}, code 5: {msg or 'no reason given'}" in str(error)


def test_no_more_than_300_characters_of_the_service() -> None:
    """In the message; the attribute has them all, and the body 64 KiB, whatever the letters weigh."""
    error = refused(json.dumps({"code": 5, "msg": "忙" * 100_000}, ensure_ascii=False))
    assert str(error).count("忙") == 300
    assert error.msg == "忙" * 100_000
    assert error.body is not None
    assert 64 * 1024 - 3 <= len(error.body.encode()) <= 64 * 1024
    assert len(str(refused("", 404, content_type="x" * 5000, x_request_id="\x1b" * 5000))) < 600
    assert len(refused("", 404, x_request_id="\x1b" * 5000).request_id or "") == 300


@pytest.mark.parametrize(
    ("headers", "request_id"),
    [({"x_request_id": "r1", "cf_ray": "c1"}, "r1"), ({"x_request_id": "", "cf_ray": "c1"}, "c1"), ({}, None)],
    ids=str,
)
def test_request_id(headers: dict[str, Any], request_id: str | None) -> None:
    assert refused("", 500, **headers).request_id == refused("", **headers).request_id == request_id


NO_CODES: list[Any] = [None, True, False, 0.0, "", "zero", "0.0", "1234567890", [], {}]
REFUSALS: dict[type[JimmyAIError], list[tuple[int, Any]]] = {
    APIStatusError: [*((n, None) for n in (199, 302, 399, 402, 405, 421, 423, 428, 430, 499, 600, 999)), (200, 1)],
    BadRequestError: [(400, None), (422, 0), (200, 20002), (299, "20002")],
    AuthenticationError: [(401, -1), (200, 20001)],
    PermissionDeniedError: [(403, None)],
    NotFoundError: [(404, None)],
    RateLimitError: [(429, None)],
    InternalServerError: [(500, None), (503, 20001), (599, None), (200, -1), (200, "-1")],
    APIResponseError: [(200, code) for code in NO_CODES],
}


@pytest.mark.parametrize(
    ("kind", "status", "code"), [(kind, *one) for kind, some in REFUSALS.items() for one in some], ids=str
)
def test_the_class_of_a_refusal(kind: type[JimmyAIError], status: int, code: Any) -> None:
    """The status decides, then the code."""
    error = refused(json.dumps({"code": code, "data": {}}), status)
    assert type(error) is kind
    assert (error.operation, error.status_code) == ("realperson/status", status)
    if kind is not APIResponseError:
        assert str(error).startswith(
            f"realperson/status: HTTP {status}" + ("" if code is None else f", code {code}") + ":"
        )


@pytest.mark.parametrize("code", [0, 200, 20000, "0", "200", "20000"])
def test_codes_of_success(code: int | str) -> None:
    assert judged(json.dumps({"code": code, "data": {}}), 299) == {"code": code, "data": {}}


DAY = "Thu, 01 Jan 1970"
RETRY_AFTERS: list[tuple[dict[str, str], float | None]] = [
    ({"retry_after": f"{DAY} 00:00:10 GMT"}, None),  # past, which makes no sense
    ({"retry_after": f"{DAY} 00:00:11 GMT"}, 0),
    ({"retry_after": f"{DAY} 00:00:12 GMT"}, 1),
    ({"retry_after": f"{DAY} 00:00:12"}, 1),
    ({"retry_after": f"{DAY} 02:00:12 +0200"}, 1),
    *(
        ({"retry_after": text}, seconds)
        for text, seconds in (("7", 7), (" 1.5 ", 1.5), (".5", 0.5), ("5.", 5), ("0", 0))
    ),
    *(
        ({"retry_after": text}, None)
        for text in ("soon", "", "-5", "nan", "1.2.3", ".", "9" * 5000, f"{DAY[:-4]}99999")
    ),
    ({"retry_after_ms": " 250", "retry_after": "40"}, 0.25),
    ({"retry_after_ms": "-1", "retry_after": "40"}, 40),
    ({}, None),
]


@pytest.mark.parametrize(("headers", "seconds"), RETRY_AFTERS, ids=lambda one: str(one)[:60])
def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    """At eleven seconds after the epoch."""
    received = Received(STATUS, str, 503, {name.replace("_", "-"): text for name, text in headers.items()})
    with pytest.raises(InternalServerError) as caught:
        judge(received, wall=11.0)
    assert caught.value.retry_after == seconds


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="no time zones to set here")
@pytest.mark.parametrize(
    "date",
    [
        "Fri, 01 May 2026 12:00:20 GMT",
        "Friday, 01-May-26 12:00:20 GMT",
        "Fri May  1 12:00:20 2026",
        "Fri, 01 May 2026 20:00:20 +0800",
    ],
)
def test_dates_are_in_gmt_wherever_the_caller_is(monkeypatch: pytest.MonkeyPatch, date: str) -> None:
    monkeypatch.setenv("TZ", "XYZ-8")
    time.tzset()
    try:
        with pytest.raises(JimmyAIError) as caught:
            judge(Received(STATUS, str, 503, {"retry-after": date}), wall=1_777_636_800.0)  # 12:00 of that day
    finally:
        monkeypatch.undo()
        time.tzset()
    assert caught.value.retry_after == 20


def test_what_does_not_print_is_escaped() -> None:
    assert "nowhere\\n\\x1b" in str(refused("", 302, location="https://nowhere\n\x1b"))


def test_before_an_answer_there_is_only_the_operation_to_tell() -> None:
    assert Received(STATUS, str).facts() == {"operation": "realperson/status"}


def test_other_operations_have_data_of_any_shape() -> None:
    for data in ([1], "text", 5, {"x": 1}):
        assert judged(json.dumps({"code": 0, "data": data}), operation=OTHER)["data"] == data
    assert judged('{"code": "20000"}', operation=OTHER) == {"code": "20000"}


@pytest.mark.parametrize(
    ("method", "path", "name", "is_read", "is_checked"),
    [
        ("POST", STATUS_PATH, "realperson/status", True, True),
        ("POST", BATCH_PATH, "realperson/batch-status", True, True),
        ("PUT", STATUS_PATH, "realperson/status", False, False),
        ("POST", f"/other{STATUS_PATH}", "realperson/status", False, False),
        ("GET", "/x/", "x", True, False),
        ("HEAD", "/a/b/c", "b/c", True, False),
        ("OPTIONS", "/", "", True, False),
        ("DELETE", "/a/" + "b" * 200, "a/" + "b" * 98, False, False),
    ],
)
def test_an_operation_is_known_by_method_and_whole_path(
    method: str, path: str, name: str, is_read: bool, is_checked: bool
) -> None:
    """Another one that ends like a query may change something."""
    found = operation_of(method, path)
    assert (found.name, found.is_read, found.fits is not None) == (name, is_read, is_checked)
