"""Which requests a fault meets."""

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import FakeClock, Faults, MockService

from .helpers import BATCH, GROWTH, STATUS, Caller

SEVERAL = "batchQuerySeedanceSpRealPersonStatus"


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
    assert (first.times, first.hits, mock.fault.planned) == (0, 2, [])


def test_one_operation(mock: MockService, caller: Caller) -> None:
    mock.add("id1")
    mock.fault.code(operation=SEVERAL, times=2)
    assert codes(caller, 2) == [0, 0]
    assert codes(caller, 3, BATCH) == [-1, -1, 0]


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


def test_chance_repeats_under_a_seed() -> None:
    def drawn(seed: float | str) -> list[bool]:
        faults = Faults(["one"], seed)
        faults.code(chance=0.3)
        return [bool(faults.draw("one", dict)) for _ in range(200)]

    assert drawn(1) == drawn(1) != drawn(2)
    assert drawn("text") == drawn("text")
    assert 40 < sum(drawn(1)) < 80


def test_chance_and_times(mock: MockService, caller: Caller) -> None:
    mock.add("id1")
    mock.fault.code(chance=0.5, times=2)
    mock.fault.status(chance=0)
    assert sorted(codes(caller, 50))[:3] == [-1, -1, 0]


def test_what_replaces_an_answer_counts_as_no_poll_and_what_loses_it_does(mock: MockService, caller: Caller) -> None:
    mock.add("id1", polls=2)
    mock.fault.code(times=3)
    codes(caller, 3)
    assert caller.one("id1")["status"] == "Processing"
    mock.fault.cut()
    with pytest.raises(httpx.RemoteProtocolError):
        caller.one("id1")
    assert caller.one("id1")["status"] == "Active"


def test_a_delay_goes_with_another_fault(clock: FakeClock, mock: MockService, caller: Caller) -> None:
    mock.add("id1")
    mock.fault.delay(2, times=3)
    mock.fault.code(times=2)
    assert (codes(caller, 4), clock.now()) == ([-1, -1, 0, 0], 6)
    assert [seen.fault for seen in mock.requests] == ["delay 2 s, code -1"] * 2 + ["delay 2 s", None]


def test_faults_come_before_the_key_and_for_wrong_requests_but_not_for_unknown_paths(
    mock: MockService, caller: Caller
) -> None:
    mock.fault.code(times=2)
    assert caller.http.get("/elsewhere").status_code == 404
    assert caller.http.post(STATUS, json={}).json()["code"] == -1
    assert caller.http.post(STATUS, headers={"Authorization": "no"}).json()["code"] == -1
    assert [seen.problem for seen in mock.requests[1:]] == [None, None]


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
    assert (caller.several("id1"), twice.hits) == ({"id1": "Active"}, 0)


def test_a_fault_of_assets_waits_for_one(mock: MockService, caller: Caller) -> None:
    for plan in (mock.fault.unknown_status, mock.fault.null_fields):
        plan()
        assert codes(caller, 1) == [20002]
        assert mock.requests[-1].fault is None
    mock.add("id1")
    codes(caller, 1)
    assert mock.requests[-1].fault == "unknown status Reviewing"


def test_an_operation_the_mock_does_not_know_meets_faults() -> None:
    mock = MockService(spec=GROWTH)
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
