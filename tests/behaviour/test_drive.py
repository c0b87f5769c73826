"""The drivers: a flow takes the same steps on threads and on asyncio."""

import asyncio
import contextvars
import threading
from collections.abc import Callable, Generator
from typing import Any

import pytest

from jimmy_ai_openapi_client import JimmyAIError
from jimmy_ai_openapi_client.sdk.drive import adrive, afan_out, drive, fan_out

Act = Callable[[Any], Any]


def later(act: Act) -> Act:
    async def wrapped(step: Any) -> Any:
        await asyncio.sleep(0)
        return act(step)

    return wrapped


@pytest.fixture(params=["threads", "asyncio"])
def driven(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """drive, or adrive with `act` made a coroutine function."""
    return drive if request.param == "threads" else lambda flow, act: asyncio.run(adrive(flow, later(act)))


@pytest.fixture(params=["threads", "asyncio"])
def fanned(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """fan_out, or afan_out with `act` made a coroutine function."""
    return fan_out if request.param == "threads" else lambda act, items: asyncio.run(afan_out(later(act), items))


def counting(to: int) -> Generator[int, int, int]:
    total = 0
    for step in range(to):
        total += yield step
    return total


@pytest.mark.parametrize("to", [0, 1, 5])
def test_every_step(driven: Callable[..., Any], to: int) -> None:
    assert driven(counting(to), lambda step: step * 10) == sum(range(to)) * 10


def test_errors_of_our_tree_are_thrown_in(driven: Callable[..., Any]) -> None:
    def flow() -> Generator[str, str, list[str]]:
        heard = []
        for step in ("good", "bad", "good"):
            try:
                heard.append((yield step))
            except JimmyAIError as error:
                heard.append(f"caught {error}")
        return heard

    def act(step: str) -> str:
        if step == "bad":
            raise JimmyAIError("it")
        return step

    assert driven(flow(), act) == ["good", "caught it", "good"]


@pytest.mark.parametrize("kind", [LookupError, KeyboardInterrupt, JimmyAIError], ids=repr)
def test_what_a_flow_raises_comes_out(driven: Callable[..., Any], kind: type[BaseException]) -> None:
    def flow() -> Generator[int, int, None]:
        yield 1
        raise kind("it")

    with pytest.raises(kind, match="it"):
        driven(flow(), lambda step: step)


def test_other_exceptions_end_it(driven: Callable[..., Any]) -> None:
    """The flow does not see them."""
    heard = []

    def flow() -> Generator[int, int, None]:
        try:
            yield 1
        except Exception as error:  # noqa: BLE001
            heard.append(error)

    def act(_: int) -> int:
        raise LookupError("it")

    with pytest.raises(LookupError, match="it"):
        driven(flow(), act)
    assert heard == []


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
