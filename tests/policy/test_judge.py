"""answer.judge: any answer is a payload without null members, or one of our errors with a text of one line.

What each answer means is in the table of tests/faults: statuses, codes, shapes, bodies, and Retry-After.
"""
# ruff: noqa: PT017  (what holds for either outcome is no case for pytest.raises)

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jimmy_ai_openapi_client import APIResponseError, APIStatusError, JimmyAIError
from jimmy_ai_openapi_client.sdk.policy.answer import READ_OPERATIONS, SUCCESS, Operation, Received, judge, operation_of
from jimmy_ai_openapi_client.sdk.policy.retry import is_transient

from .lives import KEY, asset

STATUS_PATH, BATCH_PATH = (path for _, path in READ_OPERATIONS)
STATUS, BATCH, OTHER = (operation_of("POST", path) for path in (STATUS_PATH, BATCH_PATH, "/videos/submit"))
GOOD = [
    {"code": 0, "msg": "ok", "data": asset("id1", asset_ref="ref", name="忙", created_at="2026-05-01 12:00:00")},
    {"code": "20000", "msg": "ok", "data": {"items": [asset("id1"), asset("id2", "Failed", new=[1, {"a": None}])]}},
    {"code": 20001, "msg": "expired", "data": None},
]


def refused(body: bytes | str, status: int = 200, **headers: str) -> JimmyAIError:
    data = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    with pytest.raises((APIStatusError, APIResponseError)) as caught:
        judge(Received(STATUS, str, status, named, data), wall=0.0)
    return caught.value


@pytest.mark.parametrize(
    "text", [json.dumps(GOOD[0]), '{"code": 0, "data": {"n": "忙\\u5fd9", "l": [1, {"a": true}]}}']
)
def test_cut_anywhere(text: str) -> None:
    """Worth another try wherever it was cut, if it was to be usable at all."""
    whole = text.encode()
    for cut in range(len(whole)):
        assert getattr(refused(whole[:cut]), "transient", False), whole[:cut]
        assert not getattr(refused(whole[:cut], 201), "transient", True)


@pytest.mark.parametrize("status", [199, 300, 399, 400])
def test_outside_of_200_the_status_decides(status: int) -> None:
    error = refused(json.dumps(GOOD[0]), status)
    assert type(error) is not APIResponseError
    assert (error.status_code, error.code, error.msg) == (status, 0, "ok")


def test_no_more_than_300_characters_of_the_service() -> None:
    """In the message; the attribute has them all, and the body 64 KiB, whatever the letters weigh."""
    error = refused(json.dumps({"code": 5, "msg": "忙" * 100_000}, ensure_ascii=False))
    assert str(error).count("忙") == 300
    assert error.msg == "忙" * 100_000
    assert 64 * 1024 - 3 <= len((error.body or "").encode()) <= 64 * 1024
    assert len(str(refused("", 404, content_type="x" * 5000, x_request_id="\x1b" * 5000))) < 600
    assert len(refused("", 404, x_request_id="\x1b" * 5000).request_id or "") == 300


@pytest.mark.parametrize("data", [[1], "text", 5, {"x": 1}], ids=str)
def test_other_operations_have_data_of_any_shape(data: Any) -> None:
    body = json.dumps({"code": 0, "data": data}).encode()
    assert judge(Received(OTHER, str, 200, {}, body), 0.0)["data"] == data


def test_before_an_answer_there_is_only_the_operation_to_tell() -> None:
    assert Received(STATUS, str).facts() == {"operation": "realperson/status"}


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


scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from([0, 20000, -1])
)
names = st.sampled_from(["code", "msg", "data", "items", "asset_id", "status", "asset_ref", "name", "x"]) | st.text(
    max_size=5
)
json_values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=5), max_leaves=20
)
date_words = st.sampled_from(
    ["Fri,", "01", "May", "2026", "12:00:20", "GMT", "+9999", "-0000", "-", "99999", "", "::", "1:2"]
)
retry_after = (
    st.text(max_size=12)
    | st.integers().map(str)
    | st.floats().map(str)
    | st.lists(date_words, max_size=8).map(" ".join)
    | st.datetimes().map(lambda when: when.strftime("%a, %d %b %Y %H:%M:%S GMT"))
)
texts = {name: st.text(max_size=400) for name in ("content-type", "x-request-id", "cf-ray", "location")}
headers = st.fixed_dictionaries({}, optional={**texts, "retry-after": retry_after, "retry-after-ms": retry_after})
operations = st.sampled_from([STATUS, BATCH, OTHER])
bodies = st.binary(max_size=200) | st.text(max_size=50).map(lambda text: json.dumps({"msg": text + KEY}).encode())


def check(operation: Operation, status: int, headers: dict[str, str], body: bytes) -> None:
    try:
        received = Received(operation, lambda text: text.replace(KEY, "***"), status, headers, body)
        payload = judge(received, 1.8e9)
    except (APIStatusError, APIResponseError) as error:
        assert str(error).isprintable()
        assert len(str(error)) < 1000
        assert error.retry_after is None or 0 <= error.retry_after < float("inf")
        assert (error.operation, error.status_code) == (operation.name, status)
        assert KEY not in f"{error}{vars(error)}"
        assert is_transient(error) in {True, False}
    else:
        assert 200 <= status < 300
        assert int(payload["code"]) in SUCCESS
        assert not isinstance(payload["code"], bool)
        assert not has_nulls(payload)
        assert operation.fits is None or operation.fits(payload.get("data"))


def has_nulls(value: Any) -> bool:
    """Whether some object in `value` has a null member."""
    if isinstance(value, dict):
        return any(one is None or has_nulls(one) for one in value.values())
    return isinstance(value, list) and any(map(has_nulls, value))


@given(operation=operations, status=st.just(200) | st.integers(100, 999), headers=headers, body=bodies)
@example(STATUS, 200, {}, b"\xef\xbb\xbf")
@example(STATUS, 200, {}, b"\xff\xfe{\0}\0")
@example(STATUS, 200, {}, b'{"code":-0}')
def test_any_bytes(operation: Operation, status: int, headers: dict[str, str], body: bytes) -> None:
    check(operation, status, headers, body)


@given(operation=operations, good=st.sampled_from(GOOD), data=st.data())
def test_mutated_values(operation: Operation, good: Any, data: st.DataObject) -> None:
    """A good answer with one value anywhere in it replaced."""
    body = json.loads(json.dumps(good))
    places: list[tuple[Any, Any]] = [(body, name) for name in body]
    for inner, name in places:
        if isinstance(inner[name], dict | list):
            keys = inner[name] if isinstance(inner[name], dict) else range(len(inner[name]))
            places += [(inner[name], key) for key in keys]
    inner, name = data.draw(st.sampled_from(places))
    inner[name] = data.draw(json_values)
    check(operation, 200, {}, json.dumps(body).encode())
