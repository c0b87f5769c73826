"""Any number of ids: how many requests, how large, in what order, how many at a time."""

import asyncio
import json
import math
import threading
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jimmy_ai_openapi_client import AsyncJimmyAI, JimmyAI
from jimmy_ai_openapi_client.sdk.policy.batch import Batch

from .service import KEY, Connect, Service, asset, items


def names(count: int) -> list[str]:
    return [f"id{number}" for number in range(count)]


@pytest.mark.parametrize(("count", "requests"), [(0, 0), (1, 1), (99, 1), (100, 1), (101, 2), (200, 2), (10_000, 100)])
def test_requests_of_a_hundred(connect: Connect, count: int, requests: int) -> None:
    service = Service()
    ids = names(count)
    result = connect(transport=service.transport).real_person.batch_status(ids)
    assert list(result) == ids
    assert [found.asset_id for found in result.values()] == ids
    assert (result.missing, result.refused, result.unasked) == ((), {}, ())
    assert len(service.asked) == requests
    sizes = sorted((len(asked.ids) for asked in service.asked), reverse=True)
    assert sizes == [min(100, count - 100 * number) for number in range(requests)]
    assert sorted(one for asked in service.asked for one in asked.ids) == sorted(ids)


@pytest.mark.parametrize(("size", "requests"), [(1, 7), (2, 4), (3, 3), (6, 2), (7, 1), (8, 1), (10**9, 1)])
def test_batch_size(connect: Connect, size: int, requests: int) -> None:
    service = Service()
    result = connect(transport=service.transport, batch_size=size).real_person.batch_status(names(7))
    assert list(result) == names(7)
    assert len(service.asked) == requests


def test_the_order_is_the_caller_s(connect: Connect) -> None:
    """Whatever order the service answers in."""
    ids = names(250)[::-1]
    service = Service(*[lambda asked: items(*map(asset, sorted(asked.ids)))] * 3)
    assert list(connect(transport=service.transport).real_person.batch_status(ids)) == ids


def test_a_result_is_a_mapping(connect: Connect) -> None:
    result = connect(transport=Service().transport).real_person.batch_status(["b", "a"])
    assert (len(result), "a" in result, "c" in result, result.get("c")) == (2, True, False, None)
    assert {**result} == {"b": result["b"], "a": result["a"]}
    with pytest.raises(KeyError):
        result["c"]


class Meeting(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Holds every request until `width` of them are in; counts how many are in at a time."""

    def __init__(self, width: int) -> None:
        self.inside = self.most = 0
        self._lock = threading.Lock()
        self._threads = threading.Barrier(width)
        self._tasks = asyncio.Barrier(width)

    def _enter(self) -> None:
        with self._lock:
            self.inside += 1
            self.most = max(self.most, self.inside)

    def _leave(self, request: httpx.Request) -> httpx.Response:
        with self._lock:
            self.inside -= 1
        return items(*map(asset, json.loads(request.content)["asset_ids"]))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._enter()
        self._threads.wait(10)
        return self._leave(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._enter()
        async with asyncio.timeout(10):
            await self._tasks.wait()
        return self._leave(request)


@pytest.mark.parametrize("concurrency", [1, 2, 3, 5])
def test_at_a_time(connect: Connect, concurrency: int) -> None:
    """As many as allowed, never more, and no thread is left."""
    before = threading.active_count()
    meeting = Meeting(concurrency)
    client = connect(transport=meeting, batch_size=1, concurrency=concurrency)
    assert len(client.real_person.batch_status(names(concurrency * 5))) == concurrency * 5
    assert (meeting.most, meeting.inside) == (concurrency, 0)
    assert threading.active_count() == before


def test_four_at_a_time_by_default(connect: Connect) -> None:
    meeting = Meeting(4)
    connect(transport=meeting).real_person.batch_status(names(1200))
    assert meeting.most == 4


def test_one_request_stays_in_the_calling_thread() -> None:
    """No thread is made where none is needed; and calls of others are not delayed by it."""
    threads: list[threading.Thread] = []

    def handle(request: httpx.Request) -> httpx.Response:
        threads.append(threading.current_thread())
        return Service().handle(request)

    with JimmyAI(api_key=KEY, transport=httpx.MockTransport(handle)) as jimmy:
        jimmy.real_person.batch_status(names(100))
        jimmy.real_person.status("id1")
    assert threads == [threading.current_thread()] * 2


def test_two_batches_of_one_asyncio_client_at_the_same_time() -> None:
    service = Service()

    async def main() -> list[Any]:
        async with AsyncJimmyAI(api_key=KEY, transport=service.transport) as jimmy:
            return await asyncio.gather(*(jimmy.real_person.batch_status(names(n)) for n in (150, 250)))

    assert [len(result) for result in asyncio.run(main())] == [150, 250]


@given(st.integers(0, 60), st.integers(1, 20), st.data())
def test_policy(count: int, size: int, data: st.DataObject) -> None:
    """It asks for every id once, in chunks no larger than told, whatever part of it is answered."""
    ids = names(count)
    batch = Batch(ids, size)
    chunks, answered = list(batch.todo), set()
    while batch.todo:
        chunk = batch.todo.popleft()
        known = data.draw(st.sets(st.sampled_from(list(chunk))))
        answered |= known
        batch.receive(chunk, {one: _found(one) for one in chunk if one in known})
    result = batch.result()
    assert [one for chunk in chunks for one in chunk] == ids
    assert len(chunks) == math.ceil(count / size)
    assert all(len(chunk) <= size for chunk in chunks)
    assert list(result) == [one for one in ids if one in answered]
    assert result.missing == tuple(one for one in ids if one not in answered)


def _found(one: str) -> Any:
    return one
