"""What calls are given is checked before any request; the messages are one printable line."""

from collections.abc import Callable
from math import inf, nan
from threading import TIMEOUT_MAX
from typing import Any

import pytest

from jimmy_ai_openapi_client import ConfigurationError
from jimmy_ai_openapi_client.sdk.settings import check_wait_options, checked_id, checked_ids, checked_wait

from .lives import Chance, settings

NOT_TEXT: list[Any] = [None, 5, 1.5, True, b"id1", bytearray(b"id1"), ["id1"], ("id1",), {"id1"}, object()]
UNUSABLE = ["", " ", "\t\n", "\u3000", "\xa0", " id1", "id1 ", "id1\n", "\rid1", "id\x001", "id\x1b[31m1", "id\u200b1"]
UNUSABLE += ["id\u20281", "\ufeffid1", "id\ud8001"]
NO_ITERABLES: list[Any] = ["id1", "", b"id1", None, 5, object()]
ODD = ["official_id_xxx", "编号-1", "a b", "a/b?c#d", "{}", "'\"\\", "x" * 5000, "😀", "0"]


@pytest.mark.parametrize("wrong", NOT_TEXT, ids=lambda wrong: type(wrong).__name__)
def test_an_id_is_text(wrong: Any) -> None:
    with pytest.raises(TypeError, match=f"asset_id must be a str, not {type(wrong).__name__}"):
        checked_id(wrong)
    with pytest.raises(TypeError, match=rf"asset_ids\[1\] must be a str, not {type(wrong).__name__}"):
        checked_ids(["id1", wrong])


@pytest.mark.parametrize("wrong", [*UNUSABLE, "\n" + "x" * 10_000], ids=lambda wrong: ascii(wrong[:20]))
def test_an_id_is_neither_blank_nor_padded_nor_unprintable(wrong: str) -> None:
    """The message names the place, and repeats no long id at length."""
    with pytest.raises(ValueError, match="asset_id is blank, or has surrounding space or unprint") as alone:
        checked_id(wrong)
    with pytest.raises(ValueError, match=r"asset_ids\[2\] ") as among:
        checked_ids(["id1", "id2", wrong])
    for error in (alone, among):
        assert str(error.value).isprintable()
        assert len(str(error.value)) < 300


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd[:20]))
def test_odd_but_usable(odd: str) -> None:
    """What prints is the service's to judge."""
    assert (checked_id(odd), checked_ids([odd])) == (odd, [odd])


@pytest.mark.parametrize("wrong", NO_ITERABLES, ids=lambda wrong: type(wrong).__name__)
def test_ids_are_an_iterable_but_not_one_text(wrong: Any) -> None:
    """A str is an iterable of str, and never meant as one."""
    with pytest.raises(TypeError, match="asset_ids must be an iterable of str, such as a list"):
        checked_ids(wrong)


def test_any_iterable() -> None:
    many: list[Any] = [["b", "a"], ("b", "a"), {"b": 1, "a": 2}, {"b": 1, "a": 2}.keys(), iter(["b", "a"])]
    many.append(one for one in ("b", "a"))
    assert [checked_ids(ids) for ids in many] == [["b", "a"]] * len(many)
    nothing: list[Any] = [[], (), {}, set(), iter(())]
    assert [checked_ids(none) for none in nothing] == [[]] * 5


def test_each_id_once_where_it_first_stood() -> None:
    assert checked_ids(["b", "a", "c", "b", "d", "a"]) == ["b", "a", "c", "d"]


NO_TIMEOUTS: list[Any] = ["5", True, b"1", [], 1j, nan, inf, -inf, -0.1, 10**400, TIMEOUT_MAX * 1.01]


@pytest.mark.parametrize("wrong", NO_TIMEOUTS, ids=lambda one: repr(one)[:9])
def test_the_timeout_of_a_wait_is_a_finite_number_from_zero(wrong: Any) -> None:
    with pytest.raises(ValueError, match="timeout must be finite seconds from 0 on, or None"):
        checked_wait(wrong)


@pytest.mark.parametrize("right", [None, 0, 0.0, 5, 1e-9, TIMEOUT_MAX])
def test_timeouts_that_a_wait_takes(right: float | None) -> None:
    assert checked_wait(right) is right


@pytest.mark.parametrize("wrong", ["ignore", "yield", "", None, True], ids=repr)
def test_on_failure_is_one_of_two_words(wrong: Any) -> None:
    check_wait_options("raise")
    check_wait_options("return")
    with pytest.raises(ValueError, match="on_failure must be 'raise' or 'return'"):
        check_wait_options(wrong)


class Listener:
    async def __call__(self, *_: object) -> None: ...


async def listen(*_: object) -> None: ...


@pytest.mark.parametrize("listener", [Listener(), listen], ids=["object", "function"])
def test_an_async_listener_is_for_asyncio(listener: Callable[..., object]) -> None:
    """An object with an async `__call__` too: nothing would await it."""
    check_wait_options("raise", may_be_async=True, on_update=listener)
    with pytest.raises(TypeError, match="on_update is async; use AsyncJimmyAI"):
        check_wait_options("raise", on_update=listener)
    with pytest.raises(TypeError, match="on_progress must be callable, not str"):
        check_wait_options("raise", may_be_async=True, on_progress="print")  # type: ignore[arg-type]


NO_NUMBERS: list[Any] = [None, True, False, "1", b"1", [], 1j, object()]
NUMBERS: dict[str, tuple[list[Any], str]] = {
    "timeout": (
        [*NO_NUMBERS, 0, 0.0, -0.5, nan, inf, -inf, 10**400, TIMEOUT_MAX * 1.01],
        "finite number of seconds above 0",
    ),
    "max_retries": ([*NO_NUMBERS, 1.0, nan, -1], "an int of at least 0"),
    "batch_size": ([*NO_NUMBERS, 1.0, inf, 0], "an int of at least 1"),
    "concurrency": ([*NO_NUMBERS, 1.0, inf, 0], "an int of at least 1"),
    "clock": ([None, 5, Chance], "a Clock, such as"),
}


@pytest.mark.parametrize(
    ("name", "wrong"),
    [(name, one) for name, (wrong, _) in NUMBERS.items() for one in wrong],
    ids=lambda one: one if isinstance(one, str) else type(one).__name__,
)
def test_settings_that_make_no_sense(name: str, wrong: Any) -> None:
    """None is refused as a timeout too: no call goes without an end."""
    changes = {"clock": Chance(0.5), name: wrong}
    with pytest.raises(
        ConfigurationError, match=f"{name} must be {'an? ' if name == 'timeout' else ''}{NUMBERS[name][1]}"
    ):
        settings(changes.pop("clock"), **changes)


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("timeout", TIMEOUT_MAX),
        ("timeout", 1e-3),
        ("timeout", 86400),
        ("max_retries", 0),
        ("batch_size", 1),
        ("concurrency", 10**9),
    ],
)
def test_settings_that_do(name: str, right: float) -> None:
    assert getattr(settings(Chance(0.5), **{name: right}), name) == right
