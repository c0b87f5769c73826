"""Closing a client: once, twice, early, by a with block; and the use of a closed one."""

import asyncio
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import AsyncJimmyAI, ConfigurationError, JimmyAI
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock

from .server import served
from .service import KEY, Asked, Connect, Service, no


def test_with_block_of_threads() -> None:
    with served() as server, JimmyAI(api_key=KEY, base_url=server.base_url) as jimmy:
        assert isinstance(jimmy, JimmyAI)
        jimmy.real_person.status("id1")
        assert server.open == 1
        jimmy.__exit__(None, None, None)
        assert server.wait_until_open(0)


def test_with_block_of_asyncio() -> None:
    async def main(base_url: str) -> None:
        async with AsyncJimmyAI(api_key=KEY, base_url=base_url) as jimmy:
            assert isinstance(jimmy, AsyncJimmyAI)
            await jimmy.real_person.status("id1")

    with served() as server:
        asyncio.run(main(server.base_url))
        assert server.connections == 1
        assert server.wait_until_open(0)


def test_what_a_block_raises_comes_out() -> None:
    with pytest.raises(LookupError), JimmyAI(api_key=KEY):
        raise LookupError


@pytest.mark.parametrize("close", ["close", "aclose"])
def test_asyncio_client_has_both_names(close: str) -> None:
    async def main() -> None:
        jimmy = AsyncJimmyAI(api_key=KEY)
        await getattr(jimmy, close)()
        with pytest.raises(ConfigurationError):
            await jimmy.real_person.status("id1")

    asyncio.run(main())


def test_twice_and_unused(connect: Connect) -> None:
    client = connect()
    client.close()
    client.close()


CALLS: dict[str, Any] = {
    "status": lambda client: client.real_person.status("id1"),
    "batch_status": lambda client: client.real_person.batch_status(["id1", "id2"]),
    "several batches": lambda client: client.with_options(timeout=1).real_person.batch_status(map(str, range(300))),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("used", [False, True])
def test_use_after_close(connect: Connect, call: str, used: bool) -> None:
    """One error that says what to do; nothing is sent."""
    service = Service()
    client = connect(transport=service.transport)
    if used:
        client.real_person.status("id1")
    client.close()
    with pytest.raises(ConfigurationError, match="closed; create a new one"):
        CALLS[call](client)
    assert len(service.asked) == used


def test_clients_made_with_options_are_closed_with_the_first(connect: Connect) -> None:
    client = connect(transport=Service().transport)
    other = client.with_options(timeout=1)
    client.close()
    with pytest.raises(ConfigurationError, match="closed"):
        other.real_person.status("id1")
    with pytest.raises(ConfigurationError, match="closed"):
        client.with_options(timeout=2).real_person.status("id1")


def test_an_empty_batch_needs_no_connection(connect: Connect) -> None:
    client = connect()
    client.close()
    assert len(client.real_person.batch_status([])) == 0


def test_wrong_arguments_are_told_first(connect: Connect) -> None:
    client = connect()
    client.close()
    with pytest.raises(ValueError, match="blank"):
        client.real_person.status("")


def test_during_a_request() -> None:
    """The answer that arrives still is given."""

    def closing(asked: Asked) -> httpx.Response:
        jimmy.close()
        return Service().usual(asked)

    jimmy = JimmyAI(api_key=KEY, transport=Service(closing).transport)
    assert jimmy.real_person.status("id1").is_active


def test_during_the_pause_before_a_retry() -> None:
    class Closing(FakeClock):
        def sleep(self, seconds: float) -> None:
            super().sleep(seconds)
            if seconds:
                jimmy.close()

    service = Service(no(None, status=503))
    jimmy = JimmyAI(api_key=KEY, transport=service.transport, clock=Closing())
    with pytest.raises(ConfigurationError, match="closed"):
        jimmy.real_person.status("id1")
    assert len(service.asked) == 1
