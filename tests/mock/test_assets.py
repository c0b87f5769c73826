"""Assets: how long they are Processing, and under which ids they are found."""

import math

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService

from .helpers import BATCH, JSON, SITE, STATUS, Caller


def test_processing_for_so_many_polls_then_active(mock: MockService, caller: Caller) -> None:
    mock.add("id1")
    seen = [caller.one("id1") for _ in range(4)]
    assert [asset["status"] for asset in seen] == ["Processing"] * 2 + ["Active"] * 2  # two unless told otherwise
    assert ["asset_ref" in asset for asset in seen] == [False] * 2 + [True] * 2
    active = {
        "asset_id": "id1",
        "official_id": "id1",
        "status": "Active",
        "asset_ref": "asset://id1",
        "name": "id1",
        "url": "https://cdn.example.com/id1.jpg",
        "created_at": "2026-05-01 12:00:00",
    }
    assert seen[2:] == [active, active]
    quick = MockService(polls=0)
    quick.add("id1")
    assert Caller(quick).one("id1")["status"] == "Active"


def test_a_look_in_a_batch_counts_once_for_each_asset_asked(mock: MockService, caller: Caller) -> None:
    mock.add("a", "b", polls=2)
    assert caller.several("a", "b") == {"a": "Processing", "b": "Processing"}
    assert caller.one("a")["status"] == "Processing"
    assert caller.several("a", "a", "b") == {"a": "Active", "b": "Processing"}
    assert list(caller.several("b", "a").items()) == [("b", "Active"), ("a", "Active")]


def test_processing_for_so_many_seconds(clock: FakeClock, mock: MockService, caller: Caller) -> None:
    mock.add("id1", seconds=12.5, outcome="Failed")
    clock.sleep(12.4)
    assert [caller.one("id1")["status"] for _ in range(5)] == ["Processing"] * 5
    clock.sleep(0.1)
    failed = caller.one("id1")
    assert (failed["status"], "asset_ref" in failed) == ("Failed", False)


def test_processing_without_end_ends_when_told(clock: FakeClock, mock: MockService, caller: Caller) -> None:
    mock.add("a", polls=math.inf)
    mock.add("b", seconds=math.inf)
    mock.add("c")
    clock.advance(1e9)
    assert [caller.several("a", "b") for _ in range(20)] == [{"a": "Processing", "b": "Processing"}] * 20
    mock.finish("a", "a")
    mock.finish("b", outcome="Failed")
    assert caller.several("a", "b") == {"a": "Active", "b": "Failed"}
    with pytest.raises(KeyError, match="no asset 'd'; add it first"):
        mock.finish("c", "d")
    with pytest.raises(ValueError, match="Processing is not an outcome"):
        mock.finish("c", outcome="Processing")
    assert [mock.statuses()["c"] for _ in range(9)] == ["Processing"] * 9


def test_adding_again_starts_anew_and_removing_ends_it(mock: MockService, caller: Caller) -> None:
    mock.add("id1", polls=0)
    assert caller.one("id1")["status"] == "Active"
    mock.add("id1", polls=1, outcome="Reviewed")
    assert [caller.one("id1")["status"] for _ in range(2)] == ["Processing", "Reviewed"]
    mock.remove("id1")
    assert caller.several("id1") == {}
    with pytest.raises(KeyError):
        mock.remove("id1")


def test_fields_are_shown_as_given(mock: MockService, caller: Caller) -> None:
    mock.add("id1", polls=1, asset_ref="ref-1", official_id="off-1", name=None, size=3)
    mock.add("id2", polls=0, asset_ref=None)
    first, second = caller.one("id1"), caller.one("id1")
    assert "asset_ref" not in first
    assert [second[name] for name in ("asset_ref", "official_id", "name", "size")] == ["ref-1", "off-1", None, 3]
    assert caller.one("id2")["asset_ref"] is None


def test_an_id_may_be_half_a_surrogate_pair(mock: MockService, caller: Caller) -> None:
    mock.add("\ud800", polls=0)
    answer = caller.http.post(STATUS, content=b'{"asset_id": "\\ud800"}', headers=JSON)
    assert answer.json()["data"]["asset_id"] == "\ud800"


def test_an_asset_answers_under_another_id(mock: MockService, caller: Caller) -> None:
    mock.add("id1", polls=0, asset_id="a-7")
    for asked in ("id1", "a-7"):
        data = caller.one(asked)
        assert (data["asset_id"], data["official_id"]) == ("a-7", "id1")
    assert caller.several("id1") == {"a-7": "Active"}


def test_one_malformed_id_spoils_a_batch(mock: MockService, caller: Caller) -> None:
    mock.add("good", "bad", polls=0)
    mock.refuse("bad", "worse")
    refused = caller.http.post(BATCH, json={"asset_ids": ["good", "bad"]}).json()
    assert refused == {"code": 20002, "msg": "asset_ids: 'bad' is malformed"}
    assert caller.http.post(STATUS, json={"asset_id": "worse"}).json()["msg"] == "asset_id: 'worse' is malformed"
    mock.add("bad", polls=0)
    assert caller.several("good", "bad") == {"good": "Active", "bad": "Active"}


def test_things_say_what_they_are(clock: FakeClock, mock: MockService) -> None:
    assert (repr(clock), repr(mock)) == ("FakeClock(now=0, pauses=0)", "MockService(assets=0, requests=0, Faults())")
    clock.sleep(2.5)
    mock.add("a", "b")
    planned = mock.fault.code(times=2)
    assert mock.answer(httpx.Request("GET", f"{SITE}/x")).status_code == 404
    assert (repr(planned), repr(mock.serve())) == ("<code -1: 0 so far>", "MockServer(not started)")
    assert repr(clock) == "FakeClock(now=2.5, pauses=1)"
    assert repr(mock) == "MockService(assets=2, requests=1, Faults(code -1))"
