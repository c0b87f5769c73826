"""Do the same for several items at the same time, in threads or tasks."""

import time
from collections.abc import Awaitable, Callable, Sequence
from contextvars import copy_context
from threading import Event, Thread
from typing import TypeVar

from ..clock import cancelled
from ..errors import JimmyAIError
from .connections import running_loop

Item = TypeVar("Item")
Result = TypeVar("Result")

_GRACE = 0.7
"""Seconds that an interrupted call waits for its threads. They look four times a second; connecting cannot look."""


def fan_out(act: Callable[[Item], Result], items: Sequence[Item]) -> list[Result | JimmyAIError]:
    """What `act` gives for every item, in order, all at the same time; an error of our tree stands for its result.

    Any other exception, such as Ctrl-C, ends it within a second. Threads that are left, because they are connecting,
    end without sending anything, and do not keep the process alive.
    """

    def one(item: Item) -> Result | JimmyAIError:
        try:
            return act(item)
        except JimmyAIError as error:
            return error

    if len(items) < 2:
        return [one(item) for item in items]
    from concurrent.futures import FIRST_EXCEPTION, Future, wait  # noqa: PLC0415  (as asyncio)

    event, context = Event(), copy_context()
    context.run(cancelled.set, event)

    def work(future: "Future[Result | JimmyAIError]", item: Item) -> None:
        try:
            future.set_result(one(item))
        except BaseException as error:  # noqa: BLE001  (raised where the result is taken)
            future.set_exception(error)

    futures: list[Future[Result | JimmyAIError]] = [Future() for _ in items]
    threads = [
        Thread(target=context.copy().run, args=(work, *each), name="jimmy-ai", daemon=True)
        for each in zip(futures, items, strict=True)
    ]
    try:
        for thread in threads:
            thread.start()
        wait(futures, return_when=FIRST_EXCEPTION)
        results = [future.result() for future in sorted(futures, key=lambda future: not future.done())]
    except BaseException:
        event.set()
        ends = time.monotonic() + _GRACE
        for thread in threads:
            if thread.ident:  # it was started
                thread.join(max(0.0, ends - time.monotonic()))
        raise
    for thread in threads:
        thread.join()
    return results


async def afan_out(act: Callable[[Item], Awaitable[Result]], items: Sequence[Item]) -> list[Result | JimmyAIError]:
    """What `act` gives for every item, in order, all at the same time; an error of our tree stands for its result.

    Any other exception ends it: what is under way is cancelled and waited for, so that no task is left behind.
    """

    async def one(item: Item) -> Result | JimmyAIError:
        try:
            return await act(item)
        except JimmyAIError as error:
            return error

    if len(items) < 2:
        return [await one(item) for item in items]
    from asyncio import TaskGroup  # noqa: PLC0415

    running_loop()
    try:
        async with TaskGroup() as group:
            tasks = [group.create_task(one(item)) for item in items]
    except BaseExceptionGroup as several:
        raise several.exceptions[0] from None
    return [task.result() for task in tasks]
