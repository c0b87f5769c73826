"""What is asked for is checked before any request, and at the call itself."""

from collections.abc import Callable
from math import inf, nan
from typing import Any

import pytest

from jimmy_ai_openapi_client import JimmyAI

from .lives import waiting
from .service import Connect

Call = Callable[..., Any]
CALLS: dict[str, Call] = {
    "wait": lambda real_person, ids, **options: real_person.wait(ids[0], **options),
    "wait_many": lambda real_person, ids, **options: real_person.wait_many(ids, **options),
    "as_completed": lambda real_person, ids, **options: real_person.as_completed(ids, **options),
}
calls = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
many = pytest.mark.parametrize("call", [CALLS["wait_many"], CALLS["as_completed"]], ids=["wait_many", "as_completed"])


@calls
@pytest.mark.parametrize("wrong", [None, 5, b"a", ["a"]], ids=repr)
def test_an_id_is_text(connect: Connect, call: Call, wrong: Any) -> None:
    service, real_person = waiting(connect)
    with pytest.raises(TypeError, match="must be a str"):
        call(real_person, [wrong])
    assert service.asked == []


@calls
@pytest.mark.parametrize("wrong", ["", " ", " a", "a\n", "a\x00b"], ids=ascii)
def test_an_id_is_neither_blank_nor_padded_nor_unprintable(connect: Connect, call: Call, wrong: str) -> None:
    service, real_person = waiting(connect)
    with pytest.raises(ValueError, match=r"is blank|surrounding space or unprintable"):
        call(real_person, [wrong])
    assert service.asked == []


@many
@pytest.mark.parametrize("wrong", ["abc", b"abc", None, 5], ids=repr)
def test_ids_are_an_iterable_but_not_one_text(connect: Connect, call: Call, wrong: Any) -> None:
    service, real_person = waiting(connect)
    with pytest.raises(TypeError, match="asset_ids must be an iterable of str"):
        call(real_person, wrong)
    assert service.asked == []


@calls
@pytest.mark.parametrize(
    ("timeout", "error"),
    [
        ("5", TypeError),
        (True, TypeError),
        (nan, ValueError),
        (inf, ValueError),
        (-0.1, ValueError),
        (10**400, ValueError),
    ],
    ids=lambda value: repr(value)[:10],
)
def test_a_timeout_is_a_finite_number_from_zero(
    connect: Connect, call: Call, timeout: Any, error: type[Exception]
) -> None:
    service, real_person = waiting(connect)
    with pytest.raises(error, match="timeout must be"):
        call(real_person, ["a"], timeout=timeout)
    assert service.asked == []


@pytest.mark.parametrize("wrong", ["ignore", "yield", "", None, True], ids=repr)
def test_on_failure_is_one_of_two_words(connect: Connect, wrong: Any) -> None:
    service, real_person = waiting(connect)
    with pytest.raises(ValueError, match="on_failure must be"):
        real_person.wait_many(["a"], on_failure=wrong)
    assert service.asked == []


@pytest.mark.parametrize("name", ["on_update", "on_progress"])
def test_a_listener_can_be_called(connect: Connect, name: str) -> None:
    service, real_person = waiting(connect)
    with pytest.raises(TypeError, match=name):
        real_person.wait_many(["a"], **{name: "print"})
    assert service.asked == []


def test_what_the_ids_themselves_raise_comes_out(connect: Connect) -> None:
    def broken() -> Any:
        yield "a"
        raise LookupError("no more")

    service, real_person = waiting(connect)
    with pytest.raises(LookupError, match="no more"):
        real_person.wait_many(broken())
    assert service.asked == []


@pytest.mark.parametrize("name", ["on_update", "on_progress"])
def test_an_async_listener_is_for_asyncio(name: str) -> None:
    """An object with an async `__call__` too: nothing would await it."""

    class Listener:
        async def __call__(self, *_: object) -> None: ...

    async def function(*_: object) -> None: ...

    with JimmyAI(api_key="sk-test") as jimmy:
        for listener in (Listener(), function):
            with pytest.raises(TypeError, match=f"{name} is async; use AsyncJimmyAI"):
                jimmy.real_person.wait_many(["a"], **{name: listener})  # type: ignore[arg-type]
