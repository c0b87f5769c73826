"""Tasks that are cancelled: they end with CancelledError and nothing else, and leave nothing behind."""

import asyncio
import gc
from collections.abc import Awaitable
from contextlib import aclosing, suppress
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import APITimeoutError, AsyncJimmyAI

from .server import PATIENCE, Server
from .service import KEY
from .stops import CALLS, PLACES, SEVERAL, Stops, options

calls = pytest.mark.parametrize("call", CALLS)
places = pytest.mark.parametrize("place", PLACES)


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
def test_a_cancelled_handshake_is_closed() -> None:
    async def main() -> None:
        begun, given_up = asyncio.Event(), asyncio.Event()

        async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readexactly(1)
            begun.set()
            await reader.read()
            given_up.set()
            writer.close()

        async with await asyncio.start_server(hold, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            async with AsyncJimmyAI(api_key=KEY, base_url=f"https://127.0.0.1:{port}") as jimmy:
                call = asyncio.create_task(jimmy.real_person.status("a"))
                await begun.wait()
                call.cancel()
                await asyncio.wait([call])
                assert call.cancelled()
                await asyncio.wait_for(given_up.wait(), PATIENCE)

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
