"""Any number of ids: how they are cut into requests, what a refusal or trouble does, and what is known in the end."""

import math
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jimmy_ai_openapi_client import (
    APIResponseError,
    AuthenticationError,
    BadRequestError,
    BatchResult,
    JimmyAIError,
    RealPersonAsset,
)
from jimmy_ai_openapi_client.sdk.policy.batch import MOST_REFUSED_ALONE, Answer, Batch, Chunk

Service = Callable[[Chunk], Answer]


def names(count: int) -> list[str]:
    return [f"id{number}" for number in range(count)]


HUNDRED = names(100)


def active(chunk: Chunk) -> Answer:
    return {one: RealPersonAsset(one, "Active") for one in chunk}


def refusing(malformed: list[str]) -> Service:
    """Refuses every chunk that holds one of those ids."""
    refusal = BadRequestError("bad id", code=20002)
    return lambda chunk: refusal if set(malformed).intersection(chunk) else active(chunk)


def asked(ids: list[str], size: int, service: Service) -> tuple[Batch, list[Chunk]]:
    """The batch when all was asked, one chunk at a time, and the chunks."""
    batch, chunks = Batch(ids, size), list[Chunk]()
    while batch.todo:
        assert len(chunks) < 3 * len(ids)
        chunks.append(batch.todo.popleft())
        batch.receive(chunks[-1], service(chunks[-1]))
    return batch, chunks


@given(st.integers(0, 60), st.integers(1, 20), st.data())
def test_every_id_is_asked_once_in_chunks_no_larger_than_told(count: int, size: int, data: st.DataObject) -> None:
    """In the order given, whatever part of them is answered; the rest is missing."""
    ids = names(count)
    answered = data.draw(st.sets(st.sampled_from(ids))) if ids else set()
    batch, chunks = asked(
        ids, size, lambda chunk: {one: RealPersonAsset(one, "Active") for one in chunk[::-1] if one in answered}
    )
    result = batch.result()
    assert [one for chunk in chunks for one in chunk] == ids
    assert [len(chunk) for chunk in chunks] == [min(size, count - start) for start in range(0, count, size)]
    assert list(result) == [one for one in ids if one in answered]
    assert result.missing == tuple(one for one in ids if one not in answered)
    assert (result.refused, result.unasked) == ({}, ())


def test_a_result_is_a_mapping() -> None:
    result = asked(["b", "a"], 9, active)[0].result()
    assert (len(result), "a" in result, "c" in result, result.get("c")) == (2, True, False, None)
    assert {**result} == {"b": result["b"], "a": result["a"]}


@settings(max_examples=30)
@given(st.sets(st.integers(0, 39)), st.integers(1, 40))
@example({0, 19, 20, 39}, 40)
def test_malformed_ids_alone_are_refused(bad: set[int], size: int) -> None:
    """The others have their answers, all in the caller's order; other chunks are not asked again."""
    ids = names(40)
    malformed = [one for place, one in enumerate(ids) if place in bad]
    batch, chunks = asked(ids, size, refusing(malformed))
    result = batch.known()
    assert list(result) == [one for one in ids if one not in malformed]
    assert list(result.refused) == malformed
    assert (result.missing, result.unasked) == ((), ())
    assert len(chunks) <= math.ceil(40 / size) + 2 * len(bad) * math.ceil(math.log2(max(size, 2)))


@pytest.mark.parametrize("count", [1, 2, 10, 100])
def test_where_all_are_refused_that_is_raised(count: int) -> None:
    """After 2n - 1 requests, the most there can be; what is known hangs on the error."""
    batch, chunks = asked(HUNDRED[:count], 100, lambda chunk: BadRequestError(f"bad {chunk[0]}", code=20002))
    with pytest.raises(BadRequestError, match="bad id0") as caught:
        batch.result()
    result = caught.value.batch_result
    assert result is not None
    assert (dict(result), list(result.refused), result.unasked) == ({}, HUNDRED[:count], ())
    assert len(chunks) == 2 * count - 1


@pytest.mark.parametrize(("count", "size"), [(300, 100), (10_000, 100), (300, 3)])
def test_a_service_that_refuses_everything_is_not_asked_for_every_id(count: int, size: int) -> None:
    batch, chunks = asked(names(count), size, refusing(names(count)))
    with pytest.raises(BadRequestError) as caught:
        batch.result()
    known = caught.value.batch_result
    assert known is not None
    assert len([chunk for chunk in chunks if len(chunk) == 1]) == len(known.refused) == MOST_REFUSED_ALONE == 100
    assert {*known.refused, *known.unasked} == set(names(count))


def test_once_an_id_was_accepted_every_refusal_is_for_its_id() -> None:
    result = asked(names(300), 300, refusing(names(300)[1:]))[0].result()
    assert (list(result), list(result.refused)) == (["id0"], names(300)[1:])


def test_a_chunk_that_is_too_large_is_halved_until_it_fits() -> None:
    refusal = BadRequestError("too many", status_code=422, code=20002)
    batch, chunks = asked(HUNDRED, 100, lambda chunk: refusal if len(chunk) > 25 else active(chunk))
    assert (list(batch.result()), len(chunks)) == (HUNDRED, 1 + 2 + 4)


TROUBLE = {
    "a gateway's 400": BadRequestError("", status_code=400, code=400),
    "the key": AuthenticationError("", code=20001),
    "no JSON": APIResponseError(""),
}


@pytest.mark.parametrize("error", TROUBLE.values(), ids=TROUBLE)
def test_trouble_ends_the_batch_and_keeps_what_is_known(error: JimmyAIError) -> None:
    """Chunks answered before it and beside it are kept; later ones are not asked."""
    ids = names(10)
    batch = Batch(ids, 2)
    chunks = [batch.todo.popleft() for _ in range(4)]
    for chunk in chunks:
        batch.receive(chunk, error if "id4" in chunk else active(chunk))
    assert not batch.todo
    with pytest.raises(type(error)) as caught:
        batch.result()
    known = caught.value.batch_result
    assert caught.value is error
    assert isinstance(known, BatchResult)
    assert (list(known), known.missing, known.refused) == ([*ids[:4], "id6", "id7"], (), {})
    assert known.unasked == ("id4", "id5", "id8", "id9")


def test_of_several_troubles_the_first_is_raised() -> None:
    batch = Batch(["a", "b"], 1)
    batch.receive(["b"], AuthenticationError(""))
    batch.receive(["a"], APIResponseError(""))
    with pytest.raises(AuthenticationError) as caught:
        batch.result()
    assert caught.value.batch_result == BatchResult(unasked=("a", "b"))


def test_a_refusal_that_comes_after_an_error_asks_for_nothing_more() -> None:
    batch = Batch(["a", "b", "c"], 2)
    batch.receive(["c"], AuthenticationError(""))
    batch.receive(["a", "b"], BadRequestError("", code=20002))
    assert not batch.todo
