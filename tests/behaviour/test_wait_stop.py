"""Waits that are stopped: Ctrl-C, cancellation, or a consumer that has enough. Nothing is left behind."""

import asyncio
import gc
import json
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextlib import aclosing
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import APIConnectionError, AsyncJimmyAI, JimmyAI

from .service import KEY, Connect, asset, items, no
from .stops import PLACES, Stops, ctrl_c, options, until

ONE, SEVERAL = ["slow"], ["slow1", "b", "slow3", "d", "slow5"]
groups = pytest.mark.parametrize("ids", [ONE, SEVERAL], ids=["one", "several"])
places = pytest.mark.parametrize("place", PLACES)
CALLS: dict[str, Callable[[Any, list[str]], Any]] = {
    "wait_many": lambda real_person, ids: real_person.wait_many(ids),
    "as_completed": lambda real_person, ids: list(real_person.as_completed(ids)),
}
calls = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)


def tasks_of(client: Any) -> set[asyncio.Task[Any]]:
    runner: asyncio.Runner | None = getattr(client, "_runner", None)
    return asyncio.all_tasks(runner.get_loop()) if runner else set()


@calls
@groups
@places
def test_ctrl_c(connect: Connect, call: Callable[[Any, list[str]], Any], ids: list[str], place: str) -> None:
    stops = Stops(place, ctrl_c)
    client = connect(**options(stops))
    threads = threading.enumerate()
    with pytest.raises(KeyboardInterrupt):
        call(client.real_person, ids)
    assert stops.place == ""
    assert threading.enumerate() == threads
    assert tasks_of(client) == set()
    assert stops.open == set()
    sent = len(stops.requests)
    assert len(client.real_person.wait_many(ids).active) == len(ids)
    assert len(stops.requests) > sent


@groups
def test_ctrl_c_in_a_listener(connect: Connect, ids: list[str]) -> None:
    stops = Stops("listener", ctrl_c)
    client = connect(**options(stops))
    threads = threading.enumerate()
    with pytest.raises(KeyboardInterrupt):
        client.real_person.wait_many(ids, on_update=lambda *_: stops.reached("listener"))
    assert threading.enumerate() == threads
    assert tasks_of(client) == set()
    assert len(stops.requests) <= 3
    assert len(client.real_person.wait_many(ids).active) == len(ids)


def test_ctrl_c_ends_the_pauses_of_the_other_requests() -> None:
    """By the real clock: without that it would take five seconds, and the request would be sent again."""
    asked: list[str] = []
    pausing: Future[threading.Thread] = Future()

    def answer(request: httpx.Request) -> httpx.Response:
        (one,) = json.loads(request.content)["asset_ids"]
        asked.append(one)
        if one == "a":
            pausing.set_result(threading.current_thread())
            return no(None, status=500)
        assert until(pausing.result(10), lambda functions: "sleep" in functions)
        ctrl_c()
        return items(asset(one))

    threads = threading.enumerate()
    with JimmyAI(api_key=KEY, transport=httpx.MockTransport(answer), batch_size=1) as jimmy:
        with pytest.raises(KeyboardInterrupt):
            jimmy.real_person.wait_many(["a", "b"])
        assert threading.enumerate() == threads
    assert sorted(asked) == ["a", "b"]


def held(place: str) -> tuple[Stops, asyncio.Event]:
    """Stops that say when they are reached, and stay there."""
    here = asyncio.Event()

    async def hold() -> None:
        here.set()
        await asyncio.Event().wait()

    return Stops(place, hold), here


async def cancelled(wait: Awaitable[Any], here: asyncio.Event) -> None:
    """Run `wait` until `here`, cancel it, and see that nothing but this task is left."""
    task = asyncio.ensure_future(wait)
    await here.wait()
    task.cancel("enough")
    with pytest.raises(asyncio.CancelledError, match="enough"):
        await task
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def listed(jimmy: AsyncJimmyAI, ids: list[str]) -> int:
    return len([one async for one in jimmy.real_person.as_completed(ids)])


@pytest.mark.parametrize("call", [lambda jimmy, ids: jimmy.real_person.wait_many(ids), listed], ids=[*CALLS])
@groups
@places
def test_cancellation(call: Callable[[AsyncJimmyAI, list[str]], Awaitable[Any]], ids: list[str], place: str) -> None:
    async def main() -> None:
        stops, here = held(place)
        async with AsyncJimmyAI(api_key=KEY, **options(stops)) as jimmy:
            await cancelled(call(jimmy, ids), here)
            assert stops.open == set()
            assert len((await jimmy.real_person.wait_many(ids)).active) == len(ids)

    asyncio.run(main())


