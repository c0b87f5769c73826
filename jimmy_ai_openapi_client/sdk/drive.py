"""Run a flow: the only code that exists once for threads and once for asyncio.

A flow is a generator that yields steps and is sent what came of each, or thrown the `JimmyAIError` it ended in.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterator, Sequence
from contextvars import copy_context
from functools import partial
from inspect import isawaitable
from threading import Event
from typing import TypeVar

from .clock import halt
from .errors import JimmyAIError

Step = TypeVar("Step")
Heard = TypeVar("Heard")
End = TypeVar("End")
Item = TypeVar("Item")


def drive(flow: Generator[Step, Heard, End], act: Callable[[Step], Heard]) -> End:
    """Take every step of `flow` with `act`, and return what it ends with."""
    advance: Callable[[], Step] = partial(next, flow)
    while True:
        try:
            step = advance()
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]
        try:
            advance = partial(flow.send, act(step))
        except JimmyAIError as error:
            # Its frames so far hold the answer, which may hold anything.
            advance = partial(flow.throw, error.with_traceback(None))


async def adrive(flow: Generator[Step, Heard, End], act: Callable[[Step], Awaitable[Heard]]) -> End:
    """Take every step of `flow` with `act`, and return what it ends with."""
    advance: Callable[[], Step] = partial(next, flow)
    while True:
        try:
            step = advance()
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]
        try:
            advance = partial(flow.send, await act(step))
        except JimmyAIError as error:
            # Its frames so far hold the answer, which may hold anything.
            advance = partial(flow.throw, error.with_traceback(None))


def play(flow: Generator[Step, Heard, None], act: Callable[[Step], Heard]) -> Iterator[Step]:
    """Yield every step of `flow`, then take it with `act`."""
    advance: Callable[[], Step] = partial(next, flow)
    while True:
        try:
            step = advance()
        except StopIteration:
            return
        yield step
        advance = partial(flow.send, act(step))


async def aplay(
    flow: Generator[Step, Heard, None], act: Callable[[Step], Awaitable[Heard]]
) -> AsyncGenerator[Step, None]:
    """Yield every step of `flow`, then take it with `act`."""
    advance: Callable[[], Step] = partial(next, flow)
    while True:
        try:
            step = advance()
        except StopIteration:
            return
        yield step
        advance = partial(flow.send, await act(step))


def told(listener: Callable[..., object] | None, *news: object) -> None:
    """Call a listener, if there is one."""
    if listener:
        listener(*news)


async def atold(listener: Callable[..., object] | None, *news: object) -> None:
    """Call a sync or async listener, if there is one."""
    if listener and isawaitable(heard := listener(*news)):
        await heard


def fan_out(act: Callable[[Item], Heard], items: Sequence[Item]) -> list[Heard | JimmyAIError]:
    """What `act` gives for every item, in order, all at the same time; an error of our tree stands for its answer.

    Any other exception, such as Ctrl-C, ends it once the requests under way have ended; they are not sent again. So no
    thread is left behind.
    """
    halted = Event()

    def one(item: Item) -> Heard | JimmyAIError:
        try:
            return act(item)
        except JimmyAIError as error:
            return error

    if len(items) < 2:
        return [one(item) for item in items]
    from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait  # noqa: PLC0415  (as asyncio)

    context = copy_context()
    context.run(halt.set, halted)
    with ThreadPoolExecutor(len(items), thread_name_prefix="jimmy-ai") as pool:
        try:
            futures = [pool.submit(context.copy().run, one, item) for item in items]
            wait(futures, return_when=FIRST_EXCEPTION)
            return [future.result() for future in sorted(futures, key=lambda future: not future.done())]
        except BaseException:
            halted.set()
            raise


async def afan_out(act: Callable[[Item], Awaitable[Heard]], items: Sequence[Item]) -> list[Heard | JimmyAIError]:
    """What `act` gives for every item, in order, all at the same time; an error of our tree stands for its answer.

    Any other exception ends it: what is under way is cancelled and waited for, so that no task is left behind.
    """

    async def one(item: Item) -> Heard | JimmyAIError:
        try:
            return await act(item)
        except JimmyAIError as error:
            return error

    if len(items) < 2:
        return [await one(item) for item in items]
    from asyncio import TaskGroup  # noqa: PLC0415

    try:
        async with TaskGroup() as group:
            tasks = [group.create_task(one(item)) for item in items]
    except BaseExceptionGroup as several:
        raise several.exceptions[0] from None
    return [task.result() for task in tasks]
