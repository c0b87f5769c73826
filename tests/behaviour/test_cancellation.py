"""A cancelled task ends with CancelledError and nothing else; the client stays usable."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import APITimeoutError, AsyncJimmyAI
from jimmy_ai_openapi_client.sdk.clock import Clock
from jimmy_ai_openapi_client.sdk.mock import FakeClock

from .server import served
from .service import KEY, Service, no

IDS = [f"id{number}" for number in range(8)]
CALLS: dict[str, Callable[[AsyncJimmyAI], Awaitable[Any]]] = {
    "status": lambda jimmy: jimmy.real_person.status("id1"),
    "one batch": lambda jimmy: jimmy.real_person.batch_status(["id1"]),
    "batches": lambda jimmy: jimmy.real_person.batch_status(IDS),
}
calls = pytest.mark.parametrize("call", CALLS)


class Held(httpx.AsyncBaseTransport):
    """Holds requests while `holding`, in their body when told so; counts those it holds."""

    def __init__(self, *, in_body: bool = False) -> None:
        self.holding, self.held, self.closed = True, 0, 0
        self._in_body = in_body
        self.reached = asyncio.Event()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = Service().handle(request)
        if not self.holding:
            return answer
        if self._in_body:
            return httpx.Response(200, stream=Dripping(self, answer.content))
        await self.hold()
        return answer

    async def hold(self) -> None:
        self.held += 1
        self.reached.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.held -= 1


class Dripping(httpx.AsyncByteStream):
    """A body whose second half does not come."""

    def __init__(self, held: Held, content: bytes) -> None:
        self._held, self._content = held, content

    async def __aiter__(self) -> Any:
        yield self._content[:10]
        await self._held.hold()

    async def aclose(self) -> None:
        self._held.closed += 1


async def cancelled(call: Awaitable[Any], reached: asyncio.Event) -> None:
    """Cancel `call` once `reached`; it ends at once with CancelledError itself, and leaves no task."""
    task = asyncio.ensure_future(call)
    await reached.wait()
    task.cancel("by the caller")
    with pytest.raises(asyncio.CancelledError) as caught:
        await task
    assert type(caught.value) is asyncio.CancelledError
    assert asyncio.all_tasks() == {asyncio.current_task()}


@calls
@pytest.mark.parametrize("in_body", [False, True])
def test_during_a_request(call: str, in_body: bool) -> None:
    async def main() -> None:
        held = Held(in_body=in_body)
        async with AsyncJimmyAI(api_key=KEY, transport=held, batch_size=2) as jimmy:
            await cancelled(CALLS[call](jimmy), held.reached)
            assert held.held == 0
            assert held.closed == (0 if not in_body else 4 if call == "batches" else 1)
            held.holding = False
            assert await CALLS[call](jimmy)

    asyncio.run(main())


class Paused(Clock):
    """Sleeps without end once a retry is due."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self.paused = 0

    async def asleep(self, seconds: float) -> None:
        if seconds == 0:
            return
        self.paused += 1
        self.reached.set()
        await asyncio.Event().wait()


@calls
def test_during_the_pause_before_a_retry(call: str) -> None:
    async def main() -> None:
        service, clock = Service(*[no(None, status=503)] * 4), Paused()
        async with AsyncJimmyAI(
            api_key=KEY, transport=service.transport, clock=clock, batch_size=2, max_retries=1
        ) as jimmy:
            await cancelled(CALLS[call](jimmy), clock.reached)
            sent = len(service.asked)
            service.asked.clear()
            assert sent == clock.paused
            assert await CALLS[call](jimmy.with_options(max_retries=0)) if sent == 4 else True

    asyncio.run(main())


def test_a_timeout_of_the_caller() -> None:
    """asyncio.timeout around a call raises its own TimeoutError, not one of ours."""

    async def main() -> None:
        held = Held()
        async with AsyncJimmyAI(api_key=KEY, transport=held) as jimmy:
            with pytest.raises(TimeoutError) as caught:
                async with asyncio.timeout(0):
                    await jimmy.real_person.batch_status(["a", "b"])
            assert not isinstance(caught.value, APITimeoutError)
            assert held.held == 0

    asyncio.run(main())


def test_one_failing_neighbour_does_not_change_the_others() -> None:
    """Of two calls in a TaskGroup one is cancelled by hand; the other has its answer."""

    async def main() -> None:
        held = Held()
        async with AsyncJimmyAI(api_key=KEY, transport=held) as jimmy, asyncio.TaskGroup() as group:
            first = group.create_task(jimmy.real_person.batch_status(["a"]))
            await held.reached.wait()
            held.holding = False
            second = group.create_task(jimmy.real_person.batch_status(["b"]))
            first.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await first
            assert list(await second) == ["b"]

    asyncio.run(main())


def test_our_own_timeout_is_ours() -> None:
    """A server that says nothing: APITimeoutError, and no retry outlives it."""

    async def main() -> None:
        held = Held()
        async with AsyncJimmyAI(api_key=KEY, transport=held, timeout=0.01, max_retries=0) as jimmy:
            with pytest.raises(APITimeoutError) as caught:
                await jimmy.real_person.status("id1")
            assert isinstance(caught.value, TimeoutError)
            assert (caught.value.attempts, held.held) == (1, 0)

    asyncio.run(main())


@pytest.mark.parametrize("bug", [LookupError, RuntimeError, ValueError, AssertionError])
@pytest.mark.parametrize("batches", [False, True])
def test_what_a_clock_raises_comes_out_as_it_is(batches: bool, bug: type[Exception]) -> None:
    """A bug in a clock of the caller's: the same exception on both sides, in no group."""

    class Broken(FakeClock):
        async def asleep(self, seconds: float) -> None:
            raise bug("it")

    async def main() -> None:
        service = Service(*[no(-1)] * 4)
        options: dict[str, Any] = {"transport": service.transport, "clock": Broken(), "batch_size": 2}
        async with AsyncJimmyAI(api_key=KEY, **options) as jimmy:
            with pytest.raises(bug, match=r"^it$"):
                await jimmy.real_person.batch_status(IDS if batches else ["a"])

    asyncio.run(main())


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
