"""When a wait ends: at its deadline, after a last look, and not before."""

import pickle
from itertools import pairwise

import pytest

from jimmy_ai_openapi_client import (
    APIConnectionError,
    JimmyAIError,
    RateLimitError,
    RealPersonAsset,
    WaitTimeoutError,
)
from jimmy_ai_openapi_client.sdk.policy.wait import Wait

from .lives import Waits, waiting


def ended(waits: Waits, ids: str, *, timeout: float) -> WaitTimeoutError:
    with pytest.raises(WaitTimeoutError) as caught:
        waits.wait_many(ids, timeout=timeout)
    return caught.value


@pytest.mark.parametrize("timeout", [0.5, 3, 4.99, 5, 7.5, 10, 10.5, 14, 15, 16, 20, 21, 33.3, 60, 100, 1800])
@pytest.mark.parametrize("latency", [0.0, 0.1, 2.0])
@pytest.mark.parametrize("chance", [0.0, 0.5, 0.999])
def test_the_last_request_is_near_the_deadline(timeout: float, latency: float, chance: float) -> None:
    """It ends before it; and no two are less than five seconds apart, the last two included."""
    service, waits = waiting({"a": "P"}, chance=chance, latencies=[latency])
    elapsed = ended(waits, "a", timeout=timeout).result.elapsed
    assert elapsed <= max(timeout, latency) + 1e-6
    assert timeout - elapsed <= 5 + latency + 1e-6
    gaps = [later - sooner - latency for sooner, later in pairwise(service.times)]
    assert all(5 - 1e-6 <= gap <= 15 + 1e-6 for gap in gaps)


@pytest.mark.parametrize(
    ("life", "latencies", "timeout", "looks"),
    [
        ("PPA", [0, 0, 25], 25, 3),  # the look that passes the deadline is slow, but brings the answer
        ("PA", [0], 6, 2),  # what becomes final in the last look counts
        ("PPA", [20, 0.5, 0.5], 100, 3),  # one slow look does not end the wait early: the next one is quick
    ],
)
def test_an_asset_is_judged_before_the_clock(life: str, latencies: list[float], timeout: float, looks: int) -> None:
    service, waits = waiting({"a": life}, latencies=latencies)
    assert waits.wait("a", timeout=timeout).is_active
    assert len(service.asked) == looks


def test_the_last_pause_is_nearly_all_that_is_left() -> None:
    service, waits = waiting({"a": "P"})
    ended(waits, "a", timeout=6)
    assert service.times == [0, pytest.approx(5.95)]


def test_zero_is_one_whole_round_however_long() -> None:
    """Halving a refused chunk included."""
    service, waits = waiting({"j": "P"}, latencies=[10.0], batch_size=1, concurrency=1)
    result = ended(waits, "abcdefghij", timeout=0).result
    assert service.ids == [*"abcdefghij"]
    assert (list(result.active), result.pending, result.elapsed) == ([*"abcdefghi"], ("j",), 100)
    service, waits = waiting({"b": "X"}, latencies=[10.0])
    result = waits.wait_many("abc", timeout=0, on_failure="return")
    assert (list(result.active), list(result.failed)) == (["a", "c"], ["b"])


def test_a_long_round_is_cut_at_the_deadline() -> None:
    service, waits = waiting({"b": "P"}, latencies=[10.0], batch_size=1, concurrency=1)
    result = ended(waits, "abcdef", timeout=30).result
    assert service.times == [0, 10, 20]
    assert (list(result.active), list(result), result.pending) == (["a", "c"], ["a", "b", "c"], ("b", "d", "e", "f"))


