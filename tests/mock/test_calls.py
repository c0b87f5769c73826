"""What is told to a mock by calls alone, and how its clock runs; the examples have what a scenario can say."""

import asyncio
import math
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import FakeClock, Faults, MockService

from .helpers import SITE, Caller

SERVICE: Any = MockService
WRONG: dict[str, Callable[[Any], object]] = {
    "api_key must not be empty": lambda _: SERVICE(api_key=""),
    "clock must be a Clock, such as FakeClock(), not 5": lambda _: SERVICE(clock=5),
    "polls must be a number, not True": lambda _: SERVICE(polls=True),
    "polls must be at least 0, not nan": lambda _: SERVICE(polls=math.nan),
    "port must be a whole number, not True": lambda mock: mock.serve(True),
    "port must be from 0 to 65535, not -1": lambda mock: mock.serve(-1),
    "port must be from 0 to 65535, not 65536": lambda mock: mock.serve(65536),
    "ids are given as str, one an argument: mock.add(*ids), not ['a', 'b']": lambda mock: mock.add(["a", "b"]),
    "one official_id cannot stand for several assets": lambda mock: mock.add("a", "b", official_id="x"),
    "Object of type date is not JSON serializable": lambda mock: mock.add("a", created_at=date(2026, 5, 1)),
    "Out of range float values are not JSON compliant": lambda mock: mock.add("a", new=math.nan),
    "not an argument of a fault: tmies": lambda mock: mock.fault.code(tmies=2),
}


@pytest.mark.parametrize("said", WRONG)
def test_a_wrong_argument_is_refused_at_once_and_changes_nothing(mock: MockService, said: str) -> None:
    with pytest.raises((TypeError, ValueError), match=f"^{re.escape(said)}"):
        WRONG[said](mock)
    assert (mock.statuses(), mock.fault.planned) == ({}, [])


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


def test_what_is_removed_is_unknown(mock: MockService, caller: Caller) -> None:
    mock.add("a", "b", polls=0)
    mock.remove("a")
    assert caller.several("a", "b") == {"b": "Active"}
    with pytest.raises(KeyError):
        mock.remove("a")


def test_a_fault_lasts_until_it_is_cancelled(mock: MockService, caller: Caller) -> None:
    def codes(count: int) -> list[int]:
        return [caller.one("id1")["code"] for _ in range(count)]

    mock.add("id1")
    planned = mock.fault.code(times=None)
    assert codes(20) == [-1] * 20
    planned.cancel()
    with mock.fault.code(1, times=None) as within:
        assert codes(2) == [1, 1]
    assert (codes(1), within.hits) == ([0], 2)
    one, _ = mock.fault.code(1, times=None), mock.fault.code(2, times=None)
    mock.fault.clear(one.number)
    assert codes(1) == [2]
    mock.fault.clear()
    assert (codes(1), mock.fault.planned) == ([0], [])


def test_a_fault_counts_its_hits(mock: MockService, caller: Caller) -> None:
    mock.add("id1")
    first, second = mock.fault.missing_item("other"), mock.fault.code(times=2)
    caller.several("id1")
    assert [(one.times, one.hits) for one in (first, second)] == [(1, 0), (2, 0)]
    caller.one("id1")["code"]
    assert (mock.fault.planned, second.times, second.hits) == ([first, second], 1, 1)
    caller.one("id1")["code"]
    assert (mock.fault.planned, second.times, second.hits) == ([first], 0, 2)


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
    mock.fault.code(1, chance=0)
    assert sorted(caller.one("id1")["code"] for _ in range(50))[:3] == [-1, -1, 0]


def test_things_say_what_they_are(clock: FakeClock, mock: MockService) -> None:
    assert (repr(clock), repr(mock)) == ("FakeClock(now=0, pauses=0)", "MockService(assets=0, requests=0, Faults())")
    clock.sleep(2.5)
    mock.add("a", "b")
    planned = mock.fault.code(times=2)
    assert mock.answer(httpx.Request("GET", f"{SITE}/x")).status_code == 404
    assert (repr(planned), repr(mock.serve())) == ("<code -1: 0 so far>", "MockServer(not started)")
    assert repr(clock) == "FakeClock(now=2.5, pauses=1)"
    assert repr(mock) == "MockService(assets=2, requests=1, Faults(code -1))"


def test_sleeps_return_at_once_and_move_both_times_on() -> None:
    clock = FakeClock(1000.0)
    clock.sleep(5)
    asyncio.run(clock.asleep(2.5))
    clock.advance(10)
    assert (clock.slept, clock.now(), clock.wall()) == ([5, 2.5], 17.5, 1017.5)


def test_the_chance_of_a_clock_repeats() -> None:
    assert {FakeClock().random() for _ in range(3)} == {0.5}
    drawn, same, other = ([clock.random() for _ in range(5)] for clock in (FakeClock(seed=seed) for seed in (1, 1, 2)))
    assert drawn == same != other
    assert len(set(drawn)) == 5


@pytest.mark.parametrize("seconds", [-1, float("nan")])
def test_time_does_not_go_back(seconds: float) -> None:
    clock = FakeClock()
    with pytest.raises(ValueError, match="forward only"):
        clock.sleep(seconds)
    assert (clock.now(), clock.slept) == (0, [])
