"""Doing several things at the same time, in threads and in tasks."""

import asyncio
import contextvars
import threading
from collections.abc import Callable
from typing import Any

import pytest

from jimmy_ai_openapi_client import JimmyAIError
from jimmy_ai_openapi_client.sdk.http.concurrent import afan_out, fan_out

Act = Callable[[Any], Any]


def later(act: Act) -> Act:
    async def wrapped(step: Any) -> Any:
        await asyncio.sleep(0)
        return act(step)

    return wrapped


@pytest.fixture(params=["threads", "asyncio"])
def fanned(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """fan_out, or afan_out with `act` made a coroutine function."""
    return fan_out if request.param == "threads" else lambda act, items: asyncio.run(afan_out(later(act), items))


@pytest.mark.parametrize("count", [0, 1, 2, 9])
def test_fan_out_in_order(fanned: Callable[..., Any], count: int) -> None:
    """Errors of our tree stand in the place of their answers."""

    def act(item: int) -> int:
        if item % 3 == 2:
            raise JimmyAIError(str(item))
        return item * 10

    heard = fanned(act, range(count))
    assert [str(one) if isinstance(one, JimmyAIError) else one for one in heard] == [
        str(item) if item % 3 == 2 else item * 10 for item in range(count)
    ]


def test_fan_out_ends_with_the_first_other_exception(fanned: Callable[..., Any]) -> None:
    """The same one on threads and on asyncio, and no thread is left."""

    def act(item: int) -> int:
        raise LookupError(str(item))

    before = threading.active_count()
    for items in ([0], [0, 1, 2]):
        with pytest.raises(LookupError, match="0"):
            fanned(act, items)
    assert threading.active_count() == before


def test_fan_out_keeps_the_context(fanned: Callable[..., Any]) -> None:
    """Tracing and logging of the caller's see where a request comes from."""
    variable = contextvars.ContextVar[str]("variable")
    variable.set("caller")
    assert fanned(lambda _: variable.get(), [1, 2, 3]) == ["caller"] * 3
