"""Closing a client: once, twice, early, by a with block; the use of a closed one; and clients with other options."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import APIConnectionError, AsyncJimmyAI, ConfigurationError, InternalServerError, JimmyAI
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock

from .server import Server
from .service import KEY, Connect, Service, no
from .stops import Stops


@pytest.mark.wire
def test_a_with_block_ends_the_connections() -> None:
    async def main() -> None:
        async with AsyncJimmyAI(api_key=KEY, base_url=server.url) as jimmy:
            await jimmy.real_person.status("id1")
            assert server.open_connections(at_most=1) == 1
        assert await asyncio.to_thread(server.open_connections, 0) == 0

    with Server() as server:
        with JimmyAI(api_key=KEY, base_url=server.url) as jimmy:
            jimmy.real_person.status("id1")
            assert server.open_connections(at_most=1) == 1
        assert server.open_connections(at_most=0) == 0
        asyncio.run(main())
    assert AsyncJimmyAI.aclose is AsyncJimmyAI.close


class Closes(httpx.MockTransport):
    """Counts how often it is closed."""

    closed = 0

    def close(self) -> None:
        self.closed += 1

    async def aclose(self) -> None:
        self.closed += 1


@pytest.mark.parametrize("place", ["transport", "mounts"])
@pytest.mark.parametrize("used", [False, True])
def test_a_given_transport_is_closed_with_the_client(connect: Connect, place: str, used: bool) -> None:
    """Once, whether it was used or not."""
    transport = Closes(Service().handle)
    given: Any = {"transport": transport} if place == "transport" else {"httpx_args": {"mounts": {"all://": transport}}}
    client = connect(**given)
    if used:
        client.real_person.status("id1")
    client.close()
    client.close()
    assert transport.closed == 1


CALLS: dict[str, Callable[[Any], Any]] = {
    "status": lambda client: client.real_person.status("id1"),
    "batch_status": lambda client: client.real_person.batch_status(["id1", "id2"]),
    "several batches": lambda client: client.with_options(timeout=1).real_person.batch_status(map(str, range(300))),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("used", [False, True])
def test_use_after_close(connect: Connect, call: str, used: bool) -> None:
    """One error that says what to do; nothing is sent. Wrong arguments come first, and no ids need no connection."""
    service = Service()
    client = connect(transport=service.transport)
    if used:
        client.real_person.status("id1")
    client.close()
    client.close()
    with pytest.raises(ConfigurationError, match="closed; create a new one"):
        CALLS[call](client)
    with pytest.raises(ValueError, match="blank"):
        client.real_person.status("")
    assert len(client.real_person.batch_status([])) == 0
    assert len(service.asked) == used


def test_during_a_request_and_during_a_pause() -> None:
    """An answer that arrives still is given; nothing is sent again."""

    def close() -> None:
        jimmy.close()

    stops = Stops("request", close)
    jimmy = JimmyAI(api_key=KEY, **stops.options("threads"))
    assert jimmy.real_person.status("id1").is_active
    stops = Stops("sleep", close)
    jimmy = JimmyAI(api_key=KEY, **stops.options("threads"))
    with pytest.raises(ConfigurationError, match="closed"):
        jimmy.real_person.status("busy")
    assert len(stops.answers) == 1


def test_while_others_call() -> None:
    """Each call ends with its answer, or says that the client is closed."""
    start = Barrier(4)
    jimmy = JimmyAI(api_key=KEY, transport=Service().transport)

    def call(number: int) -> None:
        start.wait(60)
        if number == 0:
            jimmy.close()
        for _ in range(50):
            with suppress(ConfigurationError):
                assert jimmy.real_person.status("id1").is_active

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(call, range(4)))


def test_at_the_moment_that_another_thread_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """The call has found the client open, and is about to send."""
    jimmy, pid = JimmyAI(api_key=KEY, transport=Service().transport), os.getpid()
    meanwhile = [jimmy.close]

    def getpid() -> int:
        if meanwhile:
            meanwhile.pop()()
        return pid

    monkeypatch.setattr(os, "getpid", getpid)
    with pytest.raises(ConfigurationError, match="closed"):
        jimmy.real_person.status("id1")
    assert not meanwhile


def test_a_runtime_error_of_a_transport_is_its_own(connect: Connect) -> None:
    with pytest.raises(APIConnectionError, match="RuntimeError: mine"):
        connect(transport=Service(RuntimeError("mine")).transport).real_person.status("id1")


def test_with_options_changes_what_is_given_and_nothing_else(connect: Connect) -> None:
    """For the new client only; it is closed with the first, which stays open when the new one is closed."""
    service, clock = Service(*[no(None, status=503)] * 5), FakeClock()
    client = connect(
        transport=service.transport, clock=clock, batch_size=2, concurrency=1, base_url="https://x.example"
    )
    other = client.with_options(timeout=5).with_options(max_retries=0).with_options()
    for each, attempts in ((other, 1), (client, 4)):
        with pytest.raises(InternalServerError) as caught:
            each.real_person.status("id1")
        assert caught.value.attempts == attempts
    assert list(other.real_person.batch_status(["a", "b", "c"])) == ["a", "b", "c"]
    assert [asked.ids for asked in service.asked[5:]] == [["a", "b"], ["c"]]
    assert {asked.url.split("/api")[0] for asked in service.asked} == {"https://x.example"}
    assert {asked.headers["authorization"] for asked in service.asked} == {"Bearer sk-test"}
    first, second = client.target, other.target
    assert (type(second), repr(second), repr(second.raw)) == (type(first), repr(first), repr(first.raw))
    with pytest.raises(ConfigurationError):
        client.with_options(max_retries=-1)
    other.close()
    assert client.real_person.status("id1").is_active
    client.close()
    with pytest.raises(ConfigurationError, match="closed"):
        other.real_person.status("id1")
