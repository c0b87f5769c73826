"""Waiting: which ids are asked for, when, and when an asset is final."""

import logging
from itertools import pairwise
from typing import Any

import pytest

from jimmy_ai_openapi_client import AssetFailedError, AssetStatus, BadRequestError, WaitResult, WaitTimeoutError

from .lives import Waits, waiting

FIRST = 5.25
"""The first pause, without chance."""


def test_one_is_looked_at_at_once_and_then_after_growing_pauses() -> None:
    service, waits = waiting({"a": "PPPPPPA"}, latencies=[0.5])
    assert waits.wait("a").is_active
    pauses = [later - sooner - 0.5 for sooner, later in pairwise(service.times)]
    assert service.times[0] == 0
    assert pauses == pytest.approx([5.25, 8.3, 13, 14.25, 14.25, 14.25], abs=0.4)


def test_pauses_begin_when_the_answers_are_in() -> None:
    service, waits = waiting({"a": "PPA"}, latencies=[3.0])
    waits.wait("a")
    assert service.times[:2] == [0, 3 + FIRST]


def test_no_ids_need_no_request() -> None:
    service, waits = waiting()
    result = waits.wait_many([])
    assert (len(result), result.pending, result.missing, result.requests, result.elapsed) == (0, (), (), 0, 0)
    assert list(waits.as_completed([])) == []
    assert service.asked == []


def test_only_unfinished_ones_are_asked_again() -> None:
    service, waits = waiting({"a": "PPPA", "b": "A", "c": "PA", "d": "PPF"})
    result = waits.wait_many("abcd", on_failure="return")
    assert service.ids == ["abcd", "acd", "ad", "a"]
    assert (list(result.active), list(result.failed)) == (["a", "b", "c"], ["d"])


def test_a_round_is_asked_in_chunks_that_close_up() -> None:
    """What is left fits in fewer requests."""
    service, waits = waiting(dict.fromkeys("acegi", "PA"), batch_size=3, concurrency=2)
    result = waits.wait_many("abcdefghij")
    assert service.ids == ["abc", "def", "ghi", "j", "ace", "gi"]
    assert (list(result), result.requests) == ([*"abcdefghij"], 6)


@pytest.mark.parametrize(("life", "requests"), [("F", 1), ("PF", 2), ("QPQF", 4)])
def test_one_that_fails_is_an_error_that_names_it(life: str, requests: int) -> None:
    service, waits = waiting({"a": life})
    with pytest.raises(AssetFailedError, match="0 of 1 assets active, 1 failed \\('a'\\)") as caught:
        waits.wait("a")
    result = caught.value.result
    assert isinstance(result, WaitResult)
    assert result["a"].status == AssetStatus.FAILED
    assert len(service.asked) == result.requests == requests


def test_all_are_waited_for_before_a_failure_raises_or_is_returned() -> None:
    lives = {"a": "F", "b": "PPA", "c": "-"}
    with pytest.raises(AssetFailedError) as caught:
        waiting(lives)[1].wait_many("abc")
    assert str(caught.value).startswith("1 of 3 assets active, 1 failed ('a'), 1 unknown to the service ('c')")
    for result in (caught.value.result, waiting(lives)[1].wait_many("abc", on_failure="return")):
        assert (list(result.active), list(result.failed), result.missing, result.pending) == (["b"], ["a"], ("c",), ())
        assert list(result.items()) == [("a", result.failed["a"]), ("b", result.active["b"])]


def test_missing_ones_alone_are_a_failure_too() -> None:
    with pytest.raises(AssetFailedError, match="1 of 2 assets active, 1 unknown to the service \\('a'\\)"):
        waiting({"a": "-"})[1].wait_many("ab")


def test_three_answers_without_it_make_an_id_missing() -> None:
    service, waits = waiting({"a": "-", "b": "P----A", "c": "PPPPPPA"})
    result = waits.wait_many("abc", on_failure="return")
    assert service.ids == ["abc", "abc", "abc", "bc", "c", "c", "c"]
    assert result.missing == ("a", "b")
    assert result["b"].status == AssetStatus.PROCESSING
    assert "a" not in result


