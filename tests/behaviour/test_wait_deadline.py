"""When a wait ends: at its deadline, after a last look, and not before."""

import pickle
import threading
from itertools import pairwise
from typing import Any

import pytest

from jimmy_ai_openapi_client import APIConnectionError, APITimeoutError, JimmyAIError, RealPersonAsset, WaitTimeoutError

from .lives import waiting
from .server import served
from .service import KEY, Connect


def ended(real_person: Any, ids: list[str], **options: Any) -> WaitTimeoutError:
    with pytest.raises(WaitTimeoutError) as caught:
        real_person.wait_many(ids, **options)
    return caught.value


@pytest.mark.parametrize("timeout", [0.5, 3, 4.99, 5, 7.5, 10, 10.5, 14, 15, 16, 20, 21, 33.3, 60, 100, 1800])
@pytest.mark.parametrize("latency", [0.0, 0.1, 2.0])
@pytest.mark.parametrize("chance", [0.0, 0.5, 0.999])
def test_the_last_request_is_near_the_deadline(connect: Connect, timeout: float, latency: float, chance: float) -> None:
    """It ends before it; and no two are less than five seconds apart, the last two included."""
    service, real_person = waiting(connect, {"a": "P"}, chance=chance, latencies=[latency])
    elapsed = ended(real_person, ["a"], timeout=timeout).result.elapsed
    assert elapsed <= max(timeout, latency) + 1e-6
    assert timeout - elapsed <= 5 + latency + 1e-6
    gaps = [later - sooner - latency for sooner, later in pairwise(service.times)]
    assert all(5 - 1e-6 <= gap <= 15 + 1e-6 for gap in gaps)


def test_the_default_is_half_an_hour(connect: Connect) -> None:
    for call in (
        lambda one: one.wait("a"),
        lambda one: one.wait_many(["a"]),
        lambda one: list(one.as_completed(["a"])),
    ):
        _, real_person = waiting(connect, {"a": "P"})
        with pytest.raises(WaitTimeoutError) as caught:
            call(real_person)
        assert caught.value.result.elapsed == pytest.approx(1800, abs=5)


def test_each_wait_has_a_time_of_its_own(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "P"})
    for _ in range(3):
        assert ended(real_person, ["a"], timeout=50).result.elapsed == pytest.approx(50, abs=5)
    assert service.clock.now() == pytest.approx(150, abs=15)


def test_an_asset_is_judged_before_the_clock(connect: Connect) -> None:
    """The look that passes the deadline is slow, but brings the answer."""
    service, real_person = waiting(connect, {"a": "PPA"}, latencies=[0, 0, 25])
    assert real_person.wait("a", timeout=25).is_active
    assert service.times[-1] + 25 > 25


def test_what_becomes_final_in_the_last_look_counts(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "PA"})
    assert real_person.wait("a", timeout=6).is_active
    assert service.times == [0, pytest.approx(5.95)]


def test_zero_is_one_whole_round_however_long(connect: Connect) -> None:
    ids = list("abcdefghij")
    service, real_person = waiting(connect, {"j": "P"}, latencies=[10.0], batch_size=1, concurrency=1)
    result = ended(real_person, ids, timeout=0).result
    assert sorted(service.ids) == ids
    assert (list(result.active), result.pending, result.elapsed) == (ids[:-1], ("j",), 100)


def test_zero_is_enough_when_all_are_final(connect: Connect) -> None:
    service, real_person = waiting(connect, latencies=[10.0])
    assert list(real_person.wait_many(["a", "b"], timeout=0)) == ["a", "b"]
    assert len(service.asked) == 1


def test_zero_sends_no_request_again(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "TA"}, max_retries=3)
    error = ended(real_person, ["a"], timeout=0)
    assert isinstance(error.__cause__, APIConnectionError)
    assert len(service.asked) == 1


