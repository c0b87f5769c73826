"""answer.judge: odd bodies, one by one."""

import json
from typing import Any

import pytest

from jimmy_ai_openapi_client import APIResponseError, APIStatusError, BadRequestError
from jimmy_ai_openapi_client.sdk.policy.answer import READ_OPERATIONS, Operation, Received, judge, operation_of

GOOD = {"code": 0, "msg": "ok", "data": {"asset_id": "id1", "status": "Active"}}
TEXT = json.dumps(GOOD)


STATUS, OTHER = (operation_of("POST", path) for path in (next(iter(READ_OPERATIONS))[1], "/videos/submit"))


def judged(body: bytes | str, status: int = 200, operation: Operation = STATUS, **headers: str) -> dict[str, Any]:
    data = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return judge(Received(operation, lambda text: text, status, named, data), wall=0.0)


USABLE: dict[str, bytes] = {
    "plain": TEXT.encode(),
    "byte order mark": b"\xef\xbb\xbf" + TEXT.encode(),
    "space around": b"\r\n\t " + TEXT.encode() + b" \n",
    "member twice, last wins": TEXT.replace('"code": 0', '"code": 5, "code": 0').encode(),
    "escapes": TEXT.replace("id1", "\\u0069d1").encode(),
    "deep, but not too deep": TEXT.replace("}}", f', "x": {"[" * 50}{"]" * 50}}}}}').encode(),
    "long number": TEXT.replace("}}", f', "x": {"9" * 4000}}}}}').encode(),
    "lone surrogate": TEXT.replace("}}", ', "x": "\\ud800"}}').encode(),
}


@pytest.mark.parametrize("case", USABLE)
@pytest.mark.parametrize("status", [200, 201, 202, 203, 207, 226, 299])
def test_usable(case: str, status: int) -> None:
    """The body decides, not the content type, and any 2xx will do."""
    payload = judged(USABLE[case], status, content_type="text/html")
    payload["data"].pop("x", None)
    assert payload == GOOD


def test_null_members_are_dropped_at_any_depth() -> None:
    body = {**GOOD, "data": {**GOOD["data"], "name": None, "new": {"a": None, "b": [{"c": None}, None]}}, "msg": None}  # type: ignore[dict-item]
    assert judged(json.dumps(body)) == {
        "code": 0,
        "data": {"asset_id": "id1", "status": "Active", "new": {"b": [{}, None]}},
    }


UNUSABLE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "space": (b" \r\n\t", "empty"),
    "mark alone": (b"\xef\xbb\xbf", ""),
    "html": (b"<!DOCTYPE html><html>", "not JSON"),
    "text": (b"ok", "not JSON"),
    "cut": (TEXT[:-1].encode(), "ends too early"),
    "trailing": (TEXT.encode() + b"}", "not JSON"),
    "two answers": (TEXT.encode() * 2, "not JSON"),
    "utf-16": (TEXT.encode("utf-16"), "not UTF-8"),
    "utf-16 without mark": (TEXT.encode("utf-16-le"), ""),
    "gbk": ('{"code": 0, "msg": "成功"}'.encode("gbk"), "not UTF-8"),
    "nan": (b'{"code": 0, "data": NaN}', "number that is none"),
    "infinity": (b'{"code": 0, "data": [-Infinity]}', "number that is none"),
    "digits": (b'{"code": 0, "data": ' + b"9" * 5000 + b"}", "number that is none"),
    "digits in code": (b'{"code": ' + b"9" * 5000 + b"}", "number that is none"),
    "nested": (b'{"code": 0, "data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
    "nested objects": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested too deeply"),
    "list": (f"[{TEXT}]".encode(), "not an object"),
    "string": (json.dumps(TEXT).encode(), "not an object"),
    "number": (b"0", "not an object"),
    "null": (b"null", "not an object"),
    "single quotes": (TEXT.replace('"', "'").encode(), "not JSON"),
    "comment": (f"{TEXT[:-1]} // ok\n}}".encode(), "not JSON"),
    "xssi": (b")]}'\n" + TEXT.encode(), "not JSON"),
    "jsonp": (f"cb({TEXT})".encode(), "not JSON"),
    "zero byte": (TEXT.replace("ok", "o\0k").encode(), "not JSON"),
}
unusable = pytest.mark.parametrize("case", UNUSABLE)


