"""One client, many threads."""
# ruff: noqa: PT017  (what holds for either outcome is no case for pytest.raises)

import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from jimmy_ai_openapi_client import AuthenticationError, ConfigurationError, JimmyAI

from .server import served
from .service import KEY, Asked, Service, no

THREADS, CALLS = 8, 50


def test_eight_threads_over_real_connections() -> None:
    """Every caller gets its own answer; connections are kept; closing leaves none open."""
    with served() as server, ThreadPoolExecutor(THREADS) as pool:
        with JimmyAI(api_key=KEY, base_url=server.base_url) as jimmy:
            ids = [f"id{number}" for number in range(THREADS * CALLS)]
            assert [found.asset_id for found in pool.map(jimmy.real_person.status, ids)] == ids
            assert server.requests == THREADS * CALLS
            assert server.connections <= THREADS
        assert server.wait_until_open(0)


def test_eight_threads_with_batches_and_errors() -> None:
    def answer(asked: Asked) -> httpx.Response:
        return no(20001) if asked.body.get("asset_id") == "bad" else Service().usual(asked)

    service = Service(*[answer] * 10_000)
    ids = [f"id{number}" for number in range(20)]

    def call(number: int) -> object:
        if number % 3 == 0:
            with pytest.raises(AuthenticationError):
                jimmy.real_person.status("bad")
            return ids
        return list(jimmy.with_options(timeout=number).real_person.batch_status(ids))

    with JimmyAI(api_key=KEY, transport=service.transport, batch_size=7) as jimmy, ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(call, range(100))) == [ids] * 100


def test_first_calls_at_the_same_moment() -> None:
    """The connections are made lazily, and once."""
    start = threading.Barrier(THREADS)
    with served() as server, JimmyAI(api_key=KEY, base_url=server.base_url) as jimmy:

        def call(number: int) -> str:
            start.wait(10)
            return jimmy.real_person.status(f"id{number}").asset_id

        with ThreadPoolExecutor(THREADS) as pool:
            assert len(set(pool.map(call, range(THREADS)))) == THREADS
        jimmy.close()
        assert server.wait_until_open(0)


def test_closing_while_others_call() -> None:
    """Each call ends with its answer or says that the client is closed."""
    for _ in range(10):
        start = threading.Barrier(4)
        jimmy = JimmyAI(api_key=KEY, transport=Service().transport)

        def call(number: int, start: threading.Barrier = start, jimmy: JimmyAI = jimmy) -> None:
            start.wait(10)
            if number == 0:
                jimmy.close()
            for _ in range(20):
                try:
                    assert jimmy.real_person.status("id1").is_active
                except ConfigurationError as closed:
                    assert "closed" in str(closed)

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(call, range(4)))
