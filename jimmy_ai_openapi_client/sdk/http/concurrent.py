"""Do the same for many items, several at a time, in threads or tasks."""

import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine, Generator
from contextvars import copy_context
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Any, Self, TypeVar

from ..clock import cancelled
from ..errors import JimmyAIError
from .connections import running_loop

Item = TypeVar("Item")
Result = TypeVar("Result")

_GRACE = 0.7
"""Seconds that an interrupted call waits for its threads. They look four times a second; connecting cannot look."""


def as_answered(
    act: Callable[[Item], Result], todo: deque[Item], width: int
) -> Generator[tuple[Item, Result | JimmyAIError]]:
    """Take items out of `todo` and yield each with what `act` gives for it, as it comes, up to `width` at a time.

    An error of our tree stands for a result. The caller may change `todo` between two results.

    Any other exception, such as Ctrl-C, ends it within a second. Threads that are left, because they are connecting,
    end without sending anything, and do not keep the process alive.
    """
    results: SimpleQueue[tuple[Item, Result | BaseException]] = SimpleQueue()
    event, context = Event(), copy_context()
    context.run(cancelled.set, event)

    def work(item: Item) -> None:
        try:
            results.put((item, act(item)))
        except BaseException as error:  # noqa: BLE001  (raised in the caller's thread)
            results.put((item, error))

    threads: list[Thread] = []
    try:
        under_way = 0  # here, as Python 3.11 takes a Ctrl-C at the end of a loop to be from just before the loop
        while todo or under_way:
            if not under_way and 1 in {len(todo), width}:  # no thread is needed
                work(todo.popleft())
                under_way = 1
            while todo and under_way < width:
                threads = [thread for thread in threads if thread.is_alive()]
                run = context.copy().run
                thread = Thread(target=run, args=(work, todo.popleft()), name="jimmy-ai", daemon=True)
                threads.append(thread)
                thread.start()
                under_way += 1
            try:
                item, result = results.get(timeout=0.25)
            except Empty:  # a signal that came when the wait was about to begin is noticed now
                continue
            under_way -= 1
            if isinstance(result, BaseException) and not isinstance(result, JimmyAIError):
                raise result
            yield item, result
    finally:
        event.set()
        ends = time.monotonic() + _GRACE
        for thread in threads:
            if thread.ident:  # it was started
                thread.join(max(0.0, ends - time.monotonic()))


class AsAnswered(AsyncIterator[tuple[Item, Result | JimmyAIError]]):
    """The same in tasks: an async iterator, and the context in which it may be used.

    When it is left, what is under way is cancelled and waited for, so that no task is left behind.
    """

    # No async generator: asyncio.run closes all of them at once, which fails where one waits for another.

    def __init__(self, act: Callable[[Item], Coroutine[Any, Any, Result]], todo: deque[Item], width: int) -> None:
        running_loop()
        self._act, self._todo, self._width = act, todo, width
        self._under_way: dict[Any, Item] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        from asyncio import gather  # noqa: PLC0415  (see clock.py)

        for task in self._under_way:
            task.cancel()
        await gather(*self._under_way, return_exceptions=True)

    async def __anext__(self) -> tuple[Item, Result | JimmyAIError]:
        from asyncio import FIRST_COMPLETED, create_task, wait  # noqa: PLC0415

        while self._todo and len(self._under_way) < self._width:
            item = self._todo.popleft()
            self._under_way[create_task(self._act(item))] = item
        if not self._under_way:
            raise StopAsyncIteration
        await wait(self._under_way, return_when=FIRST_COMPLETED)
        task = next(task for task in self._under_way if task.done())
        item = self._under_way.pop(task)
        try:
            return item, task.result()
        except JimmyAIError as error:
            return item, error