def test_zero_still_halves_a_refused_chunk(connect: Connect) -> None:
    _, real_person = waiting(connect, {"b": "X"})
    result = real_person.wait_many(["a", "b", "c"], timeout=0, on_failure="return")
    assert (list(result.active), list(result.failed)) == (["a", "c"], ["b"])


def test_a_long_round_is_cut_at_the_deadline(connect: Connect) -> None:
    service, real_person = waiting(connect, {"b": "P"}, latencies=[10.0], batch_size=1, concurrency=1)
    result = ended(real_person, list("abcdef"), timeout=25).result
    assert service.times == [0, 10, 20]
    assert (list(result.active), list(result), result.pending) == (["a", "c"], ["a", "b", "c"], ("b", "d", "e", "f"))


def test_retries_within_a_look_stop_at_the_deadline(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "5"}, latencies=[1.0], max_retries=9)
    error = ended(real_person, ["a"], timeout=20)
    assert max(service.times) <= 20
    assert error.result.elapsed <= 21


def test_the_error_holds_everything_known(connect: Connect) -> None:
    _, real_person = waiting(connect, {"a": "P", "c": "F", "d": "-", "e": "P"})
    error = ended(real_person, list("abcde"), timeout=30)
    result = error.result
    assert (list(result.active), list(result.failed), result.missing) == (["b"], ["c"], ("d",))
    assert result.pending == ("a", "e")
    assert list(result) == ["a", "b", "c", "e"]
    assert isinstance(error, TimeoutError)
    assert isinstance(error, JimmyAIError)
    assert error.__cause__ is None
    assert str(error).startswith(
        "1 of 5 assets active, 1 failed ('c'), 1 unknown to the service ('d'), 2 pending ('a', …)"
    )
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), dict(copy.result), copy.result.pending) == (str(error), dict(result), result.pending)


def test_its_cause_is_the_last_trouble(connect: Connect) -> None:
    _, real_person = waiting(connect, {"a": "P5TP"})
    error = ended(real_person, ["a"], timeout=40)
    assert isinstance(error.__cause__, APIConnectionError)


def test_one_slow_look_does_not_end_the_wait_early(connect: Connect) -> None:
    """The look after it is quick: forty seconds are left for more."""
    service, real_person = waiting(connect, {"a": "PPA"}, latencies=[20, 0.5, 0.5])
    assert real_person.wait("a", timeout=100).is_active
    assert len(service.asked) == 3


def test_nothing_is_asked_that_would_come_too_early(connect: Connect) -> None:
    """Where less than five seconds are left there is nothing to wait for, and it ends at once."""
    service, real_person = waiting(connect, {"a": "P"}, latencies=[0.1])
    assert ended(real_person, ["a"], timeout=5).result.elapsed == pytest.approx(0.1)
    assert service.times == [0]


def test_a_slow_listener_does_not_end_the_wait_early(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "PPPA"})
    assert real_person.wait("a", on_update=lambda *_: service.clock.advance(1000)).is_active
    assert len(service.asked) == 4


def test_a_slow_consumer_does_not_end_the_wait_early(connect: Connect) -> None:
    service, real_person = waiting(connect, {"b": "PPPA"})
    heard: list[RealPersonAsset] = []
    for asset in real_person.as_completed(["a", "b"]):
        heard.append(asset)
        service.clock.advance(1000)
    assert [asset.asset_id for asset in heard] == ["a", "b"]


def test_a_stalled_server_does_not_outlast_the_deadline(connect: Connect) -> None:
    """Neither its own time nor its retries: the attempt under way ends with the wait."""
    over = threading.Event()
    with served() as server:
        server.before_answer = lambda: over.wait(60)
        real_person = connect(api_key=KEY, base_url=server.base_url, timeout=600.0).real_person
        error = ended(real_person, ["a", "b"], timeout=0.3)
        assert error.result.elapsed < 30
        assert isinstance(error.__cause__, APITimeoutError)
        over.set()
