"""Which requests a fault meets."""

from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService

from .helpers import BATCH, STATUS, Caller

ONE, SEVERAL = "querySeedanceSpRealPersonStatus", "batchQuerySeedanceSpRealPersonStatus"


def codes(caller: Caller, count: int, path: str = STATUS) -> list[int]:
    body = {"asset_id": "id1", "asset_ids": ["id1"]}
    answers = [caller.http.post(path, json=body) for _ in range(count)]
    return [answer.json()["code"] if answer.status_code == 200 else answer.status_code for answer in answers]


def test_faults_follow_each_other(mock: MockService, caller: Caller) -> None:
    mock.add("id1")
    first = mock.fault.code(times=2)
    rest = [mock.fault.status(520), mock.fault.rate_limited(times=2)]
    assert mock.fault.planned == [first, *rest]
    assert codes(caller, 6) == [-1, -1, 520, 429, 429, 0]
    assert (first.times, first.hits) == (0, 2)
    assert mock.fault.planned == []


def test_one_operation(mock: MockService, caller: Caller) -> None:
    mock.add("id1")
    mock.fault.code(operation=SEVERAL, times=2)
    assert codes(caller, 2) == [0, 0]
    assert codes(caller, 3, BATCH) == [-1, -1, 0]
    with pytest.raises(ValueError, match=f"no operation 'status'; the spec has {ONE}, {SEVERAL}"):
        mock.fault.code(operation="status")


def test_until_it_is_over(mock: MockService, caller: Caller) -> None:
    mock.add("id1")
    planned = mock.fault.code(times=None)
    assert codes(caller, 20) == [-1] * 20
    planned.cancel()
    with mock.fault.status(500, times=None) as within:
        assert codes(caller, 2) == [500, 500]
    assert (codes(caller, 1), within.hits) == ([0], 2)
    one, _ = mock.fault.status(500, times=None), mock.fault.code(times=None)
    mock.fault.clear(one.number)
    assert codes(caller, 1) == [-1]
    mock.fault.clear()
    assert codes(caller, 1) == [0]


def by_chance(seed: Any) -> list[int]:
    mock = MockService(seed=seed)
    mock.add("id1")
    mock.fault.code(chance=0.3)
    return codes(Caller(mock), 200)


def test_chance_repeats_under_a_seed() -> None:
    drawn = by_chance(1)
    assert drawn == by_chance(1)
    assert drawn != by_chance(2)
    assert 40 < drawn.count(-1) < 80
    assert by_chance("text") == by_chance("text")


def test_chance_and_times(mock: MockService, caller: Caller) -> None:
    mock.add("id1")
    mock.fault.code(chance=0.5, times=2)
    mock.fault.status(chance=0)
    assert sorted(codes(caller, 100))[:3] == [-1, -1, 0]


def test_what_replaces_an_answer_counts_as_no_poll(mock: MockService, caller: Caller) -> None:
    mock.add("id1", polls=1)
    mock.fault.code(times=3)
    codes(caller, 3)
    assert [caller.one("id1")["status"] for _ in range(2)] == ["Processing", "Active"]


def test_an_answer_that_is_lost_counts_as_a_poll(mock: MockService, caller: Caller) -> None:
    mock.add("id1", polls=1)
    mock.fault.cut()
    with pytest.raises(httpx.RemoteProtocolError):
        caller.one("id1")
    assert caller.one("id1")["status"] == "Active"


def test_a_delay_goes_with_another_fault(clock: FakeClock, mock: MockService, caller: Caller) -> None:
    mock.add("id1")
    mock.fault.delay(2, times=3)
    mock.fault.code(times=2)
    assert codes(caller, 4) == [-1, -1, 0, 0]
    assert clock.now() == 6
    assert [seen.fault for seen in mock.requests] == ["delay 2 s, code -1"] * 2 + ["delay 2 s", None]


def test_faults_come_before_the_key_and_for_wrong_requests_too(mock: MockService, caller: Caller) -> None:
    mock.fault.code(times=2)
    assert caller.http.post(STATUS, json={}).json()["code"] == -1
    assert caller.http.post(STATUS, headers={"Authorization": "no"}).json()["code"] == -1
    assert [seen.problem for seen in mock.requests] == [None, None]


