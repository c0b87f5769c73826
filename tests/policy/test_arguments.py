"""What clients and calls are given is checked before any request; the messages are one printable line."""

from collections.abc import Callable
from functools import partial
from math import inf, nan
from threading import TIMEOUT_MAX
from typing import Any

import pytest

from jimmy_ai_openapi_client import ConfigurationError
from jimmy_ai_openapi_client.sdk.settings import check_wait_options, checked_id, checked_ids, checked_wait

from .lives import Chance, settings

Check = Callable[[Any], object]


def setting(name: str) -> Check:
    """The named setting as a client has it once it is checked."""
    return lambda value: getattr(settings(**{"clock": Chance(0.5), name: value}), name)


def listener(value: Any, *, may_be_async: bool = False) -> None:
    check_wait_options("raise", may_be_async=may_be_async, on_update=value)


class Listener:
    """An object with an async `__call__`: nothing would await it."""

    async def __call__(self, *_: object) -> None: ...


NOT_TEXT: list[Any] = [None, 5, 1.5, True, b"id1", bytearray(b"id1"), ["id1"], ("id1",), {"id1"}, object()]
UNUSABLE = ["", " ", "\t\n", "\u3000", "\xa0", " id1", "id1 ", "id1\n", "\rid1", "id\x001", "id\x1b[31m1", "id\u200b1"]
UNUSABLE += ["id\u20281", "\ufeffid1", "id\ud8001", "\n" + "x" * 10_000]
NO_NUMBERS: list[Any] = [None, True, False, "1", b"1", [], 1j, object()]
REFUSED: list[tuple[Check, type[Exception], str, list[Any]]] = [
    (checked_id, TypeError, "asset_id must be a str, not {type}", NOT_TEXT),
    (lambda one: checked_ids(["id1", one]), TypeError, "asset_ids[1] must be a str, not {type}", NOT_TEXT),
    (checked_id, ValueError, "asset_id is blank, or has surrounding space or unprintable characters", UNUSABLE),
    (lambda one: checked_ids(["id1", "id2", one]), ValueError, "asset_ids[2] is blank, or has", UNUSABLE),
    # A str is an iterable of str, and never meant as one.
    (
        checked_ids,
        TypeError,
        "asset_ids must be an iterable of str, such as a list, not {type}",
        ["id1", "", b"id1", None, 5, object()],
    ),
    (
        checked_wait,
        ValueError,
        "timeout must be finite seconds from 0 on, or None",
        ["5", True, b"1", [], 1j, nan, inf, -inf, -0.1, 10**400, TIMEOUT_MAX * 1.01],
    ),
    (
        check_wait_options,
        ValueError,
        "on_failure must be 'raise' or 'return'",
        ["ignore", "yield", "", None, True],
    ),
    (listener, TypeError, "on_update is async; use AsyncJimmyAI", [Listener(), Listener().__call__]),
    (partial(listener, may_be_async=True), TypeError, "on_update must be callable, not str", ["print"]),
    (
        setting("timeout"),
        ConfigurationError,
        "timeout must be a finite number of seconds above 0",
        [*NO_NUMBERS, 0, 0.0, -0.5, nan, inf, -inf, 10**400, TIMEOUT_MAX * 1.01],
    ),
    (setting("max_retries"), ConfigurationError, "max_retries must be an int of at least 0", [*NO_NUMBERS, 1.0, -1]),
    (setting("batch_size"), ConfigurationError, "batch_size must be an int of at least 1", [*NO_NUMBERS, inf, 0]),
    (setting("concurrency"), ConfigurationError, "concurrency must be an int of at least 1", [*NO_NUMBERS, 1.0, 0]),
    (setting("clock"), ConfigurationError, "clock must be a Clock, such as", [None, 5, Chance]),
]


@pytest.mark.parametrize(
    ("check", "kind", "message", "wrong"),
    [(check, kind, message, wrong) for check, kind, message, values in REFUSED for wrong in values],
    ids=lambda one: ascii(one)[:20],
)
def test_refused(check: Check, kind: type[Exception], message: str, wrong: Any) -> None:
    """The message says which and why, and repeats no long value at length."""
    with pytest.raises(kind) as caught:
        check(wrong)
    assert str(caught.value).startswith(message.replace("{type}", type(wrong).__name__))
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300


# What prints is the service's to judge.
ODD = ["official_id_xxx", "编号-1", "a b", "a/b?c#d", "{}", "'\"\\", "x" * 5000, "😀", "0"]
TAKEN: list[tuple[Check, list[Any]]] = [
    (checked_id, ODD),
    (lambda one: checked_ids([one])[0], ODD),
    (checked_wait, [None, 0, 0.0, 5, 1e-9, TIMEOUT_MAX]),
    (setting("timeout"), [TIMEOUT_MAX, 1e-3, 86400]),
    (setting("max_retries"), [0]),
    (setting("batch_size"), [1]),
    (setting("concurrency"), [10**9]),
]


@pytest.mark.parametrize(
    ("check", "right"),
    [(check, right) for check, values in TAKEN for right in values],
    ids=lambda one: ascii(one)[:20],
)
def test_taken_as_it_is(check: Check, right: Any) -> None:
    assert check(right) is right


@pytest.mark.parametrize("on_failure", ["raise", "return"])
def test_options_of_a_wait(on_failure: str) -> None:
    check_wait_options(on_failure, on_update=print, on_progress=None)
    check_wait_options(on_failure, may_be_async=True, on_update=Listener())


def test_any_iterable_of_ids() -> None:
    """Each id once, where it first stood."""
    many: list[Any] = [["b", "a", "b"], ("b", "a"), {"b": 1, "a": 2}, {"b": 1, "a": 2}.keys(), iter(["b", "a", "a"])]
    many.append(one for one in ("b", "a"))
    assert [checked_ids(ids) for ids in many] == [["b", "a"]] * len(many)
    nothing: list[Any] = [[], (), {}, set(), iter(())]
    assert [checked_ids(none) for none in nothing] == [[]] * 5
