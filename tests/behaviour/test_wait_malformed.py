"""Ids that the service refuses, among ids that it does not."""

from typing import Any

import pytest

from jimmy_ai_openapi_client import AssetFailedError, BadRequestError

from .lives import waiting
from .service import Connect


def test_a_malformed_id_spoils_no_other(connect: Connect) -> None:
    ids = [f"id{number}" for number in range(100)]
    service, real_person = waiting(connect, {"id62": "X", "id7": "XPA"})
    with pytest.raises(AssetFailedError) as caught:
        real_person.wait_many(ids)
    result = caught.value.result
    assert list(result.failed) == ["id62"]
    assert list(result.active) == [one for one in ids if one != "id62"]
    refused = result["id62"]
    assert isinstance(refused.error, BadRequestError)
    assert (refused.is_final, refused.is_active) == (True, False)
    assert all(asset.error is None for asset in result.active.values())
    assert len(service.asked) == result.requests <= 1 + 2 * 7


def test_a_refused_id_is_told_and_yielded_like_a_failed_one(connect: Connect) -> None:
    _, real_person = waiting(connect, {"b": "PX"})
    told: list[Any] = []
    real_person.wait_many(["a", "b"], on_update=lambda *one: told.append(one), on_failure="return")
    (_, nothing), (before, _), (refused, previous) = told
    assert nothing is None
    assert previous == before
    assert isinstance(refused.error, BadRequestError)
    _, real_person = waiting(connect, {"b": "PX"})
    assert [asset.error is None for asset in real_person.as_completed(["a", "b"])] == [True, False]


def test_malformed_ids_alone_are_asked_once_each(connect: Connect) -> None:
    service, real_person = waiting(connect, dict.fromkeys("abcd", "X"))
    assert list(real_person.wait_many(list("abcd"), on_failure="return").failed) == list("abcd")
    assert sorted(service.ids) == ["a", "ab", "abcd", "b", "c", "cd", "d"]


def test_trouble_while_halving_leaves_the_rest_to_the_next_round(connect: Connect) -> None:
    service, real_person = waiting(connect, {"b": "XXX", "c": "PTA"}, concurrency=1)
    result = real_person.wait_many(list("abcd"), on_failure="return")
    assert service.ids == ["abcd", "ab", "a", "b", "cd", "cd"]
    assert (list(result.active), list(result.failed)) == (["a", "c", "d"], ["b"])
