"""Assets: how long they are Processing, under which ids they are found, and what is refused."""

import math
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService

from .helpers import BATCH, SITE, STATUS, Caller


def test_processing_for_so_many_polls_then_active(mock: MockService, caller: Caller) -> None:
    mock.add("id1", polls=3)
    seen = [caller.one("id1") for _ in range(5)]
    assert [asset["status"] for asset in seen] == ["Processing"] * 3 + ["Active"] * 2
    assert ["asset_ref" in asset for asset in seen] == [False] * 3 + [True] * 2
    assert (
        seen[3]
        == seen[4]
        == {
            "asset_id": "id1",
            "official_id": "id1",
            "status": "Active",
            "asset_ref": "asset://id1",
            "name": "id1",
            "url": "https://cdn.example.com/id1.jpg",
            "created_at": "2026-05-01 12:00:00",
        }
    )


def test_a_look_in_a_batch_counts_once_for_each_asset_asked(mock: MockService, caller: Caller) -> None:
    mock.add("a", "b", polls=2)
    assert caller.several("a", "b") == {"a": "Processing", "b": "Processing"}
    assert caller.one("a")["status"] == "Processing"
    assert caller.several("a", "a", "b") == {"a": "Active", "b": "Processing"}
    assert caller.several("b") == {"b": "Active"}


def test_processing_for_so_many_seconds(clock: FakeClock, mock: MockService, caller: Caller) -> None:
    mock.add("id1", seconds=12.5, outcome="Failed")
    for _ in range(5):
        assert caller.one("id1")["status"] == "Processing"
    clock.sleep(12.4)
    assert caller.one("id1")["status"] == "Processing"
    clock.sleep(0.1)
    failed = caller.one("id1")
    assert failed["status"] == "Failed"
    assert "asset_ref" not in failed


def test_two_polls_unless_told_otherwise() -> None:
    usual, quick = MockService(), MockService(polls=0)
    for mock in (usual, quick):
        mock.add("id1")
    assert [Caller(usual).one("id1")["status"] for _ in range(3)] == ["Processing", "Processing", "Active"]
    assert Caller(quick).one("id1")["status"] == "Active"


def test_a_life_without_end(clock: FakeClock, mock: MockService, caller: Caller) -> None:
    mock.add("a", polls=math.inf)
    mock.add("b", seconds=math.inf)
    clock.advance(1e9)
    for _ in range(20):
        assert caller.several("a", "b") == {"a": "Processing", "b": "Processing"}


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
    assert second["asset_ref"] == "ref-1"
    assert (second["official_id"], second["name"], second["size"]) == ("off-1", None, 3)
    assert caller.one("id2")["asset_ref"] is None


def test_unknown_assets(mock: MockService, caller: Caller) -> None:
    mock.add("known", polls=0)
    assert caller.http.post(STATUS, json={"asset_id": "other"}).json() == {"code": 20002, "msg": "asset not found"}
    assert caller.several("other", "known", "third") == {"known": "Active"}


def test_a_batch_keeps_the_order_asked(mock: MockService, caller: Caller) -> None:
    ids = [f"id{number}" for number in range(200)]
    mock.add(*ids)
    assert list(caller.several(*reversed(ids))) == ids[::-1]


@pytest.mark.parametrize("asset_id", ["", " ", "人物-1", "a/b?c", "\ud800", "x" * 10_000])
def test_ids_are_any_text(mock: MockService, caller: Caller, asset_id: str) -> None:
    mock.add(asset_id, polls=0)
    body = b'{"asset_id": "\\ud800"}' if asset_id == "\ud800" else None
    kind = {"Content-Type": "application/json"}
    asked: dict[str, Any] = {"content": body, "headers": kind} if body else {"json": {"asset_id": asset_id}}
    assert caller.http.post(STATUS, **asked).json()["data"]["asset_id"] == asset_id


MADE: list[tuple[dict[str, Any], str]] = [
    ({"api_key": ""}, "api_key must not be empty"),
    ({"clock": 5}, "clock must be a Clock, such as FakeClock\\(\\), not 5"),
    ({"polls": -1}, "polls must be at least 0, not -1"),
    ({"polls": True}, "polls must be a number, not True"),
    ({"polls": math.nan}, "polls must be at least 0, not nan"),
]
ADDED: list[tuple[tuple[Any, ...], dict[str, Any], str]] = [
    (("a",), {"polls": -1}, "polls must be at least 0"),
    (("a",), {"seconds": "5"}, "seconds must be a number, not '5'"),
    (("a",), {"polls": 1, "seconds": 1}, "for polls or for seconds, not for both"),
    (("a",), {"outcome": None}, "outcome must be a str, not None"),
    ((["a", "b"],), {}, "one an argument: mock.add\\(\\*ids\\), not \\['a', 'b'\\]"),
    (("a", "b"), {"official_id": "x"}, "one official_id cannot stand for several assets"),
]


@pytest.mark.parametrize(("options", "said"), MADE, ids=str)
def test_options(options: dict[str, Any], said: str) -> None:
    with pytest.raises((TypeError, ValueError), match=said):
        MockService(**options)


@pytest.mark.parametrize(("ids", "options", "said"), ADDED, ids=str)
def test_assets(mock: MockService, ids: tuple[Any, ...], options: dict[str, Any], said: str) -> None:
    with pytest.raises((TypeError, ValueError), match=said):
        mock.add(*ids, **options)
    assert mock.statuses() == {}


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
    assert caller.several("good") == {"good": "Active"}
    mock.add("bad", polls=0)
    assert caller.several("good", "bad") == {"good": "Active", "bad": "Active"}


def test_processing_ends_when_told(mock: MockService, caller: Caller) -> None:
    mock.add("a", polls=math.inf)
    mock.add("b", seconds=math.inf)
    mock.add("c")
    mock.finish("a", "a")
    mock.finish("b", outcome="Failed")
    assert mock.statuses() == {"a": "Active", "b": "Failed", "c": "Processing"}
    assert caller.several("a", "b") == {"a": "Active", "b": "Failed"}
    assert [mock.statuses()["c"] for _ in range(9)] == ["Processing"] * 9
    with pytest.raises(KeyError, match="no asset 'd'; add it first"):
        mock.finish("c", "d")
    assert mock.statuses()["c"] == "Processing"
    with pytest.raises(ValueError, match="Processing is not an outcome"):
        mock.finish("c", outcome="Processing")


def test_things_say_what_they_are() -> None:
    clock = FakeClock()
    mock = MockService(clock=clock)
    assert (repr(clock), repr(mock)) == ("FakeClock(now=0, pauses=0)", "MockService(assets=0, requests=0, Faults())")
    clock.sleep(2.5)
    mock.add("a", "b")
    planned = mock.fault.code(times=2)
    assert mock.answer(httpx.Request("GET", f"{SITE}/x")).status_code == 404
    assert (repr(planned), repr(mock.serve())) == ("<code -1: 0 so far>", "MockServer(not started)")
    assert repr(clock) == "FakeClock(now=2.5, pauses=1)"
    assert repr(mock) == "MockService(assets=2, requests=1, Faults(code -1))"
    assert mock.api_key == "sk-mock"
