"""A refused batch is halved until only the malformed ids stand refused."""

import math
from typing import cast

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jimmy_ai_openapi_client import BadRequestError, BatchResult, JimmyAI

from .service import KEY, Asked, Connect, Service, no

HUNDRED = [f"id{number}" for number in range(100)]


def at_most(size: int, bad: int) -> int:
    """Requests that halving takes for `bad` malformed ids among `size` that go in one request."""
    return 1 + 2 * bad * math.ceil(math.log2(max(size, 2)))


@pytest.mark.parametrize("place", [0, 1, 49, 50, 98, 99])
def test_one_of_a_hundred(connect: Connect, place: int) -> None:
    """It alone is refused, with the service's words; the other 99 have their answers, in order."""
    service = Service(malformed=[HUNDRED[place]])
    result = connect(transport=service.transport).real_person.batch_status(HUNDRED)
    assert list(result) == [one for one in HUNDRED if one != HUNDRED[place]]
    assert list(result.refused) == [HUNDRED[place]]
    assert (result.missing, result.unasked) == ((), ())
    error = result.refused[HUNDRED[place]]
    assert (type(error), error.code, error.msg) == (BadRequestError, 20002, "bad asset id")
    assert len(service.asked) <= at_most(100, 1)


@pytest.mark.parametrize("bad", [[0, 99], [3, 4], [10, 60, 61], list(range(0, 100, 10))], ids=str)
def test_several_of_a_hundred(connect: Connect, bad: list[int]) -> None:
    malformed = [HUNDRED[place] for place in bad]
    service = Service(malformed=malformed)
    result = connect(transport=service.transport).real_person.batch_status(HUNDRED)
    assert sorted(result.refused) == sorted(malformed)
    assert list(result) == [one for one in HUNDRED if one not in malformed]
    assert len(service.asked) <= at_most(100, len(bad))


@pytest.mark.parametrize("count", [1, 2, 10, 100])
def test_all_of_a_few(connect: Connect, count: int) -> None:
    """2n - 1 requests, the most there can be; what is known hangs on the error."""
    service = Service(malformed=HUNDRED)
    with pytest.raises(BadRequestError, match="bad asset id") as caught:
        connect(transport=service.transport).real_person.batch_status(HUNDRED[:count])
    result = caught.value.batch_result
    assert result is not None
    assert (dict(result), list(result.refused)) == ({}, HUNDRED[:count])
    assert len(service.asked) == 2 * count - 1


@pytest.mark.parametrize("count", [300, 10_000])
def test_a_service_that_refuses_everything_is_not_asked_for_every_id(connect: Connect, count: int) -> None:
    ids = [f"id{number}" for number in range(count)]
    service = Service(malformed=ids)
    with pytest.raises(BadRequestError) as caught:
        connect(transport=service.transport).real_person.batch_status(ids)
    known = caught.value.batch_result
    assert known is not None
    assert 100 <= len(known.refused) < 110
    assert {*known.refused, *known.unasked} == set(ids)
    assert len(service.asked) < 400


def test_once_an_id_was_accepted_every_refusal_is_for_its_id(connect: Connect) -> None:
    service = Service(malformed=HUNDRED[1:])
    result = connect(transport=service.transport, concurrency=1).real_person.batch_status(HUNDRED)
    assert (list(result), list(result.refused)) == (HUNDRED[:1], HUNDRED[1:])


def test_refused_ones_are_in_the_caller_s_order(connect: Connect) -> None:
    service = Service(malformed=[HUNDRED[place] for place in (5, 51, 52, 99)])
    result = connect(transport=service.transport).real_person.batch_status(HUNDRED)
    assert list(result.refused) == [HUNDRED[place] for place in (5, 51, 52, 99)]


def test_other_chunks_are_not_asked_again(connect: Connect) -> None:
    ids = [f"id{number}" for number in range(1000)]
    service = Service(malformed=["id555"])
    result = connect(transport=service.transport).real_person.batch_status(ids)
    assert (len(result), list(result.refused)) == (999, ["id555"])
    assert len(service.asked) <= 9 + at_most(100, 1)


@pytest.mark.parametrize("status", [400, 422])
@pytest.mark.parametrize("answer", [b"", b"<html>", b'{"code": 400, "msg": "no"}', b'{"msg": "no"}'], ids=repr)
def test_a_gateway_refuses_no_ids(connect: Connect, status: int, answer: bytes) -> None:
    """Only an envelope of the service does, by code 20002."""
    service = Service(*[httpx.Response(status, content=answer)] * 4)
    with pytest.raises(BadRequestError) as caught:
        connect(transport=service.transport, batch_size=25).real_person.batch_status(HUNDRED)
    known = caught.value.batch_result
    assert known is not None
    assert (dict(known), known.refused, known.unasked) == ({}, {}, tuple(HUNDRED))
    assert len(service.asked) == 4


@pytest.mark.parametrize("status", [200, 400, 422])
def test_refused_by_the_service_with_any_status(connect: Connect, status: int) -> None:
    """A limit on the size of a batch, say: halves are asked until they fit."""

    def limited(asked: Asked) -> httpx.Response:
        return no(20002, "too many", status) if len(asked.ids) > 25 else Service().usual(asked)

    service = Service(*[limited] * 100)
    result = connect(transport=service.transport).real_person.batch_status(HUNDRED)
    assert (list(result), result.refused) == (HUNDRED, {})
    assert len(service.asked) == 1 + 2 + 4


@settings(max_examples=20)
@given(st.sets(st.integers(0, 39)), st.integers(1, 40), st.integers(1, 5))
def test_any_ids_malformed(bad: set[int], size: int, width: int) -> None:
    ids = [f"id{number}" for number in range(40)]
    malformed = {ids[place] for place in bad}
    service = Service(malformed=malformed)
    with JimmyAI(api_key=KEY, transport=service.transport, batch_size=size, concurrency=width) as jimmy:
        try:
            result = jimmy.real_person.batch_status(ids)
        except BadRequestError as error:
            result = cast("BatchResult", error.batch_result)
        assert (len(result) == 0) == (len(malformed) == len(ids))
    assert list(result) == [one for one in ids if one not in malformed]
    assert set(result.refused) == malformed
    assert len(service.asked) <= math.ceil(40 / size) + 2 * len(bad) * math.ceil(math.log2(max(size, 2)))
