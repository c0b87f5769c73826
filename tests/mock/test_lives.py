import math
from typing import Any

import pytest

from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService

from .play import BATCH, STATUS, Caller


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


def test_life_unless_told_otherwise(clock: FakeClock) -> None:
    by_polls, by_time = MockService(clock=clock), MockService(clock=clock, seconds=60)
    for mock in (by_polls, by_time):
        mock.add("usual")
        mock.add("quick", polls=0)
    assert [Caller(by_polls).one("usual")["status"] for _ in range(3)] == ["Processing", "Processing", "Active"]
    assert Caller(by_polls).one("quick")["status"] == "Active"
    assert [Caller(by_time).one("usual")["status"] for _ in range(3)] == ["Processing"] * 3
    assert Caller(by_time).one("quick")["status"] == "Active"
    clock.advance(60)
    assert Caller(by_time).one("usual")["status"] == "Active"


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


def test_an_official_id_finds_the_asset_too(mock: MockService, caller: Caller) -> None:
    mock.add("id1", polls=1, official_id="off-1")
    assert caller.several("off-1", "id1") == {"id1": "Processing"}
    assert caller.one("off-1")["status"] == "Active"
    with pytest.raises(ValueError, match="one official_id"):
        mock.add("id2", "id3", official_id="off-2")


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


def test_the_same_requests_get_the_same_answers() -> None:
    def play() -> list[bytes]:
        clock = FakeClock()
        mock = MockService(clock=clock)
        mock.add("a", "b", polls=1)
        mock.add("c", seconds=3, outcome="Failed")
        answers = []
        for _ in range(4):
            answers.append(Caller(mock).http.post(BATCH, json={"asset_ids": ["c", "a", "b"]}).content)
            clock.sleep(1)
        return answers

    assert play() == play()
    assert len(set(play())) == 3