@unusable
def test_unusable(case: str) -> None:
    """The message names content type and length, and quotes nothing."""
    body, problem = UNUSABLE[case]
    with pytest.raises(APIResponseError) as caught:
        judged(body, content_type="text/x")
    assert f"realperson/status: HTTP 200, {len(body)} bytes of text/x: " in str(caught.value)
    assert problem in str(caught.value)
    assert str(caught.value).isprintable()
    assert "html" not in str(caught.value).lower().replace("text/html", "")


@unusable
@pytest.mark.parametrize("status", [400, 418, 502, 999])
def test_with_a_refusal_the_status_decides(case: str, status: int) -> None:
    """Whatever the body is."""
    with pytest.raises(APIStatusError) as caught:
        judged(UNUSABLE[case][0], status)
    assert (caught.value.status_code, caught.value.code) == (status, None)


@pytest.mark.parametrize("cut", range(1, len(TEXT)))
def test_cut_anywhere(cut: int) -> None:
    """Worth another try wherever it was cut."""
    with pytest.raises(APIResponseError) as caught:
        judged(TEXT[:cut])
    assert caught.value.transient


@pytest.mark.parametrize("cut", range(1, len(TEXT)))
def test_cut_anywhere_of_other_text(cut: int) -> None:
    """The same with letters of several bytes, nested lists and escapes."""
    text = '{"code": 0, "data": {"n": "忙\\u5fd9", "l": [1, {"a": true}]}, "m": "\\"é😀"}'.encode()
    with pytest.raises(APIResponseError) as caught:
        judged(text[: min(cut, len(text) - 1)])
    assert caught.value.transient


@pytest.mark.parametrize("status", [204, 206])
def test_no_content_and_partial_content(status: int) -> None:
    """Not even when the body looks right: a part of an answer is none."""
    with pytest.raises(APIResponseError):
        judged(TEXT, status)


def test_a_refusal_s_own_code_and_words() -> None:
    with pytest.raises(BadRequestError, match="HTTP 400, code 5: wrong") as caught:
        judged('{"code": "5", "msg": "wrong"}', 400)
    assert (caught.value.code, caught.value.msg) == (5, "wrong")


@pytest.mark.parametrize(
    "location", ["https://x.example/?a=1\n", "/relative", "\ud800", "", "x" * 5000], ids=lambda one: ascii(one[:9])
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 300, 304])
def test_redirects_are_named_not_followed(status: int, location: str) -> None:
    with pytest.raises(APIStatusError) as caught:
        judged(TEXT, status, location=location)
    assert type(caught.value) is APIStatusError
    assert "a redirect to " in str(caught.value)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 400


def test_other_operations_have_data_of_any_shape() -> None:
    for data in ([1], "text", 5, {"x": 1}):
        assert judged(json.dumps({"code": 0, "data": data}), operation=OTHER)["data"] == data
    assert judged('{"code": "20000"}', operation=OTHER) == {"code": "20000"}


@pytest.mark.parametrize("code", [0, 20000, 200, "0", "20000", "200"])
def test_codes_of_success(code: int | str) -> None:
    assert judged(json.dumps({**GOOD, "code": code}))["data"] == GOOD["data"]


WORDS = [
    ({"msg": "a", "message": "b"}, "a"),
    ({"msg": None, "message": "b"}, "b"),
    ({"error": {"message": "c"}}, "c"),
    ({"msg": 5, "error": "text"}, None),
]


@pytest.mark.parametrize(("body", "msg"), WORDS, ids=str)
@pytest.mark.parametrize("status", [200, 400])
def test_the_service_s_words(body: dict[str, Any], msg: str | None, status: int) -> None:
    """Endpoints of the service differ in where they put them."""
    with pytest.raises(APIStatusError) as caught:
        judged(json.dumps({"code": 5, **body}), status)
    assert caught.value.msg == msg
    assert (msg or "no reason given") in str(caught.value)
