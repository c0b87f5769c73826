"""with_options: other numbers over the same connections."""

from typing import Any

import pytest

from jimmy_ai_openapi_client import AsyncJimmyAI, InternalServerError, JimmyAI
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock

from .server import served
from .service import Connect, Service, no


def whose(client: Any) -> Any:
    return getattr(client, "target", client)


def test_the_same_kind_of_client(connect: Connect) -> None:
    client = connect()
    other = client.with_options(timeout=5)
    assert type(whose(other)) is type(whose(client))
    assert type(whose(other)) in {JimmyAI, AsyncJimmyAI}
    assert repr(whose(other)) == repr(whose(client))


def test_max_retries(connect: Connect) -> None:
    """The new number holds for the new client only."""
    service = Service(*[no(None, status=503)] * 6)
    client = connect(transport=service.transport, clock=FakeClock(), max_retries=3)
    with pytest.raises(InternalServerError) as once:
        client.with_options(max_retries=0).real_person.status("id1")
    with pytest.raises(InternalServerError) as often:
        client.real_person.status("id1")
    assert (once.value.attempts, often.value.attempts) == (1, 4)


def test_what_is_not_given_stays(connect: Connect) -> None:
    service = Service(*[no(None, status=503)] * 2)
    clock = FakeClock()
    client = connect(
        transport=service.transport, clock=clock, base_url="https://x.example/p", batch_size=2, concurrency=1
    )
    other = client.with_options(timeout=5).with_options(max_retries=1).with_options()
    with pytest.raises(InternalServerError) as caught:
        other.real_person.status("id1")
    assert caught.value.attempts == 2
    assert len([slept for slept in clock.slept if slept]) == 1
    assert list(other.real_person.batch_status(["a", "b", "c"])) == ["a", "b", "c"]
    assert [asked.ids for asked in service.asked[2:]] == [["a", "b"], ["c"]]
    assert {asked.url.split("/api")[0] for asked in service.asked} == {"https://x.example/p"}
    assert {asked.headers["authorization"] for asked in service.asked} == {"Bearer sk-test"}


def test_one_connection(connect: Connect) -> None:
    with served() as server:
        client = connect(base_url=server.base_url)
        for each in (client, client.with_options(timeout=5), client.with_options(max_retries=1), client):
            assert each.real_person.status("id1").is_active
        assert (server.connections, server.requests) == (1, 4)


def test_closing_it_leaves_the_other_open(connect: Connect) -> None:
    with served() as server:
        client = connect(base_url=server.base_url)
        other = client.with_options(max_retries=0)
        assert other.real_person.status("id1").is_active
        other.close()
        assert client.real_person.status("id1").is_active
        assert (server.connections, server.open) == (1, 1)


def test_raw_of_it(connect: Connect) -> None:
    client = connect()
    other = client.with_options(timeout=5)
    assert other.raw is not client.raw
    assert repr(other.raw) == repr(client.raw)
