"""Waiting when all goes well: which ids are asked for, when, and when an asset is final."""

import asyncio
import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from random import Random

import httpx
import pytest

from jimmy_ai_openapi_client import AssetFailedError, AssetStatus, RealPersonAsset, WaitResult

from .lives import Lanes, Lives, waiting
from .service import KEY, Connect, asset, items

FIRST = 5.25
"""The first pause, without chance."""


def test_one_that_is_active_needs_one_request(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "A"})
    assert real_person.wait("a") == RealPersonAsset("a", AssetStatus.ACTIVE)
    assert service.times == [0]


def test_one_is_looked_at_at_once_and_then_after_growing_pauses(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "PPPPPPA"}, latencies=[0.5])
    assert real_person.wait("a").is_active
    pauses = [later - sooner - 0.5 for sooner, later in pairwise(service.times)]
    assert service.times[0] == 0
    assert pauses == pytest.approx([5.25, 7, 9.5, 13, 14.25, 14.25], abs=0.4)


def test_ids_are_asked_once_each_in_the_order_of_their_first(connect: Connect) -> None:
    service, real_person = waiting(connect)
    result = real_person.wait_many(iter(["b", "a", "b", "c", "a"]))
    assert service.ids == ["bac"]
    assert list(result) == list(result.active) == ["b", "a", "c"]


def test_no_ids_need_no_request(connect: Connect) -> None:
    service, real_person = waiting(connect)
    result = real_person.wait_many([])
    assert (len(result), result.pending, result.missing, result.requests, result.elapsed) == (0, (), (), 0, 0)
    assert list(real_person.as_completed(iter(()))) == []
    assert service.asked == []


def test_only_unfinished_ones_are_asked_again(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "PPPA", "b": "A", "c": "PA", "d": "PPF"})
    result = real_person.wait_many(["a", "b", "c", "d"], on_failure="return")
    assert service.ids == ["abcd", "acd", "ad", "a"]
    assert (list(result.active), list(result.failed)) == (["a", "b", "c"], ["d"])
    assert all(5 <= later - sooner <= 15 for sooner, later in pairwise(service.times))


def test_a_round_is_asked_in_chunks_that_close_up(connect: Connect) -> None:
    """What is left fits in fewer requests."""
    ids = [f"id{number}" for number in range(10)]
    service, real_person = waiting(connect, dict.fromkeys(ids[::2], "PA"), batch_size=3, concurrency=2)
    result = real_person.wait_many(ids)
    assert sorted(one.ids for one in service.asked[:4]) == [tuple(ids[at : at + 3]) for at in (0, 3, 6, 9)]
    assert sorted(one.ids for one in service.asked[4:]) == [tuple(ids[0:6:2]), tuple(ids[6::2])]
    assert list(result) == ids
    assert result.requests == 6


class Meeting(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers when `size` requests are there, and counts how many are at a time."""

    def __init__(self, size: int) -> None:
        self._threads, self._tasks = threading.Barrier(size, timeout=10), asyncio.Barrier(size)
        self._lock = threading.Lock()
        self._here = self.most = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        with self.counted():
            self._threads.wait()
        return items(*map(asset, json.loads(request.content)["asset_ids"]))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        with self.counted():
            await self._tasks.wait()
        return items(*map(asset, json.loads(request.content)["asset_ids"]))

    @contextmanager
    def counted(self) -> Iterator[None]:
        with self._lock:
            self._here += 1
            self.most = max(self.most, self._here)
        yield
        with self._lock:
            self._here -= 1


@pytest.mark.parametrize("concurrency", [1, 2, 4, 7])
def test_as_many_requests_at_a_time_as_told(connect: Connect, concurrency: int) -> None:
    transport = Meeting(concurrency)
    client = connect(transport=transport, clock=Lanes(), batch_size=1, concurrency=concurrency)
    ids = [f"id{number}" for number in range(concurrency * 3)]
    assert list(client.real_person.wait_many(ids)) == ids
    assert transport.most == concurrency


def test_pauses_begin_when_the_answers_are_in(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "PPA"}, latencies=[3.0])
    real_person.wait("a")
    assert service.times[:2] == [0, 3 + FIRST]


def test_chance_makes_pauses_differ_within_their_limits(connect: Connect) -> None:
    chances = Random(4)

    class Chance(Lanes):
        def random(self) -> float:
            return chances.random()

    clock = Chance()
    real_person = connect(api_key=KEY, transport=Lives(clock, {"a": "P" * 50 + "A"}).transport, clock=clock).real_person
    real_person.wait("a")
    first, *_ = clock.slept
    real_person.wait("b")
    assert 4.95 <= first <= 6.05
    assert first != FIRST
    assert all(5 <= pause <= 15 for pause in clock.slept)


@pytest.mark.parametrize(("life", "requests"), [("F", 1), ("PF", 2), ("QPQF", 4)])
def test_one_that_fails_is_an_error_that_names_it(connect: Connect, life: str, requests: int) -> None:
    service, real_person = waiting(connect, {"a": life})
    with pytest.raises(AssetFailedError, match="1 failed \\('a'\\)") as caught:
        real_person.wait("a")
    result = caught.value.result
    assert isinstance(result, WaitResult)
    assert result["a"].status == AssetStatus.FAILED
    assert len(service.asked) == result.requests == requests


def test_all_are_waited_for_before_a_failure_raises(connect: Connect) -> None:
    _, real_person = waiting(connect, {"a": "F", "b": "PPA", "c": "-"})
    with pytest.raises(AssetFailedError) as caught:
        real_person.wait_many(["a", "b", "c"])
    result = caught.value.result
    assert (list(result.active), list(result.failed), result.missing, result.pending) == (["b"], ["a"], ("c",), ())
    assert str(caught.value).startswith("1 of 3 assets active, 1 failed ('a'), 1 unknown to the service ('c')")


def test_a_failure_may_be_returned(connect: Connect) -> None:
    _, real_person = waiting(connect, {"a": "F", "b": "PA", "c": "-"})
    result = real_person.wait_many(["c", "b", "a"], on_failure="return")
    assert list(result.items()) == [("b", result.active["b"]), ("a", result.failed["a"])]
    assert (result.missing, result.pending) == (("c",), ())


def test_three_answers_without_it_make_an_id_missing(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "-", "b": "P----A", "c": "PPPPPPA"})
    result = real_person.wait_many(["a", "b", "c"], on_failure="return")
    assert service.ids == ["abc", "abc", "abc", "bc", "c", "c", "c"]
    assert result.missing == ("a", "b")
    assert result["b"].status == AssetStatus.PROCESSING
    assert "a" not in result


def test_an_id_that_comes_back_counts_anew(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "--P--P--A"})
    assert real_person.wait("a").is_active
    assert len(service.asked) == 9


def test_a_look_without_an_answer_neither_counts_nor_clears_an_absence(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "-5-55-PA"})
    assert real_person.wait_many(["a"], on_failure="return").missing == ("a",)
    assert len(service.asked) == 6


def test_unknown_statuses_are_not_final_and_warned_of_once(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "jimmy_ai_openapi_client")
    service, real_person = waiting(connect, {"a": "QQPA", "b": "PQA"}, batch_size=1)
    assert len(real_person.wait_many(["a", "b"]).active) == 2
    assert len(service.asked) == 7
    assert [record.getMessage() for record in caplog.records] == ["unknown status 'Queued', taken as not final"]


def test_any_number_of_looks_without_a_timeout(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "P" * 300 + "A"})
    assert real_person.wait("a", timeout=None).is_active
    assert len(service.asked) == 301
