"""The connections under a client: taken again, replaced, limited, shared by threads.

The pools are httpcore's: what is tested is how they are set up. Proxies: tests/faults.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import APITimeoutError, AsyncJimmyAI, JimmyAI
from jimmy_ai_openapi_client.sdk.http.connections import LIMITS

from .server import Server
from .service import KEY, Connect

pytestmark = pytest.mark.wire


def test_one_connection_serves_calls_in_turn_until_it_is_closed(connect: Connect) -> None:
    """By the server: another takes its place."""
    with Server() as server:
        client = connect(api_key=KEY, base_url=server.url, max_retries=0)
        for each in (client, client.with_options(timeout=5), client):
            assert each.real_person.status("id1").is_active
        assert (server.connections, len(server.requests)) == (1, 3)
        server.hang_up()
        assert server.open_connections(at_most=0) == 0
        assert client.real_person.status("id1").is_active
        assert server.connections == 2


@pytest.mark.parametrize("limit", [{"max_keepalive_connections": 0}, {"keepalive_expiry": 0.0}], ids=str)
def test_limits_of_idle_connections(connect: Connect, limit: dict[str, Any]) -> None:
    """By default those of httpx, except that they outlast the longest usual pause of a wait."""
    assert httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=30) == LIMITS
    with Server() as server:
        client = connect(base_url=server.url, httpx_args={"limits": httpx.Limits(**limit)})
        for _ in range(2):
            client.real_person.status("id1")
        assert server.connections == 2


def test_there_are_no_more_at_a_time_than_most_on_asyncio() -> None:
    """A further call waits for a place, up to its deadline, and has not reached the service then."""
    free, limits = Event(), {"limits": httpx.Limits(max_connections=2)}

    async def main() -> None:
        async with AsyncJimmyAI(api_key=KEY, base_url=server.url, max_retries=0, httpx_args=limits) as jimmy:
            busy = [asyncio.create_task(jimmy.real_person.status(one)) for one in "ab"]
            assert await asyncio.to_thread(server.wait_until_requests, 2)
            with pytest.raises(APITimeoutError, match="PoolTimeout: all 2 connections are busy") as caught:
                await jimmy.with_options(timeout=0.05).real_person.status("one more")
            free.set()
            assert not caught.value.reached
            assert [(await one).asset_id for one in busy] == ["a", "b"]
            assert (await jimmy.real_person.status("c")).asset_id == "c"

    with Server() as server:
        server.before_answer = free.wait
        asyncio.run(main())


def test_threads_have_a_connection_each() -> None:
    """Every caller gets its own answer, from the first call at the same moment on."""
    ids = [f"id{number}" for number in range(200)]
    together = Barrier(5)
    with Server() as server, ThreadPoolExecutor(5) as pool:
        server.before_answer = lambda: together.wait() if len(server.requests) <= 5 else None
        with JimmyAI(api_key=KEY, base_url=server.url) as jimmy:
            assert [found.asset_id for found in pool.map(jimmy.real_person.status, ids)] == ids
            assert (len(server.requests), server.connections) == (len(ids), 5)
