"""Doing several things at the same time, in threads and in tasks."""

import asyncio
import contextvars
import threading
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from jimmy_ai_openapi_client import JimmyAIError
from jimmy_ai_openapi_client.sdk.http.concurrent import AsAnswered, as_answered

Act = Callable[[Any], Any]
Received = Callable[[Any, Any], object]
Fanned = Callable[..., None]


def in_threads(act: Act, todo: deque[Any], received: Received, width: int) -> None:
    for item, result in as_answered(act, todo, width):
        received(item, result)


def in_tasks(act: Act, todo: deque[Any], received: Received, width: int) -> None:
    async def later(item: Any) -> Any:
        await asyncio.sleep(0)
        return act(item)

    async def main() -> None:
        async with AsAnswered(later, todo, width) as answers:
            async for item, result in answers:
                received(item, result)

    asyncio.run(main())


@pytest.fixture(params=[in_threads, in_tasks])
def fanned(request: pytest.FixtureRequest) -> Callable[..., dict[Any, Any]]:
    """What came of each item; `received` sees each item and its result as it comes."""

    def made(act: Act, items: Iterable[Any], received: Received | None = None, width: int = 4) -> dict[Any, Any]:
        results: dict[Any, Any] = {}

        def note(item: Any, result: Any) -> None:
            results[item] = str(result) if isinstance(result, JimmyAIError) else result
            if received:
                received(item, result)

        request.param(act, items if isinstance(items, deque) else deque(items), note, width)
        return results

    return made


@pytest.mark.parametrize("count", [0, 1, 2, 9])
def test_each_item_has_its_result(fanned: Callable[..., Any], count: int) -> None:
    """Errors of our tree stand in the place of their results."""

    def act(item: int) -> int:
        if item % 3 == 2:
            raise JimmyAIError(str(item))
        return item * 10

    assert fanned(act, range(count)) == {item: str(item) if item % 3 == 2 else item * 10 for item in range(count)}


def test_it_ends_with_the_first_other_exception(fanned: Callable[..., Any]) -> None:
    """The same one on threads and on asyncio, and no thread is left."""

    def act(item: int) -> int:
        raise LookupError(str(item))

    before = threading.active_count()
    for items in ([0], [0, 0, 0]):
        with pytest.raises(LookupError, match="0"):
            fanned(act, items)
    assert threading.active_count() == before


def test_the_context_of_the_caller(fanned: Callable[..., Any]) -> None:
    """Tracing and logging of the caller's see where a request comes from."""
    variable = contextvars.ContextVar[str]("variable")
    variable.set("caller")
    assert fanned(lambda _: variable.get(), [1, 2, 3]) == dict.fromkeys([1, 2, 3], "caller")


@pytest.mark.parametrize("width", [1, 3])
def test_items_may_be_added_and_removed_meanwhile(fanned: Callable[..., Any], width: int) -> None:
    todo = deque([8])

    def received(item: int, result: int) -> None:
        if item == 1:
            todo.clear()
        elif item:
            todo.extend([item // 2, item // 2 - 1])

    results = fanned(lambda item: -item, todo, received, width)
    assert not todo
    assert {8: -8, 4: -4, 3: -3, 2: -2, 1: -1}.items() <= results.items()


@pytest.mark.parametrize("width", [1, 2, 5])
def test_as_many_at_a_time_as_told(width: int) -> None:
    """Never more; and a place that is free is taken at once, so that a slow item holds back no other."""
    lock, inside, order = threading.Lock(), [0, 0], list[int]()
    last_has_begun, together = threading.Event(), threading.Barrier(width)

    def act(item: int) -> None:
        with lock:
            inside[0] += 1
            inside[1] = max(inside)
        if item < width:
            together.wait(60)
        if item == 0 and width > 1:
            assert last_has_begun.wait(60)
        elif item == 9:
            last_has_begun.set()
        with lock:
            inside[0] -= 1

    order.extend(item for item, _ in as_answered(act, deque(range(10)), width))
    assert inside == [0, width]
    assert order.index(0) >= (9 - width if width > 1 else 0)


def test_as_many_tasks_at_a_time_as_told() -> None:
    async def main() -> list[int]:
        last_has_begun, inside = asyncio.Event(), [0, 0]

        async def act(item: int) -> None:
            inside[0] += 1
            inside[1] = max(inside)
            await asyncio.sleep(0)
            if item == 0:
                await last_has_begun.wait()
            elif item == 9:
                last_has_begun.set()
            inside[0] -= 1

        async with AsAnswered(act, deque(range(10)), 2) as answers:
            order = [item async for item, _ in answers]
        assert inside == [0, 2]
        return order

    assert asyncio.run(main())[:8] == [*range(1, 9)]


def test_a_thread_that_cannot_be_started_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's own error comes out."""

    def start(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", start)
    with pytest.raises(RuntimeError, match="can't start"):
        next(as_answered(str, deque("ab"), 2))


@pytest.mark.parametrize(("width", "count"), [(1, 3), (4, 1)])
def test_where_one_is_enough_it_is_the_calling_thread(width: int, count: int) -> None:
    places = [place for _, place in as_answered(lambda _: threading.current_thread(), deque(range(count)), width)]
    assert places == [threading.current_thread()] * count


def test_an_answer_that_takes_its_time_is_waited_for() -> None:
    """Longer than between two looks for a signal."""
    never = threading.Event()
    assert dict(as_answered(lambda _: never.wait(0.3), deque("ab"), 2)) == {"a": False, "b": False}
