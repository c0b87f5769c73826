"""Wrong arguments are refused at once, by name, and ids are what a caller makes them."""

import math
from typing import Any

import pytest

from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService

from .play import BATCH, STATUS, Caller

MADE: list[tuple[dict[str, Any], str]] = [
    ({"api_key": ""}, "api_key must not be empty"),
    ({"api_key": None}, "api_key must be a str, not None"),
    ({"clock": 5}, "clock must be a Clock, such as FakeClock\\(\\), not 5"),
    ({"clock": FakeClock}, "clock must be a Clock"),
    ({"polls": -1}, "polls must be at least 0, not -1"),
    ({"polls": True}, "polls must be a number, not True"),
    ({"polls": math.nan}, "polls must be at least 0, not nan"),
    ({"seconds": "5"}, "seconds must be a number, not '5'"),
]
ADDED: list[tuple[tuple[Any, ...], dict[str, Any], str]] = [
    (("a",), {"polls": -1}, "polls must be at least 0"),
    (("a",), {"seconds": -0.1}, "seconds must be at least 0"),
    (("a",), {"polls": 1, "seconds": 1}, "for polls or for seconds, not for both"),
    (("a",), {"outcome": ""}, "outcome must not be empty"),
    (("a",), {"outcome": None}, "outcome must be a str, not None"),
    ((["a", "b"],), {}, "one an argument: mock.add\\(\\*ids\\), not \\['a', 'b'\\]"),
    (("a", "b"), {"official_id": "x"}, "one official_id cannot stand for several assets"),
    (("a", "b"), {"asset_id": "x"}, "one asset_id cannot stand for several assets"),
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
    assert (repr(clock), repr(mock)) == ("FakeClock(now=0, pauses=0)", "MockService(assets=0, requests=0)")
    clock.sleep(2.5)
    mock.add("a", "b")
    mock.fault.code(times=2)
    Caller(mock).http.get("/x")
    assert repr(clock) == "FakeClock(now=2.5, pauses=1)"
    assert repr(mock) == "MockService(assets=2, requests=1, Faults(code -1))"
    assert mock.api_key == "sk-mock"
