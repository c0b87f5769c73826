"""Doing several things at the same time, in threads and in tasks."""

import asyncio
import contextvars
import threading
import weakref
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any
from unittest.mock import ANY, Mock

import pytest

from jimmy_ai_openapi_client import JimmyAIError
from jimmy_ai_openapi_client.sdk.http.concurrent import AsAnswered, as_answered

from ..conftest import Face

Pairs = Iterator[tuple[Any, Any]]
Answered = Callable[[Callable[[Any], Any], deque[Any], int], Pairs]


def in_tasks(act: Callable[[Any], Any], todo: deque[Any], width: int) -> Pairs:
    async def later(item: Any) -> Any:
        await asyncio.sleep(0)
        return act(item)

    async def pairs() -> AsyncIterator[tuple[Any, Any]]:
        async with AsAnswered(later, todo, width) as answers:
            async for pair in answers:
                yield pair

    with asyncio.Runner() as runner:
        yield from Face(None, runner).plain(pairs())


both = pytest.mark.parametrize("answered", [as_answered, in_tasks])


@both
@pytest.mark.parametrize("count", [0, 1, 2, 9])
def test_each_item_has_its_result(answered: Answered, count: int) -> None:
    """Errors of our tree stand in the place of their results."""

    def act(item: int) -> int:
        if item % 3 == 2:
            raise JimmyAIError(str(item))
        return item * 10

    found = {item: str(result) for item, result in answered(act, deque(range(count)), 4)}
    assert found == {item: str(item if item % 3 == 2 else item * 10) for item in range(count)}


@both
@pytest.mark.parametrize("items", ["a", "aaa"])
def test_it_ends_with_the_first_other_exception(answered: Answered, items: str) -> None:
    before = threading.active_count()
    with pytest.raises(KeyError, match="a"):
        list(answered({}.__getitem__, deque(items), 4))
    assert threading.active_count() == before


@both
def test_the_context_of_the_caller(answered: Answered) -> None:
    """Tracing and logging of the caller's see where a request comes from."""
    variable = contextvars.ContextVar[str]("variable")
    variable.set("caller")
    assert [*answered(lambda _: variable.get(), deque("abc"), 4)] == [(ANY, "caller")] * 3


@both
@pytest.mark.parametrize("width", [1, 3])
def test_items_may_be_added_and_removed_meanwhile(answered: Answered, width: int) -> None:
    todo, found = deque([8]), dict[int, int]()
    for item, result in answered(lambda item: -item, todo, width):
        found[item] = result
        if item == 1:
            todo.clear()
        elif item:
            todo.extend([item // 2, item // 2 - 1])
    assert not todo
    assert {8: -8, 4: -4, 3: -3, 2: -2, 1: -1}.items() <= found.items()


@pytest.mark.parametrize("width", [1, 2, 5])
def test_as_many_at_a_time_as_told(width: int) -> None:
    """Never more; and a place that is free is taken at once, so that a slow item holds back no other."""
    inside, most = list[int](), list[int]()
    last_has_begun, together = threading.Event(), threading.Barrier(width)

    def act(item: int) -> None:
        inside.append(item)
        most.append(len(inside))
        if item < width:
            together.wait(60)
        if item == 9:
            last_has_begun.set()
        elif item == 0 and width > 1:
            assert last_has_begun.wait(60)
        inside.remove(item)

    order = [item for item, _ in as_answered(act, deque(range(10)), width)]
    assert (inside, max(most)) == ([], width)
    assert order.index(0) >= (9 - width if width > 1 else 0)


def test_as_many_tasks_at_a_time_as_told() -> None:
    inside, most = list[int](), list[int]()

    async def main() -> list[int]:
        last_has_begun = asyncio.Event()

        async def act(item: int) -> None:
            inside.append(item)
            most.append(len(inside))
            await asyncio.sleep(0)
            if item == 9:
                last_has_begun.set()
            elif item == 0:
                await last_has_begun.wait()
            inside.remove(item)

        async with AsAnswered(act, deque(range(10)), 2) as answers:
            return [item async for item, _ in answers]

    assert asyncio.run(main())[:8] == [*range(1, 9)]
    assert (inside, max(most)) == ([], 2)


def test_a_thread_that_cannot_be_started_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's own error comes out."""
    monkeypatch.setattr(threading.Thread, "start", Mock(side_effect=RuntimeError("can't start new thread")))
    with pytest.raises(RuntimeError, match="can't start"):
        next(as_answered(str, deque("ab"), 2))


def test_threads_that_have_ended_are_let_go() -> None:
    """A batch may be of millions."""
    threads, remaining = weakref.WeakSet[threading.Thread](), 0
    for _ in as_answered(lambda _: threads.add(threading.current_thread()), deque(range(100)), 2):
        remaining = len(threads)
    assert remaining < 50


@pytest.mark.parametrize(("width", "count"), [(1, 3), (4, 1)])
def test_where_one_is_enough_it_is_the_calling_thread(width: int, count: int) -> None:
    threads = [thread for _, thread in as_answered(lambda _: threading.current_thread(), deque(range(count)), width)]
    assert threads == [threading.current_thread()] * count


def test_an_answer_that_takes_its_time_is_waited_for() -> None:
    """Longer than between two looks for a signal."""
    never = threading.Event()
    assert dict(as_answered(lambda _: never.wait(0.3), deque("ab"), 2)) == {"a": False, "b": False}
