"""Waiting: which ids are asked for, when, and when an asset is final."""

import logging
from itertools import pairwise
from typing import Any

import pytest

from jimmy_ai_openapi_client import AssetFailedError, AssetStatus, BadRequestError, WaitTimeoutError

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


def those(ids: str, life: str) -> dict[str, str]:
    return dict.fromkeys(ids, life)


SITUATIONS: dict[str, tuple[dict[str, str], dict[str, int], list[str], tuple[str, str, str]]] = {
    "only unfinished ones are asked again": (
        {"a": "PPPA", "b": "A", "c": "PA", "d": "PPF"},
        {},
        ["abcd", "acd", "ad", "a"],
        ("abc", "d", ""),
    ),
    "what is left fits in fewer requests": (
        those("abcdefghij", "A") | those("acegi", "PA"),
        {"batch_size": 3, "concurrency": 2},
        ["abc", "def", "ghi", "j", "ace", "gi"],
        ("abcdefghij", "", ""),
    ),
    "three answers without it make an id missing": (
        {"a": "-", "b": "P----A", "c": "PPPPPPA"},
        {},
        ["abc", "abc", "abc", "bc", "c", "c", "c"],
        ("c", "", "ab"),
    ),
    "an answer with it clears an absence": ({"a": "--P--P--A"}, {}, [*"aaaaaaaaa"], ("a", "", "")),
    "only answers count": ({"a": "-5-55-PA"}, {}, [*"aaaaaa"], ("", "", "a")),
    "unknown statuses are not final": ({"a": "QQPA", "b": "PQF"}, {}, ["ab", "ab", "ab", "a"], ("a", "b", "")),
    "malformed ids alone are asked once each": (
        those("abcd", "X"),
        {"concurrency": 1},
        ["abcd", "ab", "a", "b", "cd", "c", "d"],
        ("", "abcd", ""),
    ),
    "trouble while halving leaves the rest to the next round": (
        {"a": "A", "b": "XXX", "c": "PTA", "d": "A"},
        {"concurrency": 1},
        ["abcd", "ab", "a", "b", "cd", "cd"],
        ("acd", "b", ""),
    ),
    "a bad chunk spoils only itself": (
        those("abcdef", "A") | {"c": "5P5A"},
        {"batch_size": 2},
        ["ab", "cd", "ef", "cd", "c", "c"],
        ("abcdef", "", ""),
    ),
    "a round in which an id is refused is not bad": (
        {"a": "TTTTXP", "b": "TTTTTTTTA"},
        {"batch_size": 1},
        [*"ababababab", *"bbbb"],
        ("b", "a", ""),
    ),
}


@pytest.mark.parametrize(("lives", "options", "asked", "ways"), SITUATIONS.values(), ids=SITUATIONS)
def test_what_is_asked_and_what_becomes_of_it(
    lives: dict[str, str], options: dict[str, Any], asked: list[str], ways: tuple[str, str, str]
) -> None:
    """The ids of each request; and which are active, failed, missing in the end."""
    service, waits = waiting(lives, **options)
    result = waits.wait_many(lives, on_failure="return")
    assert service.ids == asked
    assert tuple("".join(way) for way in (result.active, result.failed, result.missing)) == ways
    assert (result.requests, result.pending) == (len(asked), ())


FAILURES = {
    "F": "0 of 1 assets active, 1 failed ('a')",
    "PF": "0 of 1 assets active, 1 failed ('a')",
    "-": "0 of 1 assets active, 1 unknown to the service ('a')",
}


@pytest.mark.parametrize("life", FAILURES)
def test_one_that_fails_is_an_error_that_names_it(life: str) -> None:
    with pytest.raises(AssetFailedError) as caught:
        waiting({"a": life})[1].wait("a")
    assert str(caught.value).startswith(FAILURES[life])


def test_all_are_waited_for_before_a_failure_raises_or_is_returned() -> None:
    lives = {"a": "F", "b": "PPA", "c": "-", "d": "P---"}
    with pytest.raises(AssetFailedError) as caught:
        waiting(lives)[1].wait_many("abcd")
    assert str(caught.value).startswith("1 of 4 assets active, 1 failed ('a'), 2 unknown to the service ('c', …)")
    for result in (caught.value.result, waiting(lives)[1].wait_many("abcd", on_failure="return")):
        assert (list(result.active), list(result.failed), result.missing) == (["b"], ["a"], ("c", "d"))
        assert [(one, asset.status) for one, asset in result.items()] == [
            ("a", AssetStatus.FAILED),
            ("b", AssetStatus.ACTIVE),
            ("d", AssetStatus.PROCESSING),
        ]


def test_an_unknown_status_is_warned_of_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "jimmy_ai_openapi_client")
    waiting({"a": "QQPA", "b": "PQA"}, batch_size=1)[1].wait_many("ab")
    assert [record.getMessage() for record in caplog.records] == ["unknown status 'Queued', taken as not final"]


def test_any_number_of_looks_without_a_timeout() -> None:
    service, waits = waiting({"a": "P" * 300 + "A"})
    assert waits.wait("a", timeout=None).is_active
    assert len(service.asked) == 301


def test_a_refused_id_is_told_and_yielded_like_a_failed_one() -> None:
    told: list[Any] = []
    result = waiting({"b": "PX"})[1].wait_many("ab", on_update=lambda *one: told.append(one), on_failure="return")
    (_, nothing), (before, _), (refused, previous) = told
    assert (nothing, previous, result["b"]) == (None, before, refused)
    assert isinstance(refused.error, BadRequestError)
    assert (refused.is_final, refused.is_active) == (True, False)
    assert [asset.error is None for asset in waiting({"b": "PX"})[1].as_completed("ab")] == [True, False]


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
