"""Calls that are stopped: by Ctrl-C, cancellation, or a consumer that has enough. Nothing is left behind."""

import asyncio
import gc
import signal
import threading
import time
from collections.abc import Awaitable, Callable
from contextlib import aclosing, suppress
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import APIConnectionError, APITimeoutError, AsyncJimmyAI, JimmyAI
from jimmy_ai_openapi_client.sdk.clock import Clock
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock

from .server import served
from .service import KEY, Asked, Connect, Service, no
from .stops import PLACES, Stops, ctrl_c, options, until

SEVERAL = ["slow1", "b", "slow3", "d", "slow5"]
BUSY = ["busy1", "b", "busy3", "d", "busy5"]
CALLS: dict[str, Callable[[Any], Any]] = {
    "status": lambda real_person: real_person.status("busy"),
    "batch of one": lambda real_person: real_person.batch_status(["busy"]),
    "batch": lambda real_person: real_person.batch_status(BUSY),
    "wait": lambda real_person: real_person.wait("slow"),
    "wait_many": lambda real_person: real_person.wait_many(SEVERAL),
    "as_completed": lambda real_person: list(real_person.as_completed(SEVERAL)),
}
calls = pytest.mark.parametrize("call", CALLS)
places = pytest.mark.parametrize("place", PLACES)
no_signals = pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="no signals to threads here")


def tasks_of(client: Any) -> set[asyncio.Task[Any]]:
    runner: asyncio.Runner | None = getattr(client, "_runner", None)
    return asyncio.all_tasks(runner.get_loop()) if runner else set()


@no_signals
@calls
@places
def test_ctrl_c(connect: Connect, call: str, place: str) -> None:
    """It comes out as it is; no thread, task or answer is left, and the client stays usable."""
    stops = Stops(place, ctrl_c)
    client = connect(**options(stops))
    before = threading.enumerate()
    with pytest.raises(KeyboardInterrupt):
        CALLS[call](client.real_person)
    assert stops.place == ""
    assert threading.enumerate() == before
    assert (tasks_of(client), stops.open) == (set(), set())
    sent = stops.requests
    assert CALLS[call](client.real_person)
    assert stops.requests > sent


def test_ctrl_c_in_a_listener(connect: Connect) -> None:
    stops = Stops("listener", ctrl_c)
    client = connect(**options(stops))
    before = threading.enumerate()
    with pytest.raises(KeyboardInterrupt):
        client.real_person.wait_many(SEVERAL, on_update=lambda *_: stops.reached("listener"))
    assert threading.enumerate() == before
    assert tasks_of(client) == set()
    assert stops.requests <= 3
    assert len(client.real_person.wait_many(SEVERAL).active) == len(SEVERAL)


@no_signals
@pytest.mark.parametrize("where", ["caller", "worker"])
def test_other_requests_do_not_go_on(where: str) -> None:
    """Neither Ctrl-C nor a bug in one thread waits for the pauses of another, and nothing more is sent."""
    pausing: list[threading.Thread] = []

    class Noticing(Clock):
        def sleep(self, seconds: float) -> None:
            if seconds:
                pausing.append(threading.current_thread())
            super().sleep(seconds and 60.0)

    def handle(asked: Asked) -> httpx.Response:
        if asked.ids == ["id0"]:
            return no(-1)
        while not pausing:
            time.sleep(0)
        assert until(pausing[0], lambda inside: "wait" in inside)
        if where == "worker":
            raise KeyboardInterrupt("stop")
        ctrl_c()
        return Service().usual(asked)

    service, before, started = Service(handle, handle, handle), set(threading.enumerate()), time.monotonic()
    jimmy = JimmyAI(api_key=KEY, transport=service.transport, clock=Noticing(), batch_size=1, max_retries=1)
    with pytest.raises(KeyboardInterrupt):
        jimmy.real_person.batch_status(["id0", "id1"])
    for thread in set(threading.enumerate()) - before:
        thread.join(30)
    assert time.monotonic() - started < 50
    assert set(threading.enumerate()) <= before
    assert len(service.asked) == 2