@groups
def test_cancellation_in_a_listener(ids: list[str]) -> None:
    async def main() -> None:
        stops, here = held("listener")
        async with AsyncJimmyAI(api_key=KEY, **options(stops)) as jimmy:
            wait = jimmy.real_person.wait_many(ids, on_update=lambda *_: stops.areached("listener"))
            await cancelled(wait, here)
            assert len((await jimmy.real_person.wait_many(ids)).active) == len(ids)

    asyncio.run(main())


@places
def test_a_timeout_of_the_callers_own(place: str) -> None:
    """It is no error of ours, and the wait ends inside it."""

    async def main() -> None:
        stops, here = held(place)
        async with AsyncJimmyAI(api_key=KEY, **options(stops)) as jimmy:
            error: TimeoutError | None = None
            try:
                async with asyncio.timeout(None) as scope:
                    asyncio.ensure_future(here.wait()).add_done_callback(lambda _: scope.reschedule(0))
                    await jimmy.real_person.wait_many(SEVERAL)
            except TimeoutError as caught:
                error = caught
            assert type(error) is TimeoutError
            assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(main())


def test_enough_on_threads() -> None:
    stops = Stops("", ctrl_c)
    threads = threading.enumerate()
    with JimmyAI(api_key=KEY, **options(stops)) as jimmy:
        for one in jimmy.real_person.as_completed(SEVERAL):
            assert one.asset_id == "b"
            break
        assert threading.enumerate() == threads
        assert stops.open == set()
        assert len(stops.requests) == 3
        assert jimmy.real_person.wait("e").is_active


@pytest.mark.parametrize("ids", [SEVERAL, ["b", "d"]], ids=["unfinished", "finished"])
def test_enough_on_asyncio_closed_properly(ids: list[str]) -> None:
    """The block leaves nothing to the garbage collector."""

    async def main() -> None:
        stops = Stops("", ctrl_c)
        async with AsyncJimmyAI(api_key=KEY, **options(stops)) as jimmy:
            async with aclosing(jimmy.real_person.as_completed(ids)) as arriving:
                assert (await anext(arriving)).asset_id == "b"
            await asyncio.sleep(0)
            assert asyncio.all_tasks() == {asyncio.current_task()}
            assert stops.open == set()
            assert (await jimmy.real_person.wait("e")).is_active

    asyncio.run(main())


def test_enough_on_asyncio_by_a_mere_break() -> None:
    """Python closes the iterator in a task of its own soon after."""

    async def main() -> None:
        stops = Stops("", ctrl_c)
        async with AsyncJimmyAI(api_key=KEY, **options(stops)) as jimmy:
            async for one in jimmy.real_person.as_completed(SEVERAL):
                assert one.asset_id == "b"
                break
            gc.collect()
            for _ in range(5):
                await asyncio.sleep(0)
            assert asyncio.all_tasks() == {asyncio.current_task()}
            assert stops.open == set()
            assert len(stops.requests) == 3

    asyncio.run(main())


def test_a_listener_that_raises_leaves_no_task() -> None:
    async def main() -> None:
        stops = Stops("", ctrl_c)

        def listen(*_: object) -> None:
            raise LookupError

        async with AsyncJimmyAI(api_key=KEY, **options(stops)) as jimmy:
            with pytest.raises(LookupError):
                await jimmy.real_person.wait_many(SEVERAL, on_update=listen)
            await asyncio.sleep(0)
            assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(main())


@pytest.mark.parametrize("ids", [ONE, SEVERAL], ids=["one", "several"])
def test_a_fault_in_a_transport_of_the_caller_s(connect: Connect, ids: list[str]) -> None:
    """It is an error of our tree, which nothing is gained by repeating."""

    def fail() -> None:
        raise ZeroDivisionError

    stops = Stops("request", fail)
    client = connect(**options(stops))
    with pytest.raises(APIConnectionError, match="ZeroDivisionError"):
        client.real_person.wait_many(ids)
    assert tasks_of(client) == set()
    assert client.real_person.wait("e").is_active
