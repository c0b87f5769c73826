"""Every fault, in both forms of the mock, as an httpx client meets it."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import FakeClock, Faults, MockService, PlannedFault

from .helpers import BATCH, FORMS, STATUS, WAYS, Caller, asking

OK = '{"code": 0, "msg": "ok", "data": {'
Plan = Callable[[Faults], PlannedFault]


def told(answer: httpx.Response | httpx.HTTPError) -> tuple[Any, ...]:
    """What of an answer must be the same in every form."""
    if isinstance(answer, httpx.HTTPError):
        return type(answer), str(answer)
    headers = {name: answer.headers.get(name) for name in ("content-type", "content-length", "retry-after")}
    return answer.status_code, headers, answer.content


def ask(mock: MockService, form: str, way: str, path: str, body: Any, **more: Any) -> tuple[Any, ...]:
    """The answer to one request."""
    with asking(mock, form, way) as request:
        try:
            return told(request("POST", path, json=body, **more))
        except httpx.HTTPError as error:
            return told(error)


def every_form(plan: Plan) -> list[tuple[Any, ...]]:
    """The answers to a request that meets the fault, one for each form and way."""
    answers = []
    for form in FORMS:
        for way in WAYS:
            mock = MockService(clock=FakeClock())
            mock.add("id1", "id2", "id3", polls=0)
            plan(mock.fault)
            answers.append(ask(mock, form, way, STATUS, {"asset_id": "id1"}))
            assert mock.requests[0].fault == plan(mock.fault).text
    return answers


def one(answers: list[tuple[Any, ...]]) -> tuple[Any, ...]:
    """The answer that all of them are."""
    assert [answer for answer in answers if answer != answers[0]] == []
    return answers[0]


REPLACED: list[tuple[Plan, int, str, str]] = [
    (lambda fault: fault.code(), 200, "application/json", '{"code": -1, "msg": "system busy, try again later"}'),
    (
        lambda fault: fault.code(30001, "余额不足"),
        200,
        "application/json",
        json.dumps({"code": 30001, "msg": "余额不足"}),
    ),
    (lambda fault: fault.rate_limited(7), 429, "application/json", '{"code": 429, "msg": "too many requests"}'),
    (lambda fault: fault.status(561), 561, "text/html; charset=utf-8", "<h1>Error 561</h1>"),
    (lambda fault: fault.html(), 200, "text/html; charset=utf-8", "<h1>Please wait</h1>"),
]


@pytest.mark.parametrize(("plan", "status", "kind", "part"), REPLACED)
def test_an_answer_is_replaced(plan: Plan, status: int, kind: str, part: str) -> None:
    got, headers, content = one(every_form(plan))
    assert (got, headers["content-type"]) == (status, kind)
    assert part in content.decode()


@pytest.mark.parametrize(("given", "sent"), [(5, "5"), (0.5, "0.5"), ("soon", "soon"), (None, None)])
def test_retry_after(given: Any, sent: str | None) -> None:
    assert one(every_form(lambda fault: fault.rate_limited(given)))[1]["retry-after"] == sent


def test_a_reset_connection() -> None:
    assert {kind for kind, _ in every_form(Faults.reset)} == {httpx.ReadError}
    mock = MockService()
    mock.fault.reset()
    assert "Connection reset by peer" in ask(mock, "inside", "sync", STATUS, {"asset_id": "id1"})[1]


@pytest.mark.parametrize("keep", [0, 0.5, 1])
def test_a_cut_body(keep: float) -> None:
    kind, text = one(every_form(lambda fault: fault.cut(keep)))
    assert kind is httpx.RemoteProtocolError
    whole = len(ask(aged(), "inside", "sync", STATUS, {"asset_id": "id1"})[2])
    assert f"(received {min(int(whole * keep), whole - 1)} bytes, expected {whole})" in text


def aged() -> MockService:
    mock = MockService(clock=FakeClock())
    mock.add("id1", "id2", "id3", polls=0)
    return mock


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
def test_an_answer_says_something_else(plan: Plan, names: list[str], seen: list[tuple[Any, ...]]) -> None:
    mock = aged()
    plan(mock.fault)
    answer = Caller(mock).http.post(BATCH, json={"asset_ids": ["id1", "id2", "id3"]})
    assert [tuple(item[name] for name in names) for item in answer.json()["data"]["items"]] == seen


def test_all_fields_but_two_are_null_the_reference_of_an_unfinished_asset_too() -> None:
    """The real service says so; the spec does not allow it."""
    mock = MockService()
    mock.add("id1")
    mock.fault.null_fields()
    told = Caller(mock).one("id1")
    assert {name for name, value in told.items() if value is not None} == {"asset_id", "status"}
    assert told["asset_ref"] is None


@pytest.mark.parametrize("plan", [lambda fault: fault.delay(3), lambda fault: fault.drip(3)])
def test_a_slow_answer_is_whole_and_takes_its_time_on_the_clock(plan: Plan) -> None:
    for form in FORMS:
        for way in WAYS:
            mock, honest = aged(), aged()
            plan(mock.fault)
            expected = ask(honest, "inside", "sync", STATUS, {"asset_id": "id1"})
            assert ask(mock, form, way, STATUS, {"asset_id": "id1"}) == expected
            assert mock.clock.now() == pytest.approx(3)


SLOW: list[tuple[Plan, float, float | None]] = [
    (lambda fault: fault.delay(40), 30, 30),
    (lambda fault: fault.delay(40), 40, None),
    (lambda fault: fault.drip(400), 3, 3),
    (lambda fault: fault.drip(400), 6, None),  # httpx counts anew for each piece
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("plan", "timeout", "gives_up_after"), SLOW)
def test_a_client_in_process_waits_no_longer_than_it_would(
    plan: Plan, timeout: float, gives_up_after: float | None, way: str
) -> None:
    mock = aged()
    plan(mock.fault)
    answer = ask(mock, "inside", way, STATUS, {"asset_id": "id1"}, timeout=timeout)
    assert answer[0] is httpx.ReadTimeout if gives_up_after else answer[0] == 200
    if gives_up_after:
        assert mock.clock.now() == gives_up_after
