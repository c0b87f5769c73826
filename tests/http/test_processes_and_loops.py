"""Connections belong to a process, and on asyncio to an event loop; one client may be used in many."""

import asyncio
import gc
import os
import subprocess
import sys
import warnings
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest

from jimmy_ai_openapi_client import AsyncJimmyAI, ConfigurationError, RealPersonAsset

from .server import Server
from .service import KEY, Service

FORK = """
import os, sys
from jimmy_ai_openapi_client import JimmyAI

def ask(name):
    assert jimmy.real_person.status(name).asset_id == name

jimmy = JimmyAI(api_key=sys.argv[2], base_url=sys.argv[1], batch_size=1)
# No batch before the fork: a thread may hold locks of OpenSSL just after it was joined, and a child inherit them.
ask("before")
child = os.fork()
name = "parent" if child else "child"
ask(name)
assert list(jimmy.real_person.batch_status([name, "b", "c"])) == [name, "b", "c"]
if not child:
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0, "the child failed"
ask("after")
"""


@pytest.mark.wire
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_fork() -> None:
    """A client made before a fork works on both sides of it. On asyncio connections end with a loop, before a fork."""
    with Server() as server:
        command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", FORK, server.url, KEY]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.wire
def test_one_after_another() -> None:
    """`asyncio.run` again and again, as scripts and notebooks do it, though connections belong to a loop.

    A loop and its connections end together; not even the garbage collector has something to complain about.
    """
    loops: list[weakref.ref[Any]] = []

    async def main(name: str) -> None:
        loops.append(weakref.ref(asyncio.get_running_loop()))
        assert (await jimmy.real_person.status(name)).asset_id == name

    with Server() as server, warnings.catch_warnings(record=True) as complaints:
        warnings.simplefilter("always", ResourceWarning)
        jimmy = AsyncJimmyAI(api_key=KEY, base_url=server.url)
        for number in range(3):
            asyncio.run(main(f"id{number}"))
            assert server.open_connections(at_most=0) == 0
        gc.collect()
        assert [loop() for loop in loops] == [None] * 3
        assert not complaints
        assert server.connections == 3


@pytest.mark.wire
def test_a_loop_that_was_closed_early_is_let_go() -> None:
    """Without finishing its async generators, as some frameworks do: its sockets end with the next call elsewhere."""
    with Server() as server, warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        jimmy = AsyncJimmyAI(api_key=KEY, base_url=server.url)
        loop = asyncio.new_event_loop()
        loop.run_until_complete(jimmy.real_person.status("id1"))
        loop.close()

        async def main() -> None:
            await jimmy.real_person.status("id2")
            gc.collect()
            assert await asyncio.to_thread(server.open_connections, 1) == 1
            await jimmy.close()

        asyncio.run(main())
        del loop
        gc.collect()


@pytest.mark.wire
def test_loops_that_are_open_keep_a_connection_each() -> None:
    with Server() as server, closing(asyncio.new_event_loop()) as one, closing(asyncio.new_event_loop()) as other:
        jimmy = AsyncJimmyAI(api_key=KEY, base_url=server.url)
        for loop in (one, other, one, other):
            loop.run_until_complete(jimmy.real_person.status("id1"))
        assert server.connections == 2
        for loop in (one, other):
            loop.run_until_complete(loop.shutdown_asyncgens())


def test_loops_of_other_threads_come_while_closed_ones_are_looked_for() -> None:
    meanwhile: list[Callable[[], object]] = []

    class Loop(asyncio.SelectorEventLoop):
        def is_closed(self) -> bool:
            if meanwhile:
                meanwhile.pop()()
            return super().is_closed()

    def ask(loop: asyncio.AbstractEventLoop) -> RealPersonAsset:
        return loop.run_until_complete(jimmy.real_person.status("id1"))

    jimmy = AsyncJimmyAI(api_key=KEY, transport=Service().transport)
    with closing(Loop()) as first, closing(Loop()) as second, closing(Loop()) as third, ThreadPoolExecutor(1) as pool:
        assert ask(first).is_active

        async def main() -> RealPersonAsset:
            meanwhile.append(lambda: pool.submit(ask, third).result())
            return await jimmy.real_person.status("id1")

        assert second.run_until_complete(main()).is_active
        assert not meanwhile


CALLS: list[Callable[[Any], Any]] = [
    lambda real_person: real_person.status("id1"),
    lambda real_person: real_person.batch_status(["id1", "id2"]),
    lambda real_person: real_person.wait_many(["id1", "id2"]),
]


@pytest.mark.parametrize("call", CALLS, ids=["status", "batch_status", "wait_many"])
def test_another_library_s_loop(call: Callable[[Any], Any]) -> None:
    """Such as trio's, where asyncio has none: the error says so."""
    jimmy = AsyncJimmyAI(api_key=KEY, transport=Service().transport, batch_size=1)
    with pytest.raises(ConfigurationError, match="needs a running event loop of asyncio; trio"):
        call(jimmy.real_person).send(None)
