"""Waiting when looks fail: what is outlasted, what ends the wait, what is kept, and what Retry-After changes."""

from itertools import pairwise

import pytest

from jimmy_ai_openapi_client import APIConnectionError, AuthenticationError, JimmyAIError, WaitTimeoutError
from jimmy_ai_openapi_client.sdk.policy.wait import LONGEST_RETRY_AFTER, Wait

from .lives import REFUSALS, TRANSIENT, TROUBLE, waiting

transient = pytest.mark.parametrize("letter", TRANSIENT)


@transient
def test_four_bad_rounds_are_outlasted(letter: str) -> None:
    service, waits = waiting({"a": letter * 4 + "P" + letter * 4 + "A"})
    assert waits.wait("a").is_active
    assert len(service.asked) == 10
    assert all(later - sooner >= 5 for sooner, later in pairwise(service.times))


@transient
def test_the_fifth_running_ends_the_wait(letter: str) -> None:
    service, waits = waiting({"a": "P" + letter})
    with pytest.raises(JimmyAIError) as caught:
        waits.wait_many("a")
    result = caught.value.wait_result
    assert type(caught.value) is type(TROUBLE[letter]())
    assert result is not None
    assert (list(result), result.pending, result.requests) == (["a"], ("a",), 6)
    assert len(service.asked) == 6


def test_a_round_with_one_answer_is_not_bad() -> None:
    service, waits = waiting({"a": "T", "b": "P"}, batch_size=1)
    with pytest.raises(WaitTimeoutError) as caught:
        waits.wait_many("ab", timeout=300)
    assert isinstance(caught.value.__cause__, APIConnectionError)
    assert list(caught.value.result) == ["b"]
    assert len(service.asked) > 20


@pytest.mark.parametrize("letter", REFUSALS)
def test_a_refusal_ends_the_wait_at_once(letter: str) -> None:
    service, waits = waiting({"a": letter}, batch_size=1, concurrency=1)
    with pytest.raises(JimmyAIError) as caught:
        waits.wait_many("ab")
    assert type(caught.value) is type(REFUSALS[letter]())
    assert caught.value.wait_result is not None
    assert caught.value.wait_result.pending == ("a", "b")
    assert (service.ids, service.clock.now()) == (["a"], 0)


def test_what_was_learnt_until_a_refusal_is_told_and_kept() -> None:
    """In the look itself too; of several refusals the first is raised, and nothing is asked any more."""
    service, waits = waiting({"a": "PPA", "c": "PP1", "e": "PP3"}, batch_size=1, concurrency=4)
    told: list[str] = []
    with pytest.raises(AuthenticationError) as caught:
        waits.wait_many("abcdef", on_update=lambda asset, _: told.append(asset.asset_id))
    result = caught.value.wait_result
    assert result is not None
    assert (list(result.active), list(result), result.pending) == ([*"abdf"], [*"abcdef"], ("c", "e"))
    assert told == [*"abcdef", "a"]
    assert len(service.asked) == 6 + 3 + 3


def test_as_completed_gives_what_came_beside_a_refusal_first() -> None:
    heard: list[str] = []
    with pytest.raises(AuthenticationError) as caught:
        heard.extend(asset.asset_id for asset in waiting({"b": "1"}, batch_size=1)[1].as_completed("abc"))
    assert heard == ["a", "c"]
    assert caught.value.wait_result is not None
    assert caught.value.wait_result.pending == ("b",)


@pytest.mark.parametrize(
    ("lives", "times"),
    [({"a": "9A"}, [0, 42]), ({"a": "9A", "b": "PA"}, [0, 0, 5.25, 42]), ({"a": "9A", "b": "TA"}, [0, 0, 5.25, 42])],
    ids=str,
)
def test_a_retry_after_holds_with_jitter_for_its_own_ids(lives: dict[str, str], times: list[float]) -> None:
    """Whatever the others said."""
    service, waits = waiting(lives, batch_size=1)
    waits.wait_many(lives)
    assert service.times == pytest.approx(times)


def test_a_retry_after_of_long_ago_is_not_honoured_again() -> None:
    service, waits = waiting({"a": "9PTA"})
    waits.wait("a")
    assert service.times[3] - service.times[2] <= 15


@pytest.mark.parametrize(("seconds", "pause"), [(1.0, 5.25), (1e30, LONGEST_RETRY_AFTER * 1.05)])
def test_a_retry_after_shorter_than_the_pause_or_of_ages(seconds: float, pause: float) -> None:
    """One changes nothing, the other is cut to what a clock can sleep."""
    _, waits = waiting()
    wait = Wait(["a"], timeout=None, on_failure="raise", settings=waits.settings)
    assert wait.next_round()
    error = TROUBLE["9"]()
    error.retry_after = seconds
    wait.receive(["a"], error)
    following = wait.next_round()
    assert following is not None
    assert following.pause == pytest.approx(pause)
    assert list(following.todo) == [["a"]]
    assert LONGEST_RETRY_AFTER == 3600