def test_no_fault_meets_a_path_that_the_spec_does_not_have(mock: MockService, caller: Caller) -> None:
    mock.fault.code()
    assert caller.http.get("/elsewhere").status_code == 404
    assert len(mock.fault.planned) == 1


def test_a_fault_of_batches_waits_for_one(mock: MockService, caller: Caller) -> None:
    mock.add("id1", polls=0)
    missing = mock.fault.missing_item("id1")
    assert codes(caller, 1) == [0]
    assert caller.several("other") == {}
    caller.http.post(BATCH, json={})
    assert missing.hits == 0
    assert caller.several("id1") == {}
    assert (missing.hits, missing.times) == (1, 0)
    twice = mock.fault.duplicate_item("other")
    assert caller.several("id1") == {"id1": "Active"}
    assert twice.hits == 0


def test_a_fault_of_assets_waits_for_one(mock: MockService, caller: Caller) -> None:
    for plan in (mock.fault.unknown_status, mock.fault.null_fields):
        plan()
        assert codes(caller, 1) == [20002]
        assert mock.requests[-1].fault is None
    mock.add("id1")
    codes(caller, 1)
    assert mock.requests[-1].fault == "unknown status Reviewing"


def test_an_operation_the_mock_does_not_know_meets_faults(growth: Any) -> None:
    mock = MockService(spec=growth)
    with Caller(mock, "https://api.example.com/v2").http as http:
        mock.fault.duplicate_item(times=None)  # nothing there has items in its data
        mock.fault.unknown_status(operation="getPlate")  # nothing can be made for it
        mock.fault.code(times=3)
        assert http.post("/assets", json={"name": "x"}).json() == {"code": "-1", "msg": "system busy, try again later"}
        assert http.get("/assets/latest").json()["code"] == -1
        assert http.get("/plates/ABC").json()["code"] == -1
        mock.fault.cut()
        with pytest.raises(httpx.RemoteProtocolError):
            http.get("/files/f1/content")
        mock.fault.null_fields()
        assert http.post("/assets", json={"name": "x"}).json()["data"] == {"id": None, "on": None, "asset_ref": None}
    assert [seen.fault for seen in mock.requests] == ["code -1"] * 3 + ["cut body", "null fields"]


WRONG: list[tuple[str, dict[str, Any], type[Exception], str]] = [
    ("code", {"code": "-1"}, TypeError, "code must be a whole number, not '-1'"),
    ("code", {"msg": ""}, ValueError, "msg must not be empty"),
    ("code", {"times": 0}, ValueError, "times must be at least 1, not 0"),
    ("code", {"times": 1.5}, TypeError, "times must be a whole number"),
    ("code", {"chance": 2}, ValueError, "chance must be from 0 to 1, not 2"),
    ("code", {"tmies": 2}, TypeError, "not an argument of a fault: tmies"),
    ("rate_limited", {"retry_after": -1}, ValueError, "retry_after must be at least 0"),
    ("status", {"status": 199}, ValueError, "status must be from 200 to 599, not 199"),
    ("cut", {"keep": 1.1}, ValueError, "keep must be from 0 to 1"),
    ("delay", {"seconds": float("nan")}, ValueError, "seconds must be from 0 to 86400, not nan"),
    ("unknown_status", {"status": None}, TypeError, "status must be a str"),
    ("missing_item", {"asset_id": 3}, TypeError, "asset_id must be a str"),
    ("duplicate_item", {"status": ""}, ValueError, "status must not be empty"),
]


@pytest.mark.parametrize(("kind", "given", "error", "said"), WRONG, ids=str)
def test_a_wrong_fault_is_refused_at_once(
    mock: MockService, kind: str, given: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        getattr(mock.fault, kind)(**given)
    assert mock.fault.planned == []


def test_a_field_is_a_text(mock: MockService) -> None:
    with pytest.raises(TypeError, match="a field must be a str, not 3"):
        mock.fault.null_fields("name", 3)  # type: ignore[arg-type]


def test_faults_can_be_read(mock: MockService) -> None:
    mock.fault.delay(1.5)
    mock.fault.null_fields("name", "url")
    mock.fault.duplicate_item(status="Failed")
    assert repr(mock.fault) == "Faults(delay 1.5 s, null fields: name, url, duplicate item with status Failed)"