@no_signals
@pytest.mark.parametrize(("call", "known"), [("batch_status", "batch_result"), ("wait_many", "wait_result")])
def test_ctrl_c_has_what_is_known(call: str, known: str) -> None:
    """Answers that came while another request stalls are attached."""

    def handle(asked: Asked) -> httpx.Response:
        if "id0" in asked.ids:
            while len(service.asked) < 4:  # of two places this has one, so that the others follow each other
                time.sleep(0)
            ctrl_c()
        return Service().usual(asked)

    service = Service(*[handle] * 8)
    client = JimmyAI(api_key=KEY, transport=service.transport, batch_size=2, concurrency=2)
    with client as jimmy, pytest.raises(KeyboardInterrupt) as caught:
        getattr(jimmy.real_person, call)([f"id{number}" for number in range(8)])
    result = getattr(caught.value, known)
    assert {"id2", "id3"} <= set(result)
    assert {"id0", "id1"} <= set(result.unasked if call == "batch_status" else result.pending)


@pytest.mark.wire
@no_signals
@pytest.mark.parametrize("way", ["threads", "asyncio"])
def test_a_real_signal_during_a_real_request(way: str) -> None:
    """The connection is dropped, as half an answer may be on it; the next call makes another."""

    async def asking(base_url: str) -> None:
        async with AsyncJimmyAI(api_key=KEY, base_url=base_url) as jimmy:
            await jimmy.real_person.status("id1")

    main = threading.main_thread().ident or 0
    with served() as server, JimmyAI(api_key=KEY, base_url=server.base_url) as jimmy:
        server.before_answer = lambda: signal.pthread_kill(main, signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            jimmy.real_person.status("id1") if way == "threads" else asyncio.run(asking(server.base_url))
        assert server.wait_until_open(0)
        server.before_answer = lambda: None
        assert jimmy.real_person.status("id1").is_active


@pytest.mark.wire
@no_signals
def test_a_stalled_server_does_not_hold_up_ctrl_c() -> None:
    """Several requests are under way, none is answered; the call ends long before the server would let it go."""
    over = threading.Event()

    def interrupt() -> None:
        assert server.wait_until_requests(4)
        ctrl_c()

    with served() as server, JimmyAI(api_key=KEY, base_url=server.base_url, batch_size=1, timeout=600) as jimmy:
        server.before_answer = lambda: over.wait(120)
        thread = threading.Thread(target=interrupt)
        thread.start()
        started = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            jimmy.real_person.batch_status(list("abcd"))
        assert time.monotonic() - started < 60
        over.set()
        thread.join()
        assert not [one for one in threading.enumerate() if one.name == "jimmy-ai"]
        assert jimmy.real_person.status("id1").is_active


def held(place: str) -> tuple[Stops, asyncio.Event]:
    """Stops that say when they are reached, and stay there."""
    here = asyncio.Event()

    async def hold() -> None:
        here.set()
        await asyncio.Event().wait()

    return Stops(place, hold), here


async def cancelled(call: Awaitable[Any], here: asyncio.Event) -> None:
    """Run `call` until `here`, cancel it, and see that nothing but this task is left."""
    task = asyncio.ensure_future(call)
    await here.wait()
    task.cancel("enough")
    with pytest.raises(asyncio.CancelledError, match="enough") as caught:
        await task
    assert type(caught.value) is asyncio.CancelledError
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def listed(real_person: Any) -> list[Any]:
    return [one async for one in real_person.as_completed(SEVERAL)]


@calls
@places
def test_cancellation(call: str, place: str) -> None:
    async def main() -> None:
        stops, here = held(place)
        ask = listed if call == "as_completed" else CALLS[call]
        async with AsyncJimmyAI(api_key=KEY, **options(stops)) as jimmy:
            await cancelled(ask(jimmy.real_person), here)
            assert stops.open == set()
            assert await ask(jimmy.real_person)

    asyncio.run(main())


def test_cancellation_in_a_listener() -> None:
    async def main() -> None:
        stops, here = held("listener")
        async with AsyncJimmyAI(api_key=KEY, **options(stops)) as jimmy:
            wait = jimmy.real_person.wait_many(SEVERAL, on_update=lambda *_: stops.areached("listener"))
            await cancelled(wait, here)
            assert len((await jimmy.real_person.wait_many(SEVERAL)).active) == len(SEVERAL)

    asyncio.run(main())


@places
def test_a_timeout_of_the_callers_own(place: str) -> None:
    """It is no error of ours, and the call ends inside it."""

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


def test_our_own_timeout_is_ours() -> None:
    """And of two calls at a time the one that goes well has its answer."""

    async def main() -> None:
        stops, here = held("request")
        async with AsyncJimmyAI(api_key=KEY, **options(stops), timeout=0.01, max_retries=0) as jimmy:
            late = asyncio.ensure_future(jimmy.real_person.status("a"))
            await here.wait()
            assert (await jimmy.with_options(timeout=30).real_person.status("b")).is_active
            with pytest.raises(APITimeoutError) as caught:
                await late
            assert isinstance(caught.value, TimeoutError)
            assert caught.value.attempts == 1

    asyncio.run(main())


@pytest.mark.wire
def test_no_cancelled_call_costs_a_place_for_good() -> None:
    """Wherever it is cancelled, waiting for a connection included."""

    async def main(base_url: str) -> None:
        limits = {"limits": httpx.Limits(max_connections=2)}
        async with AsyncJimmyAI(api_key=KEY, base_url=base_url, max_retries=0, httpx_args=limits) as jimmy:
            for turns in range(40):
                calls = [asyncio.create_task(jimmy.real_person.status(f"id{number}")) for number in range(6)]
                for _ in range(turns):
                    await asyncio.sleep(0)
                for number in (0, 2, 3, 5):
                    calls[number].cancel()
                ended = await asyncio.gather(*calls, return_exceptions=True)
                assert [getattr(ended[number], "asset_id", ended[number]) for number in (1, 4)] == ["id1", "id4"]

    with served() as server:
        asyncio.run(main(server.base_url))


@pytest.mark.parametrize("call", ["status", "batch"])
@pytest.mark.parametrize("bug", [LookupError, RuntimeError])
def test_what_a_clock_raises_comes_out_as_it_is(connect: Connect, call: str, bug: type[Exception]) -> None:
    """A bug in a clock of the caller's: the same exception in threads and in tasks, in no group."""

    class Broken(FakeClock):
        def sleep(self, seconds: float) -> None:
            if seconds:
                raise bug("it")

    client = connect(**{**options(Stops()), "clock": Broken()})
    with pytest.raises(bug, match=r"^it$"):
        CALLS[call](client.real_person)


@pytest.mark.parametrize("call", ["wait", "wait_many"])
def test_a_fault_in_a_transport_of_the_caller_s(connect: Connect, call: str) -> None:
    """It is an error of our tree, which nothing is gained by repeating."""

    def fail() -> None:
        raise ZeroDivisionError

    client = connect(**options(Stops("request", fail)))
    with pytest.raises(APIConnectionError, match="ZeroDivisionError"):
        CALLS[call](client.real_person)
    assert tasks_of(client) == set()
    assert client.real_person.wait("e").is_active


def test_enough_on_threads() -> None:
    stops, before = Stops(), threading.enumerate()
    with JimmyAI(api_key=KEY, **options(stops)) as jimmy:
        for one in jimmy.real_person.as_completed(SEVERAL):
            assert one.asset_id in {"b", "d"}
            break
        assert threading.enumerate() == before
        assert (stops.open, stops.requests <= 3) == (set(), True)
        assert jimmy.real_person.wait("e").is_active


@pytest.mark.parametrize("way", ["closed", "left", "listener"])
def test_enough_on_asyncio(way: str) -> None:
    """The block leaves nothing to the garbage collector; after a mere break Python closes the iterator soon."""

    def listen(*_: object) -> None:
        raise LookupError

    async def main() -> None:
        stops = Stops()
        async with AsyncJimmyAI(api_key=KEY, **options(stops)) as jimmy:
            if way == "closed":
                async with aclosing(jimmy.real_person.as_completed(SEVERAL)) as arriving:
                    assert (await anext(arriving)).asset_id == "b"
            elif way == "left":
                async for _ in jimmy.real_person.as_completed(SEVERAL):
                    break
                gc.collect()
            else:
                with suppress(LookupError):
                    await jimmy.real_person.wait_many(SEVERAL, on_update=listen)
            for _ in range(5 if way == "left" else 1):
                await asyncio.sleep(0)
            assert asyncio.all_tasks() == {asyncio.current_task()}
            assert (stops.open, stops.requests) == (set(), 3)
            assert (await jimmy.real_person.wait("e")).is_active

    asyncio.run(main())
