"""The connections under a client: taken again, replaced, limited, closed, shared by threads, led through proxies.

The pools are httpcore's: what is tested is how they are set up. More of proxies: tests/faults.
"""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from jimmy_ai_openapi_client import APITimeoutError, AsyncJimmyAI, ConfigurationError, JimmyAI
from jimmy_ai_openapi_client.sdk.http.connections import LIMITS

from .server import Server
from .service import KEY, Connect, Service

pytestmark = pytest.mark.wire
MOST = LIMITS.max_connections or 0


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


def test_there_are_no_more_than_most() -> None:
    """A further call waits for a connection, up to its deadline, and has not reached the service then."""
    with Server() as server, ThreadPoolExecutor(MOST) as pool:
        free = threading.Event()
        server.before_answer = free.wait
        with JimmyAI(api_key=KEY, base_url=server.url, max_retries=0) as jimmy:
            busy = [pool.submit(jimmy.real_person.status, str(number)) for number in range(MOST)]
            assert server.wait_until_requests(MOST)
            with pytest.raises(APITimeoutError, match="PoolTimeout") as caught:
                jimmy.with_options(timeout=0.05).real_person.status("one more")
            assert not caught.value.reached
            free.set()
            assert all(one.result().is_active for one in busy)
            assert server.connections == MOST


def test_there_are_no_more_than_most_of_asyncio_either() -> None:
    """Without waiting where there is room."""

    async def main() -> None:
        limits = {"limits": httpx.Limits(max_connections=2)}
        async with AsyncJimmyAI(api_key=KEY, base_url=server.url, max_retries=0, httpx_args=limits) as jimmy:
            busy = [asyncio.create_task(jimmy.real_person.status(one)) for one in "ab"]
            assert await asyncio.to_thread(server.wait_until_requests, 2)
            with pytest.raises(APITimeoutError, match="PoolTimeout: all 2 connections are busy") as caught:
                await jimmy.with_options(timeout=0.05).real_person.status("one more")
            assert not caught.value.reached
            free.set()
            assert [(await one).asset_id for one in busy] == ["a", "b"]
            assert (await jimmy.real_person.status("c")).asset_id == "c"

    with Server() as server:
        free = threading.Event()
        server.before_answer = free.wait
        asyncio.run(main())


def test_threads_have_a_connection_each() -> None:
    """Every caller gets its own answer, from the first call at the same moment on; closing leaves none open."""
    ids = [f"id{number}" for number in range(200)]
    with Server() as server, ThreadPoolExecutor(5) as pool:
        together = threading.Barrier(5)
        server.before_answer = lambda: together.wait() if len(server.requests) <= 5 else None
        with JimmyAI(api_key=KEY, base_url=server.url) as jimmy:
            assert [found.asset_id for found in pool.map(jimmy.real_person.status, ids)] == ids
            assert (len(server.requests), server.connections) == (len(ids), 5)
        assert server.open_connections(at_most=0) == 0


def test_closing_while_others_call() -> None:
    """Each call ends with its answer or says that the client is closed."""
    start = threading.Barrier(4)
    jimmy = JimmyAI(api_key=KEY, transport=Service().transport)

    def call(number: int) -> None:
        start.wait(60)
        if number == 0:
            jimmy.close()
        for _ in range(50):
            try:
                assert jimmy.real_person.status("id1").is_active
            except ConfigurationError as closed:
                assert "closed" in str(closed)  # noqa: PT017

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(call, range(4)))


UNUSABLE = ["ftp://user:hidden@proxy.example", "http://proxy.example:port", "http://user:hidden@[::1"]
UNUSABLE.append("socks5://user:hidden@proxy.example")  # needs a library that is not installed


@pytest.mark.parametrize("proxy", UNUSABLE)
def test_a_proxy_that_cannot_be_used(connect: Connect, monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    """One error of our tree, which does not show the password, before anything is sent."""
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(ConfigurationError, match="proxy settings of the environment") as caught:
        connect(api_key=KEY).real_person.status("id1")
    assert str(caught.value).isprintable()
    assert "hidden" not in str(caught.value)


def test_a_transport_of_the_caller_s_is_not_proxied(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert connect(api_key=KEY, transport=Service().transport).real_person.status("id1").is_active
