"""Any number of ids: how they are cut into requests, what a refusal or trouble does, and what is known in the end."""

import math
from collections.abc import Callable, Collection

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


def active(chunk: Chunk) -> Answer:
    return {one: RealPersonAsset(one, "Active") for one in chunk}


def refusing(malformed: Collection[str]) -> Service:
    """Refuses every chunk that holds one of those ids."""
    return lambda chunk: (
        BadRequestError(f"bad {chunk[0]}", code=20002) if not set(malformed).isdisjoint(chunk) else active(chunk)
    )


def played(count: int, size: int, service: Service) -> tuple[list[Chunk], BatchResult, JimmyAIError | None]:
    """The chunks that were asked for, one at a time, what is known in the end, and what is raised."""
    batch, chunks = Batch(names(count), size), list[Chunk]()
    while batch.todo:
        assert len(chunks) < 3 * count
        chunks.append(batch.todo.popleft())
        batch.receive(chunks[-1], service(chunks[-1]))
    return chunks, *ended(batch)


def ended(batch: Batch) -> tuple[BatchResult, JimmyAIError | None]:
    try:
        return batch.result(), None
    except JimmyAIError as error:
        known = error.batch_result
        assert known is not None
        return known, error


@given(st.integers(0, 60), st.integers(1, 20), st.data())
def test_every_id_is_asked_once_in_chunks_no_larger_than_told(count: int, size: int, data: st.DataObject) -> None:
    """In the order given, whatever part of them is answered; the rest is missing."""
    ids = names(count)
    answered = data.draw(st.sets(st.sampled_from(ids))) if ids else set()
    chunks, known, error = played(
        count, size, lambda chunk: {one: RealPersonAsset(one, "Active") for one in chunk[::-1] if one in answered}
    )
    assert [one for chunk in chunks for one in chunk] == ids
    assert [len(chunk) for chunk in chunks] == [min(size, count - start) for start in range(0, count, size)]
    assert list(known) == [one for one in ids if one in answered]
    assert known.missing == tuple(one for one in ids if one not in answered)
    assert (known.refused, known.unasked, error) == ({}, (), None)


@settings(max_examples=30)
@given(st.sets(st.integers(0, 39)), st.integers(1, 40))
@example({0, 19, 20, 39}, 40)
@example({*range(40)}, 40)
@example({0}, 1)
def test_malformed_ids_alone_are_refused(bad: set[int], size: int) -> None:
    """The others have their answers, all in the caller's order; other chunks are not asked again."""
    malformed = [f"id{place}" for place in sorted(bad)]
    chunks, known, error = played(40, size, refusing(malformed))
    assert list(known) == [one for one in names(40) if one not in malformed]
    assert list(known.refused) == malformed
    assert (known.missing, known.unasked) == ((), ())
    assert len(chunks) <= math.ceil(40 / size) + 2 * len(bad) * math.ceil(math.log2(max(size, 2)))
    assert error is (known.refused["id0"] if len(bad) == 40 else None)


@pytest.mark.parametrize(("count", "size"), [(300, 100), (10_000, 100), (300, 3)])
def test_a_service_that_refuses_everything_is_not_asked_for_every_id(count: int, size: int) -> None:
    chunks, known, error = played(count, size, refusing(names(count)))
    assert isinstance(error, BadRequestError)
    assert len([chunk for chunk in chunks if len(chunk) == 1]) == len(known.refused) == MOST_REFUSED_ALONE == 100
    assert {*known.refused, *known.unasked} == set(names(count))


def test_once_an_id_was_accepted_every_refusal_is_for_its_id() -> None:
    _, known, error = played(300, 300, refusing(names(300)[1:]))
    assert (list(known), list(known.refused), error) == (["id0"], names(300)[1:], None)


def test_a_chunk_that_is_too_large_is_halved_until_it_fits() -> None:
    refusal = BadRequestError("too many", status_code=422, code=20002)
    chunks, known, _ = played(100, 100, lambda chunk: refusal if len(chunk) > 25 else active(chunk))
    assert (list(known), len(chunks)) == (names(100), 1 + 2 + 4)


TROUBLE = {
    "a gateway's 400": BadRequestError("", status_code=400, code=400),
    "the key": AuthenticationError("", code=20001),
    "no JSON": APIResponseError(""),
}


@pytest.mark.parametrize("error", TROUBLE.values(), ids=TROUBLE)
def test_trouble_ends_the_batch_and_keeps_what_is_known(error: JimmyAIError) -> None:
    """Chunks answered before it or beside it are kept; later ones are not asked, nor the halves of a refused one."""
    batch = Batch(names(10), 2)
    first, second, third, fourth = [batch.todo.popleft() for _ in range(4)]
    batch.receive(first, active(first))
    batch.receive(third, error)
    assert not batch.todo
    batch.receive(second, BadRequestError("", code=20002))
    batch.receive(fourth, active(fourth))
    assert not batch.todo
    known, raised = ended(batch)
    assert raised is error
    assert (list(known), known.missing, known.refused) == ([*first, *fourth], (), {})
    assert known.unasked == (*second, *third, "id8", "id9")


def test_of_several_troubles_the_first_is_raised() -> None:
    batch = Batch(["a", "b"], 1)
    batch.receive(["b"], AuthenticationError(""))
    batch.receive(["a"], APIResponseError(""))
    known, raised = ended(batch)
    assert isinstance(raised, AuthenticationError)
    assert known.unasked == ("a", "b")
