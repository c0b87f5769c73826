"""Trouble half-way through a batch keeps what is known."""

from collections.abc import Callable

import httpx
import pytest

from jimmy_ai_openapi_client import (
    APIConnectionError,
    APIResponseError,
    AuthenticationError,
    BatchResult,
    InternalServerError,
    JimmyAIError,
)
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock

from .service import Asked, Connect, Service, no, ok

IDS = [f"id{number}" for number in range(10)]


def spoilt(service: Service, name: str, answer: Callable[[], httpx.Response]) -> Service:
    """The same service, but for whatever chunk holds `name`."""
    usual = service.usual

    def handle(asked: Asked) -> httpx.Response:
        return answer() if name in asked.ids else usual(asked)

    service.usual = handle  # type: ignore[method-assign]
    return service


def reset() -> httpx.Response:
    raise httpx.ReadError("reset")


TROUBLE = {
    "key": (lambda: no(20001, "expired"), AuthenticationError),
    "code -1": (lambda: no(-1, "busy"), InternalServerError),
    "no answer": (reset, APIConnectionError),
    "no JSON": (lambda: httpx.Response(200, text="<html>"), APIResponseError),
    "no items": (lambda: ok({"items": 5}), APIResponseError),
}


def test_known_and_unasked_are_all(connect: Connect) -> None:
    """Chunks answered beside the trouble, and before it, are kept; later ones are not asked."""
    service = spoilt(Service(malformed=["id1"]), "id5", lambda: no(20001, "expired"))
    client = connect(transport=service.transport, batch_size=2, concurrency=2, max_retries=0)
    with pytest.raises(AuthenticationError) as caught:
        client.real_person.batch_status(IDS)
    known = caught.value.batch_result
    assert isinstance(known, BatchResult)
    assert set(known) | set(known.missing) | set(known.refused) | set(known.unasked) == set(IDS)
    assert len(known) + len(known.missing) + len(known.refused) + len(known.unasked) == len(IDS)
    assert {"id2", "id3"} <= set(known)
    assert {"id4", "id5"} <= set(known.unasked)


@pytest.mark.parametrize("case", TROUBLE)
@pytest.mark.parametrize("concurrency", [1, 2, 5])
def test_every_kind(connect: Connect, case: str, concurrency: int) -> None:
    answer, kind = TROUBLE[case]
    service = spoilt(Service(), "id4", answer)
    client = connect(transport=service.transport, clock=FakeClock(), batch_size=2, concurrency=concurrency)
    with pytest.raises(JimmyAIError) as caught:
        client.real_person.batch_status(IDS)
    assert type(caught.value) is kind
    known = caught.value.batch_result
    assert known is not None
    assert list(known)[:4] == IDS[:4]
    assert list(known.unasked)[:2] == IDS[4:6]
    assert sorted([*known, *known.unasked]) == IDS
    if concurrency != 2:  # of two threads, either may be the quicker
        assert (concurrency == 5) == ("id9" in known)


def test_several_troubles_at_once(connect: Connect) -> None:
    """One of them is raised; the ids of both are unasked."""
    service = spoilt(spoilt(Service(), "id0", lambda: no(20001)), "id4", lambda: no(30000))
    client = connect(transport=service.transport, batch_size=2, concurrency=5)
    with pytest.raises(JimmyAIError) as caught:
        client.real_person.batch_status(IDS)
    assert caught.value.batch_result is not None
    assert caught.value.batch_result.unasked == ("id0", "id1", "id4", "id5")
    assert list(caught.value.batch_result) == ["id2", "id3", *IDS[6:]]


def test_while_halving(connect: Connect) -> None:
    """A refused half that then meets trouble loses nothing that is known."""
    service = Service(no(20002), lambda asked: Service().usual(asked), no(20001, "expired"))
    client = connect(transport=service.transport, concurrency=1)
    with pytest.raises(AuthenticationError) as caught:
        client.real_person.batch_status(IDS)
    known = caught.value.batch_result
    assert known is not None
    assert (list(known), known.unasked) == (IDS[:5], tuple(IDS[5:]))


def test_passing_trouble_is_retried_for_its_chunk_only(connect: Connect) -> None:
    clock = FakeClock()
    service = Service(Service().usual, no(None, status=503))
    client = connect(transport=service.transport, clock=clock, batch_size=5, concurrency=1)
    assert list(client.real_person.batch_status(IDS)) == IDS
    assert [asked.ids for asked in service.asked] == [IDS[:5], IDS[5:], IDS[5:]]


def test_nothing_known(connect: Connect) -> None:
    service = Service(no(20001))
    with pytest.raises(AuthenticationError) as caught:
        connect(transport=service.transport).real_person.batch_status(["a", "b"])
    assert caught.value.batch_result == BatchResult(unasked=("a", "b"))


def test_a_single_status_has_none(connect: Connect) -> None:
    with pytest.raises(AuthenticationError) as caught:
        connect(transport=Service(no(20001)).transport).real_person.status("a")
    assert caught.value.batch_result is None
