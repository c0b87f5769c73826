"""answer.judge on anything: a payload without null members, or one of our errors with a text of one line."""
# ruff: noqa: PT017  (what holds for either outcome is no case for pytest.raises)

import json
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from jimmy_ai_openapi_client import APIResponseError, APIStatusError, JimmyAIError
from jimmy_ai_openapi_client.sdk.policy.answer import READ_OPERATIONS, SUCCESS, Operation, Received, judge, operation_of
from jimmy_ai_openapi_client.sdk.policy.retry import is_transient

from .lives import KEY, asset

STATUS, BATCH = (operation_of(*one) for one in READ_OPERATIONS)
OPERATIONS = [STATUS, BATCH, operation_of("POST", "/videos/submit")]
GOOD = [
    {"code": 0, "msg": "ok", "data": asset("id1", asset_ref="ref", name="忙", created_at="2026-05-01 12:00:00")},
    {"code": "20000", "msg": "ok", "data": {"items": [asset("id1"), asset("id2", "Failed", new=[1, {"a": None}])]}},
    {"code": 20001, "msg": "expired", "data": None},
]

scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from([0, 20000, -1])
)
names = st.sampled_from(["code", "msg", "data", "items", "asset_id", "status", "asset_ref", "name", "x"]) | st.text(
    max_size=5
)
json_values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=5), max_leaves=20
)
statuses = st.sampled_from(
    [200, 200, 200, 201, 204, 206, 299, 301, 400, 401, 403, 404, 422, 429, 500, 502, 520]
) | st.integers(100, 999)
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


def check(operation: Operation, status: int, headers: dict[str, str], body: bytes) -> None:
    try:
        received = Received(operation, lambda text: text.replace(KEY, "***"), status, headers, body)
        payload = judge(received, 1.8e9)
    except (APIStatusError, APIResponseError) as error:
        assert isinstance(error, JimmyAIError)
        assert str(error).isprintable()
        assert len(str(error)) < 1000
        assert error.body is not None
        assert len(error.body.encode()) <= 64 * 1024
        assert error.retry_after is None or 0 <= error.retry_after < float("inf")
        assert (error.operation, error.status_code) == (operation.name, status)
        assert KEY not in f"{error}{vars(error)}"
        assert is_transient(error) in {True, False}
    else:
        assert 200 <= status < 300
        assert int(payload["code"]) in SUCCESS
        assert not isinstance(payload["code"], bool)
        assert not nulls(payload)
        assert operation.fits is None or operation.fits(payload.get("data"))


def nulls(value: Any) -> bool:
    """Whether some object in `value` has a null member."""
    if isinstance(value, dict):
        return any(one is None or nulls(one) for one in value.values())
    return isinstance(value, list) and any(map(nulls, value))


operations = st.sampled_from(OPERATIONS)
bodies = st.binary(max_size=200) | st.text(max_size=50).map(lambda text: json.dumps({"msg": text + KEY}).encode())


@given(operation=operations, status=statuses, headers=headers, body=bodies)
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
