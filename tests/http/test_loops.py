"""One asyncio client, many event loops."""

import asyncio
import gc
import warnings
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from jimmy_ai_openapi_client import AsyncJimmyAI, ConfigurationError

from .script import output
from .server import Server
from .service import KEY, Service

IN_TURN = """
import asyncio, gc, sys, weakref
from jimmy_ai_openapi_client import AsyncJimmyAI

loops = []
async def main(name):
    loops.append(weakref.ref(asyncio.get_running_loop()))
    assert (await jimmy.real_person.status(name)).asset_id == name

jimmy = AsyncJimmyAI(api_key=sys.argv[2], base_url=sys.argv[1])
for number in range(3):
    asyncio.run(main(f"id{number}"))
    gc.collect()
print(sum(loop() is not None for loop in loops), "loops are kept")
asyncio.run(jimmy.close())
"""


@pytest.fixture(scope="module")
def in_turn() -> str:
    """What three loops in turn leave behind, the collector's complaints included."""
    with Server() as server:
        written = output(IN_TURN, server.url, KEY, options=("-W", "always::ResourceWarning"))
        assert len(server.requests) == 3
    return written


@pytest.mark.wire
def test_one_after_another(in_turn: str) -> None:
    """`asyncio.run` again and again, as scripts and notebooks do it, though connections belong to a loop.

    A loop and its connections end together; not even the garbage collector has something to complain about.
    """
    assert "exit" not in in_turn
    assert int(in_turn.split(maxsplit=1)[0]) <= 1
    assert "unclosed" not in in_turn


def test_made_outside_of_any_loop() -> None:
    """At import time, say."""
    jimmy = AsyncJimmyAI(api_key=KEY, transport=Service().transport)
    assert asyncio.run(jimmy.real_person.status("id1")).is_active


CALLS: dict[str, Callable[[AsyncJimmyAI], Coroutine[Any, Any, Any]]] = {
    "status": lambda jimmy: jimmy.real_person.status("id1"),
    "batch_status": lambda jimmy: jimmy.real_person.batch_status(["id1", "id2"]),
    "wait_many": lambda jimmy: jimmy.real_person.wait_many(["id1", "id2"]),
}


@pytest.mark.parametrize("call", CALLS)
def test_another_library_s_loop(call: str) -> None:
    """Such as trio's, where asyncio has none: the error says so."""
    coroutine = CALLS[call](AsyncJimmyAI(api_key=KEY, transport=Service().transport, batch_size=1))
    with pytest.raises(ConfigurationError, match="needs a running event loop of asyncio; trio"):
        coroutine.send(None)


@pytest.mark.wire
def test_a_loop_that_was_closed_early_is_let_go() -> None:
    """Without finishing its async generators, as some frameworks do: its sockets end with the next call elsewhere."""
    with Server() as server:
        jimmy = AsyncJimmyAI(api_key=KEY, base_url=server.url)
        loop = asyncio.new_event_loop()
        loop.run_until_complete(jimmy.real_person.status("id1"))
        loop.close()

        async def main() -> None:
            await jimmy.real_person.status("id2")
            gc.collect()
            assert await asyncio.to_thread(server.open_connections, 1) == 1
            await jimmy.close()

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            asyncio.run(main())
            del loop
            gc.collect()
