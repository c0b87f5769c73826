"""Which item of a batch belongs to which id."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from jimmy_ai_openapi_client import APIResponseError, BatchResult, RealPersonAsset

from .service import Connect, Service, asset, items, ok


def batch_of(connect: Connect, ids: list[str], answer: Any) -> BatchResult:
    service = Service(answer)
    result = connect(transport=service.transport, max_retries=0).real_person.batch_status(ids)
    assert isinstance(result, BatchResult)
    assert len(service.asked) == 1
    return result


def test_by_asset_id(connect: Connect) -> None:
    result = batch_of(connect, ["a", "b"], items(asset("b", "Failed"), asset("a")))
    assert result["a"] == RealPersonAsset("a", result["a"].status)
    assert (result["a"].is_active, result["b"].status) == (True, "Failed")


def test_by_official_id(connect: Connect) -> None:
    """The asset keeps the ids the service gave it; the mapping has the one that was asked for."""
    result = batch_of(
        connect, ["off1", "off2"], items(asset("a2", official_id="off2"), asset("a1", official_id="off1"))
    )
    assert {name: found.asset_id for name, found in result.items()} == {"off1": "a1", "off2": "a2"}
    assert list(result) == ["off1", "off2"]


def test_asset_id_comes_before_official_id(connect: Connect) -> None:
    """An item answers one id only."""
    result = batch_of(connect, ["a", "b"], items(asset("a", official_id="b")))
    assert (list(result), result.missing) == (["a"], ("b",))


def test_both_ids_asked_and_both_answered(connect: Connect) -> None:
    result = batch_of(connect, ["a", "off"], items(asset("a", official_id="off"), asset("off", official_id="off")))
    assert {name: found.asset_id for name, found in result.items()} == {"a": "a", "off": "off"}


def test_not_answered(connect: Connect) -> None:
    result = batch_of(connect, ["c", "b", "a"], items(asset("b")))
    assert (list(result), result.missing) == (["b"], ("c", "a"))
    assert "a" not in result


def test_nothing_answered(connect: Connect) -> None:
    result = batch_of(connect, ["a", "b"], items())
    assert (dict(result), result.missing) == ({}, ("a", "b"))


def test_not_asked(connect: Connect) -> None:
    result = batch_of(connect, ["a"], items(asset("x"), asset("a"), asset("y", official_id="z")))
    assert list(result) == ["a"]


@pytest.mark.parametrize("near", ["A", "a ", " a", "а"], ids=ascii)
def test_ids_are_compared_exactly(connect: Connect, near: str) -> None:
    """The last is a Cyrillic letter."""
    result = batch_of(connect, ["a"], items(asset(near)))
    assert result.missing == ("a",)


def test_the_same_item_twice(connect: Connect) -> None:
    assert list(batch_of(connect, ["a"], items(asset("a"), asset("a")))) == ["a"]


TWINS = [
    (asset("a", "Active"), asset("a", "Failed")),
    (asset("a", name="x"), asset("a", name="y")),
    (asset("a", new=1), asset("a", new=2)),
    (asset("a"), asset("other", official_id="a")),
]


@pytest.mark.parametrize("twins", [pair for twins in TWINS for pair in itertools.permutations(twins)], ids=str)
def test_one_id_twice_with_different_content(connect: Connect, twins: tuple[Any, Any]) -> None:
    """Which of the two is true nobody can say."""
    with pytest.raises(APIResponseError, match="two different assets for 'a'") as caught:
        batch_of(connect, ["a", "b"], items(twins[0], asset("b"), twins[1]))
    error = caught.value
    assert (error.operation, error.status_code, error.code) == ("realperson/batch-status", 200, 0)
    assert str(error).isprintable()


def test_one_id_twice_tells_what_every_error_tells(connect: Connect) -> None:
    with pytest.raises(APIResponseError) as caught:
        batch_of(connect, ["a"], ok({"items": [asset("a"), asset("a", "Failed")]}, **{"x-request-id": "r1"}))
    error = caught.value
    assert (error.code, error.attempts, error.request_id) == (0, 1, "r1")
    assert error.elapsed is not None
    assert '"Failed"' in (error.body or "")


def test_strangers_twice_with_different_content_do_not_matter(connect: Connect) -> None:
    twins = asset("x", official_id="off"), asset("y", "Failed", official_id="off")
    assert list(batch_of(connect, ["a"], items(asset("x"), asset("x", "Failed"), *twins, asset("a")))) == ["a"]


DATA: list[Any] = [[], "text", 0, False, {"items": {}}, {"items": ""}, {"items": "a"}, {"items": 0}, {"items": [[]]}]
EMPTY: list[Any] = [None, {}, {"items": None}, {"items": []}, {"item": []}]
ITEMS: list[Any] = [
    None,
    5,
    "a",
    True,
    [],
    {},
    {"asset_id": "a"},
    {"asset_id": "a", "status": None},
    {"status": "Active"},
]


@pytest.mark.parametrize("data", EMPTY, ids=repr)
def test_no_items(connect: Connect, data: Any) -> None:
    """What a Go server makes of no rows."""
    assert batch_of(connect, ["a"], ok(data)).missing == ("a",)


@pytest.mark.parametrize("data", DATA, ids=repr)
def test_data_that_is_no_list_of_assets(connect: Connect, data: Any) -> None:
    with pytest.raises(APIResponseError, match=r"data|an asset is not an object"):
        batch_of(connect, ["a"], ok(data))


@pytest.mark.parametrize("item", ITEMS, ids=repr)
def test_an_item_that_is_no_asset(connect: Connect, item: Any) -> None:
    """One of them spoils the answer, as nothing says whose it was."""
    with pytest.raises(APIResponseError, match="asset"):
        batch_of(connect, ["a", "b"], items(asset("b"), item))


def test_optional_fields_of_items_may_be_null(connect: Connect) -> None:
    result = batch_of(connect, ["a"], items(asset("a", asset_ref=None, official_id=None, name=None, new=None)))
    assert result["a"] == RealPersonAsset("a", result["a"].status)


@pytest.mark.parametrize("code", ["0", "20000", 20000])
def test_success_codes(connect: Connect, code: Any) -> None:
    assert list(batch_of(connect, ["a"], ok({"items": [asset("a")]}, code))) == ["a"]


CALLS: dict[str, Callable[[Any], list[str]]] = {
    "status": lambda real_person: [real_person.status("off1").requested_id],
    "batch_status": lambda real_person: [one.requested_id for one in real_person.batch_status(["off1"]).values()],
    "wait": lambda real_person: [real_person.wait("off1").requested_id],
    "as_completed": lambda real_person: [one.requested_id for one in real_person.as_completed(["off1"])],
}


@pytest.mark.parametrize("call", CALLS)
def test_an_asset_says_which_id_it_was_asked_for(connect: Connect, call: str) -> None:
    """Also where the service answers under the other of its two ids, so that nobody asks again for what is done."""
    found = asset("id1", official_id="off1")
    service = Service(ok(found) if call == "status" else items(found))
    assert CALLS[call](connect(transport=service.transport).real_person) == ["off1"]


def test_listeners_are_told_which_id_was_asked_for(connect: Connect) -> None:
    told: list[str] = []
    client = connect(transport=Service(items(asset("id1", official_id="off1"))).transport)
    client.real_person.wait_many(["off1"], on_update=lambda one, _: told.append(one.requested_id))
    assert told == ["off1"]
