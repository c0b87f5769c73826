"""The connections under a client: taken again, replaced, limited, closed.

The pools are httpcore's: what is tested is how they are set up.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from jimmy_ai_openapi_client import APITimeoutError, JimmyAI
from jimmy_ai_openapi_client.sdk.http.connections import LIMITS
from jimmy_ai_openapi_client.sdk.mock import FakeClock

from .server import Server, served
from .service import KEY, Connect

MOST = LIMITS.max_connections or 0


def calls(connect: Connect, server: Server, **options: Any) -> Callable[[], Any]:
    client = connect(api_key=KEY, base_url=server.base_url, clock=FakeClock(), **options)
    return lambda: client.real_person.status("id1")


def test_one_connection_serves_calls_in_turn(connect: Connect) -> None:
    with served() as server:
        call = calls(connect, server)
        for _ in range(3):
            call()
        assert (server.connections, server.requests) == (1, 3)


def test_a_connection_that_the_server_closed_is_replaced(connect: Connect) -> None:
    with served() as server:
        call = calls(connect, server, max_retries=0)
        call()
        server.hang_up()
        assert call().is_active
        assert server.connections == 2


def test_calls_at_a_time_have_a_connection_each() -> None:
    with served() as server, ThreadPoolExecutor(5) as pool:
        together = threading.Barrier(5)
        server.before_answer = together.wait
        with JimmyAI(api_key=KEY, base_url=server.base_url) as jimmy:
            for _ in range(2):
                assert all(one.is_active for one in pool.map(jimmy.real_person.status, "abcde"))
        assert (server.connections, server.requests) == (5, 10)


def test_there_are_no_more_than_most() -> None:
    """A further call waits for a connection, up to its deadline, and has not reached the service then."""
    with served() as server, ThreadPoolExecutor(MOST) as pool:
        free = threading.Event()
        server.before_answer = free.wait
        with JimmyAI(api_key=KEY, base_url=server.base_url, max_retries=0) as jimmy:
            busy = [pool.submit(jimmy.real_person.status, str(number)) for number in range(MOST)]
            assert server.wait_until_requests(MOST)
            with pytest.raises(APITimeoutError, match="PoolTimeout") as caught:
                jimmy.with_options(timeout=0.05).real_person.status("one more")
            assert not caught.value.reached
            free.set()
            assert all(one.result().is_active for one in busy)
            assert server.connections == MOST
