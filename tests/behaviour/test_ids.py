"""Ids are checked before any request."""
# ruff: noqa: PT017  (what holds for either outcome is no case for pytest.raises)

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jimmy_ai_openapi_client.sdk.settings import checked_id, checked_ids

from .service import Connect, Service

NOT_TEXT: list[Any] = [None, 5, 1.5, True, b"id1", bytearray(b"id1"), ["id1"], ("id1",), {"id1"}, object()]
UNUSABLE = [
    "",
    " ",
    "\t\n",
    "\u3000",
    "\xa0",
    " id1",
    "id1 ",
    "id1\n",
    "\rid1",
    "id\x001",
    "id\x1b[31m1",
    "id\u200b1",
    "id\u20281",
    "\ufeffid1",
    "id\ud8001",
]
NO_ITERABLES: list[Any] = ["id1", "", b"id1", None, 5, object()]


@pytest.mark.parametrize("wrong", NOT_TEXT, ids=lambda wrong: type(wrong).__name__)
def test_not_text(connect: Connect, wrong: Any) -> None:
    service = Service()
    client = connect(transport=service.transport)
    with pytest.raises(TypeError, match=f"asset_id must be a str, not {type(wrong).__name__}"):
        client.real_person.status(wrong)
    with pytest.raises(TypeError, match=rf"asset_ids\[1\] must be a str, not {type(wrong).__name__}"):
        client.real_person.batch_status(["id1", wrong])
    assert service.asked == []


@pytest.mark.parametrize("wrong", UNUSABLE, ids=ascii)
def test_unusable(connect: Connect, wrong: str) -> None:
    """The message names the place, on one printable line."""
    service = Service()
    client = connect(transport=service.transport)
    with pytest.raises(ValueError, match="asset_id ") as alone:
        client.real_person.status(wrong)
    with pytest.raises(ValueError, match=r"asset_ids\[2\] ") as among:
        client.real_person.batch_status(["id1", "id2", wrong])
    assert str(alone.value).isprintable()
    assert str(among.value).isprintable()
    assert service.asked == []


def test_a_long_one_is_not_repeated_at_length(connect: Connect) -> None:
    with pytest.raises(ValueError, match="unprintable") as caught:
        connect().real_person.status("\n" + "x" * 10_000)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("wrong", NO_ITERABLES, ids=repr)
def test_no_iterable_of_ids(connect: Connect, wrong: Any) -> None:
    """A str is an iterable of str, and never meant as one."""
    service = Service()
    with pytest.raises(TypeError, match="iterable of str, such as a list"):
        connect(transport=service.transport).real_person.batch_status(wrong)
    assert service.asked == []


@pytest.mark.parametrize("wrong", [bytearray(b"id1"), range(3), {1: "id1"}], ids=repr)
def test_iterable_of_something_else(connect: Connect, wrong: Any) -> None:
    with pytest.raises(TypeError, match=r"asset_ids\[0\] must be a str, not int"):
        connect().real_person.batch_status(wrong)


def test_any_iterable(connect: Connect) -> None:
    service = Service()
    client = connect(transport=service.transport)
    many: list[Any] = [["b", "a"], ("b", "a"), {"b": 1, "a": 2}, {"b": 1, "a": 2}.keys(), iter(["b", "a"])]
    many.append(one for one in ("b", "a"))
    for ids in many:
        assert list(client.real_person.batch_status(ids)) == ["b", "a"]
    assert [asked.ids for asked in service.asked] == [["b", "a"]] * len(many)


@pytest.mark.parametrize("empty", [[], (), {}, set(), iter(())], ids=lambda empty: type(empty).__name__)
def test_none_at_all(connect: Connect, empty: Any) -> None:
    """An empty result, without a request."""
    service = Service()
    result = connect(transport=service.transport).real_person.batch_status(empty)
    assert (dict(result), len(result), result.missing, result.refused, result.unasked) == ({}, 0, (), {}, ())
    assert service.asked == []


def test_repeated(connect: Connect) -> None:
    """Each is asked once, where it first stood."""
    service = Service()
    result = connect(transport=service.transport).real_person.batch_status(["b", "a", "b", "c", "a"])
    assert list(result) == ["b", "a", "c"]
    assert service.asked[0].ids == ["b", "a", "c"]


def test_what_an_iterable_raises_comes_out(connect: Connect) -> None:
    def ids() -> Iterator[str]:
        yield "id1"
        raise LookupError("no more")

    service = Service()
    with pytest.raises(LookupError, match="no more"):
        connect(transport=service.transport).real_person.batch_status(ids())
    assert service.asked == []


@pytest.mark.parametrize("odd", ["official_id_xxx", "编号-1", "a b", "a/b?c#d", "{}", "'\"\\", "x" * 5000, "😀", "0"])
def test_odd_but_usable(connect: Connect, odd: str) -> None:
    """What prints is the service's to judge; it arrives as it was given."""
    service = Service()
    client = connect(transport=service.transport)
    assert client.real_person.status(odd).asset_id == odd
    assert client.real_person.batch_status([odd])[odd].asset_id == odd
    assert [asked.body for asked in service.asked] == [{"asset_id": odd}, {"asset_ids": [odd]}]


@given(st.text(max_size=20))
def test_every_text_is_taken_as_it_is_or_refused(text: str) -> None:
    usable = bool(text) and text == text.strip() and text.isprintable()
    try:
        assert checked_id(text) == text
        assert usable
    except ValueError as error:
        assert not usable
        assert str(error).isprintable()


@given(st.lists(st.sampled_from("abcdefgh")))
def test_order_and_repeats(ids: list[str]) -> None:
    checked = checked_ids(ids)
    assert sorted(checked) == sorted(set(ids))
    assert [ids.index(one) for one in checked] == sorted(ids.index(one) for one in checked)