@pytest.mark.parametrize(("life", "requests", "missing"), [("--P--P--A", 9, ()), ("-5-55-PA", 6, ("a",))])
def test_only_answers_count_an_absence_or_clear_it(life: str, requests: int, missing: tuple[str, ...]) -> None:
    service, waits = waiting({"a": life})
    assert waits.wait_many("a", on_failure="return").missing == missing
    assert len(service.asked) == requests


def test_unknown_statuses_are_not_final_and_warned_of_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "jimmy_ai_openapi_client")
    service, waits = waiting({"a": "QQPA", "b": "PQA"}, batch_size=1)
    assert len(waits.wait_many("ab").active) == 2
    assert len(service.asked) == 7
    assert [record.getMessage() for record in caplog.records] == ["unknown status 'Queued', taken as not final"]


def test_any_number_of_looks_without_a_timeout() -> None:
    service, waits = waiting({"a": "P" * 300 + "A"})
    assert waits.wait("a", timeout=None).is_active
    assert len(service.asked) == 301


def test_a_malformed_id_spoils_no_other() -> None:
    """The chunk is halved until the service refuses the id alone."""
    ids = [f"id{number}" for number in range(100)]
    service, waits = waiting({"id62": "X", "id7": "XPA"})
    with pytest.raises(AssetFailedError) as caught:
        waits.wait_many(ids)
    result = caught.value.result
    assert list(result.failed) == ["id62"]
    assert list(result.active) == [one for one in ids if one != "id62"]
    refused = result["id62"]
    assert isinstance(refused.error, BadRequestError)
    assert (refused.is_final, refused.is_active) == (True, False)
    assert all(asset.error is None for asset in result.active.values())
    assert len(service.asked) == result.requests <= 1 + 2 * 7


def test_a_refused_id_is_told_and_yielded_like_a_failed_one() -> None:
    told: list[Any] = []
    waiting({"b": "PX"})[1].wait_many("ab", on_update=lambda *one: told.append(one), on_failure="return")
    (_, nothing), (before, _), (refused, previous) = told
    assert (nothing, previous) == (None, before)
    assert isinstance(refused.error, BadRequestError)
    assert [asset.error is None for asset in waiting({"b": "PX"})[1].as_completed("ab")] == [True, False]


def test_malformed_ids_alone_are_asked_once_each() -> None:
    service, waits = waiting(dict.fromkeys("abcd", "X"))
    assert list(waits.wait_many("abcd", on_failure="return").failed) == [*"abcd"]
    assert sorted(service.ids) == ["a", "ab", "abcd", "b", "c", "cd", "d"]


def test_trouble_while_halving_leaves_the_rest_to_the_next_round() -> None:
    service, waits = waiting({"b": "XXX", "c": "PTA"}, concurrency=1)
    result = waits.wait_many("abcd", on_failure="return")
    assert service.ids == ["abcd", "ab", "a", "b", "cd", "cd"]
    assert (list(result.active), list(result.failed)) == (["a", "c", "d"], ["b"])


def test_each_wait_has_a_time_of_its_own() -> None:
    service, waits = waiting({"a": "PPPPPPPPA"})
    waits.wait("a")
    before = service.clock.now()
    result = Waits(service, waits.settings, []).wait_many("b", timeout=3)
    assert (list(result.active), result.elapsed, service.clock.now()) == (["b"], 0, before)
    service, waits = waiting({"a": "P"}, batch_size=1, concurrency=1)
    service.clock.advance(1000)
    told: list[float] = []
    with pytest.raises(WaitTimeoutError) as caught:
        waits.wait_many("a", timeout=30, on_progress=lambda progress: told.append(progress.elapsed))
    assert told[:2] == [0, pytest.approx(FIRST)]
    assert 25 <= caught.value.result.elapsed <= 30
    with pytest.raises(WaitTimeoutError) as caught:
        waits.wait_many("bac", timeout=3)
    assert list(caught.value.result.active) == ["b", "c"]
