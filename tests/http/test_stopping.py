"""Calls that are stopped: by Ctrl-C, by cancellation, by a consumer that has enough. Nothing is left behind."""

import asyncio
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from queue import SimpleQueue
from typing import Any
from unittest.mock import Mock

import httpx
import pytest

from jimmy_ai_openapi_client import APITimeoutError, AsyncJimmyAI, JimmyAI, WaitTimeoutError
from jimmy_ai_openapi_client.sdk.clock import Clock
from jimmy_ai_openapi_client.sdk.http.concurrent import as_answered

from .server import Server
from .service import KEY, Connect, Service
from .stops import PLACES, Stops, ctrl_c

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


def have_ended(before: list[threading.Thread]) -> bool:
    """Whether no other thread is left. One whose start was interrupted ends by itself."""
    for thread in set(threading.enumerate()).difference(before):
        thread.join(30)
    return threading.enumerate() == before


def is_over(client: Any, stops: Stops) -> bool:
    """Whether no thread, task or answer is left."""
    tasks = asyncio.all_tasks(client.runner.get_loop())
    return have_ended(stops.threads) and not tasks and all(answer.is_closed for answer in stops.answers)


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("place", PLACES)
def test_ctrl_c(connect: Connect, way: str, call: str, place: str) -> None:
    """It comes out as it is, and the client stays usable. On asyncio it is the cancellation of the main task."""
    stops = Stops(place, ctrl_c)
    client = connect(**stops.options(way))
    with pytest.raises(KeyboardInterrupt):
        CALLS[call](client.real_person)
    assert stops.place == ""
    assert is_over(client, stops)
    sent = len(stops.answers)
    assert CALLS[call](client.real_person)
    assert len(stops.answers) > sent


def test_a_consumer_that_has_enough(connect: Connect, way: str) -> None:
    stops = Stops()
    client = connect(**stops.options(way))
    with closing(client.real_person.as_completed(SEVERAL)) as completed:
        assert next(completed).asset_id in {"b", "d"}
    assert is_over(client, stops)
    assert len(stops.answers) <= 3
    assert client.real_person.wait("e").is_active


@pytest.mark.parametrize("listener", ["on_update", "on_progress"])
@pytest.mark.parametrize("error", [LookupError("mine"), WaitTimeoutError("mine"), SystemExit("mine")], ids=repr)
def test_what_a_listener_raises_comes_out(connect: Connect, way: str, listener: str, error: BaseException) -> None:
    """The very same, and it ends the wait at once: nothing is left to the garbage collector.

    What is known is attached to what interrupts, not to an exception of the caller.
    """
    stops = Stops()
    client = connect(**stops.options(way))
    with pytest.raises(type(error)) as caught:
        client.real_person.wait_many(SEVERAL, **{listener: Mock(side_effect=error)})
    assert caught.value is error
    assert (getattr(error, "wait_result", None) is None) == isinstance(error, Exception)
    assert is_over(client, stops)
    assert len(stops.answers) <= 3
    assert client.real_person.wait("e").is_active


def test_a_cancelled_task_says_what_its_canceller_said_and_has_what_is_known() -> None:
    async def main() -> None:
        stops = Stops("request", lambda: task.cancel("enough"))
        async with AsyncJimmyAI(api_key=KEY, **stops.options("asyncio")) as jimmy:
            task = asyncio.ensure_future(jimmy.real_person.wait_many(SEVERAL))
            with pytest.raises(asyncio.CancelledError, match="enough") as caught:
                await task
            assert getattr(caught.value, "wait_result").pending == tuple(SEVERAL)  # noqa: B009

    asyncio.run(main())


