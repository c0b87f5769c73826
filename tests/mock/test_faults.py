"""What each kind of fault makes of an answer; `test_congruence` shows that it is the same over a socket."""

import json
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService

from .helpers import BATCH, STATUS, Caller, Plan

ASKED = {"asset_id": "id1"}


@pytest.fixture(autouse=True)
def _assets(mock: MockService) -> None:
    mock.add("id1", "id2", "id3", polls=0)


REPLACED: list[tuple[Plan, int, str]] = [
    (lambda fault: fault.code(), 200, '{"code": -1, "msg": "system busy, try again later"}'),
    (lambda fault: fault.code(30001, "余额不足"), 200, json.dumps({"code": 30001, "msg": "余额不足"})),
    (lambda fault: fault.rate_limited(7), 429, '{"code": 429, "msg": "too many requests"}'),
    (lambda fault: fault.status(561), 561, "<h1>Error 561</h1>"),
    (lambda fault: fault.html(), 200, "<h1>Please wait</h1>"),
]


@pytest.mark.parametrize(("plan", "status", "part"), REPLACED)
def test_an_answer_is_replaced(caller: Caller, plan: Plan, status: int, part: str) -> None:
    plan(caller.mock.fault)
    answer = caller.http.post(STATUS, json=ASKED)
    kind = "application/json" if part.startswith("{") else "text/html; charset=utf-8"
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, kind)
    assert part in answer.text


@pytest.mark.parametrize(("given", "sent"), [(5, "5"), (0.5, "0.5"), ("soon", "soon"), (None, None)])
def test_retry_after(caller: Caller, given: Any, sent: str | None) -> None:
    caller.mock.fault.rate_limited(given)
    assert caller.http.post(STATUS, json=ASKED).headers.get("Retry-After") == sent


def test_a_reset_connection(caller: Caller) -> None:
    caller.mock.fault.reset()
    with pytest.raises(httpx.ReadError, match="Connection reset by peer"):
        caller.one("id1")


@pytest.mark.parametrize("keep", [0, 0.5, 1])
def test_a_cut_body(caller: Caller, keep: float) -> None:
    whole = len(caller.http.post(STATUS, json=ASKED).content)
    caller.mock.fault.cut(keep)
    with pytest.raises(httpx.RemoteProtocolError) as caught:
        caller.one("id1")
    assert f"(received {min(int(whole * keep), whole - 1)} bytes, expected {whole})" in str(caught.value)


CHANGED: list[tuple[Plan, list[str], list[tuple[Any, ...]]]] = [
    (lambda fault: fault.null_fields("name", "status"), ["name", "status"], [(None, None)] * 3),
    (lambda fault: fault.unknown_status("审核中"), ["status", "name"], [("审核中", f"id{at}") for at in (1, 2, 3)]),
    (lambda fault: fault.missing_item(), ["asset_id"], [("id2",), ("id3",)]),
    (lambda fault: fault.missing_item("id2"), ["asset_id"], [("id1",), ("id3",)]),
    (lambda fault: fault.duplicate_item(), ["asset_id"], [("id1",), ("id2",), ("id3",), ("id1",)]),
    (
        lambda fault: fault.duplicate_item("id2", "Failed"),
        ["asset_id", "status"],
        [("id1", "Active"), ("id2", "Active"), ("id3", "Active"), ("id2", "Failed")],
    ),
]


@pytest.mark.parametrize(("plan", "names", "seen"), CHANGED)
def test_an_answer_says_something_else(
    caller: Caller, plan: Plan, names: list[str], seen: list[tuple[Any, ...]]
) -> None:
    plan(caller.mock.fault)
    answer = caller.http.post(BATCH, json={"asset_ids": ["id1", "id2", "id3"]})
    assert [tuple(item[name] for name in names) for item in answer.json()["data"]["items"]] == seen


def test_all_fields_but_two_are_null_the_reference_of_an_unfinished_asset_too(caller: Caller) -> None:
    """The real service says so; the spec does not allow it."""
    caller.mock.add("new")
    caller.mock.fault.null_fields()
    told = caller.one("new")
    assert {name for name, value in told.items() if value is not None} == {"asset_id", "status"}
    assert told["asset_ref"] is None


SLOW: list[tuple[Plan, float, float | None]] = [
    (lambda fault: fault.delay(40), 30, 30),
    (lambda fault: fault.delay(40), 40, None),
    (lambda fault: fault.drip(400), 3, 3),
    (lambda fault: fault.drip(400), 6, None),  # httpx counts anew for each piece
]


@pytest.mark.parametrize(("plan", "timeout", "gives_up_after"), SLOW)
def test_a_slow_answer_is_whole_and_takes_its_time_as_far_as_the_client_has_patience(
    caller: Caller, clock: FakeClock, plan: Plan, timeout: float, gives_up_after: float | None
) -> None:
    whole = caller.http.post(STATUS, json=ASKED).content
    planned = plan(caller.mock.fault)
    if gives_up_after:
        with pytest.raises(httpx.ReadTimeout):
            caller.http.post(STATUS, json=ASKED, timeout=timeout)
        assert clock.now() == gives_up_after
    else:
        assert caller.http.post(STATUS, json=ASKED, timeout=timeout).content == whole
        assert f"{clock.now():g} s" == planned.text.partition(" ")[2]