def test_the_error_holds_everything_known() -> None:
    _, waits = waiting({"a": "P", "c": "F", "d": "-", "e": "P"})
    error = ended(waits, "abcde", timeout=30)
    result = error.result
    assert (list(result.active), list(result.failed), result.missing) == (["b"], ["c"], ("d",))
    assert (list(result), result.pending) == (["a", "b", "c", "e"], ("a", "e"))
    assert isinstance(error, TimeoutError)
    assert isinstance(error, JimmyAIError)
    assert error.__cause__ is None
    assert str(error).startswith(
        "1 of 5 assets active, 1 failed ('c'), 1 unknown to the service ('d'), 2 pending ('a', …)"
        f" after {result.elapsed:.1f} s. "
    )
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), dict(copy.result), copy.result.pending) == (str(error), dict(result), result.pending)


def test_its_cause_is_the_last_trouble() -> None:
    error = ended(waiting({"a": "P5TP"})[1], "a", timeout=40)
    assert isinstance(error.__cause__, APIConnectionError)
    assert "; last error: APIConnectionError" in str(error)


def test_nothing_is_asked_that_would_come_too_early() -> None:
    """Where less than five seconds are left there is nothing to wait for, and it ends at once."""
    service, waits = waiting({"a": "P"}, latencies=[0.1])
    assert ended(waits, "a", timeout=5).result.elapsed == pytest.approx(0.1)
    assert service.times == [0]


def test_a_slow_listener_or_consumer_does_not_end_the_wait_early() -> None:
    """What the caller does between two answers is no part of what the next round will take."""
    service, waits = waiting({"a": "PPPA"})
    assert waits.wait("a", on_update=lambda *_: service.clock.advance(400)).is_active
    assert len(service.asked) == 4
    service, waits = waiting({"b": "PPPA"})
    heard: list[str] = []
    for asset in waits.as_completed("ab"):
        heard.append(asset.asset_id)
        service.clock.advance(1000)
    assert heard == ["a", "b"]


def test_what_the_next_round_will_take_is_what_requests_took() -> None:
    """Not what the caller did between two answers, and once for each wave of requests at a time."""
    for concurrency, fits in ((4, True), (1, False)):
        _, waits = waiting(batch_size=1, concurrency=concurrency)
        wait = Wait(["a", "b"], timeout=411, on_failure="raise", settings=waits.settings)
        assert wait.next_round()
        for seconds, one in ((3.5, "a"), (396.5, "b")):
            waits.service.clock.advance(seconds)
            wait.receive([one], {one: RealPersonAsset(one, "Processing")})
        if fits:
            following = wait.next_round()
            assert following is not None
            assert 5 <= following.pause <= 411 - 400 - 3.5
        else:
            with pytest.raises(WaitTimeoutError):
                wait.next_round()


@pytest.mark.parametrize("timeout", [42, 44, 46, 60])
def test_a_retry_after_is_honoured_near_the_deadline(timeout: float) -> None:
    service, waits = waiting({"a": "9A"})
    assert waits.wait("a", timeout=timeout).is_active
    assert 40 <= service.times[1] <= timeout
    assert len(waits.rounds) == 2


def test_of_two_last_rounds_the_first_comes_no_earlier_than_retry_after_says() -> None:
    """Where half of the time that is left is not long enough, there is one round more, at the end."""

    def played(timeout: float | None) -> tuple[float, float]:
        _, waits = waiting()
        wait = Wait(["a"], timeout=timeout, on_failure="raise", settings=waits.settings)
        for letter in "PPPPPPP9":
            following = wait.next_round()
            assert following is not None
            waits.service.clock.advance(following.pause)
            error = RateLimitError(status_code=429, retry_after=9.0)
            wait.receive(["a"], error if letter == "9" else {"a": RealPersonAsset("a", "Processing")})
        last = wait.next_round()
        assert last is not None
        return waits.service.clock.now(), last.pause

    asked_at, _ = played(None)
    assert played(asked_at + 18)[1] >= 9 * 1.05


def test_a_retry_after_beyond_the_deadline_is_not_waited_for() -> None:
    service, waits = waiting({"a": "9A"})
    error = ended(waits, "a", timeout=30)
    assert service.times == [0]
    assert getattr(error.__cause__, "retry_after", None) == 40