def test_our_own_timeout_is_none_of_these() -> None:
    async def stall(_: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    async def main() -> None:
        transport = httpx.MockTransport(stall)
        async with AsyncJimmyAI(api_key=KEY, transport=transport, timeout=0.01, max_retries=0) as jimmy:
            with pytest.raises(APITimeoutError, match="no complete answer in time"):
                await jimmy.real_person.status("id1")

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

    with Server() as server:
        asyncio.run(main(server.url))


class CancelledAtTheEnd(httpx.AsyncHTTPTransport):
    """One connection. The task that has read an answer is cancelled, so that it has yet to close it."""

    def __init__(self) -> None:
        super().__init__(limits=httpx.Limits(max_connections=1))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await super().handle_async_request(request)
        stream: Any = response.stream
        task: Any = asyncio.current_task()

        class Stream(httpx.AsyncByteStream):
            async def __aiter__(self) -> AsyncIterator[bytes]:
                async for chunk in stream:
                    yield chunk
                task.cancel()

            async def aclose(self) -> None:
                await stream.aclose()
                for _ in range(9):
                    await asyncio.sleep(0)

        return httpx.Response(response.status_code, headers=response.headers, stream=Stream())


@pytest.mark.wire
def test_a_call_that_is_cancelled_while_its_answer_is_closed_gives_its_connection_back() -> None:
    async def main(base_url: str) -> None:
        options: Any = {"transport": CancelledAtTheEnd(), "max_retries": 0}
        async with AsyncJimmyAI(api_key=KEY, base_url=base_url, **options) as jimmy:
            for _ in range(3):
                with pytest.raises(asyncio.CancelledError):
                    await asyncio.create_task(jimmy.real_person.status("id1"))
                assert asyncio.all_tasks() == {asyncio.current_task()}

    with Server() as server:
        asyncio.run(main(server.url))
        assert len(server.requests) == 3


@pytest.mark.parametrize("interrupt", [ctrl_c, Mock(side_effect=KeyboardInterrupt)], ids=["Ctrl-C", "in a worker"])
def test_an_interruption_does_not_wait_for_the_pauses_of_others(interrupt: Callable[[], object]) -> None:
    pausing, before = threading.Event(), threading.enumerate()

    def act(item: str) -> None:
        if item == "pausing":
            pausing.set()
            Clock().sleep(3600)
        pausing.wait(60)
        interrupt()

    with pytest.raises(KeyboardInterrupt):
        list(as_answered(act, deque(["pausing", "interrupting"]), 2))
    assert have_ended(before)


def test_a_thread_that_does_not_end_in_time_is_left() -> None:
    """It does not keep the process alive."""
    release, stuck = threading.Event(), SimpleQueue[threading.Thread]()

    def act(item: str) -> None:
        if item == "stuck":
            stuck.put(threading.current_thread())
            release.wait(60)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(as_answered(act, deque(["stuck", "interrupting"]), 2))
    thread = stuck.get()
    assert (thread.is_alive(), thread.daemon) == (True, True)
    release.set()
    thread.join()


@pytest.mark.parametrize("call", ["batch_status", "wait_many", "as_completed"])
def test_ctrl_c_has_what_is_known(call: str) -> None:
    """What `as_completed` has yielded, it no longer holds."""
    service = Service(lambda asked: Service().usual(asked), KeyboardInterrupt())
    jimmy = JimmyAI(api_key=KEY, transport=service.transport, batch_size=2, concurrency=1)
    with pytest.raises(KeyboardInterrupt) as caught:
        list(getattr(jimmy.real_person, call)(["a", "b", "c", "d"]))
    result: Any = getattr(caught.value, "batch_result" if call == "batch_status" else "wait_result")
    assert list(result) == ([] if call == "as_completed" else ["a", "b"])
    assert (result.unasked if call == "batch_status" else result.pending) == ("c", "d")


@pytest.mark.wire
def test_a_stalled_server_does_not_hold_up_ctrl_c() -> None:
    """Several requests are under way, and none is answered before the call has ended."""
    over, were_released = threading.Event(), list[bool]()

    def interrupt() -> None:
        assert server.wait_until_requests(4)
        ctrl_c()

    with Server() as server, JimmyAI(api_key=KEY, base_url=server.url, batch_size=1, timeout=600) as jimmy:
        server.before_answer = lambda: were_released.append(over.wait(60))
        thread = threading.Thread(target=interrupt)
        thread.start()
        with pytest.raises(KeyboardInterrupt):
            jimmy.real_person.batch_status(list("abcd"))
        over.set()
        thread.join()
        assert not [one for one in threading.enumerate() if one.name == "jimmy-ai"]
        assert jimmy.real_person.status("id1").is_active
    assert were_released == [True] * 5
