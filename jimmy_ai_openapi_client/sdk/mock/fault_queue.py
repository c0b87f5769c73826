"""Which fault meets which request."""

import random
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, Self, TypedDict

from . import checks
from .exchange import Refusal, Reply
from .spec import Node


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one request: its answer is replaced, or changed, or sent badly."""

    text: str
    replacement: Reply | Refusal | None = None
    """What is answered before the API sees the request."""
    change: Callable[[Reply], Reply | None] = lambda reply: reply
    """What becomes of the answer; None if there is nothing in it to change."""
    suits: Callable[[Node], bool] = lambda _: True
    """Whether it can meet an operation whose documented envelope is this."""
    delay: bool = False
    """Whether it goes along with another fault."""

    def __str__(self) -> str:
        return self.text


class When(TypedDict, total=False):
    """Which requests a fault meets: the next `times` (1; None for all), of one `operation` (any), by `chance` (1.0).

    With a `chance` and no `times` it goes on until cancelled.
    """

    times: int | None
    chance: float
    operation: str | None


@dataclass(eq=False)
class PlannedFault:
    """A fault that is still to meet requests, or is over. As a `with` block it ends with the block."""

    fault: Fault
    times: int | None
    """How many requests it is still to meet; None is all."""
    chance: float
    operation: str | None
    number: int
    """Which of all planned faults it is."""
    hits: int = field(default=0, init=False)
    """How many requests it has met."""

    def cancel(self) -> None:
        """Let it meet no further request."""
        self.times = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.cancel()

    def count(self, hits: int) -> None:
        """Record that it met a request (1), or that it did not after all (-1)."""
        self.hits += hits
        if self.times is not None:
            self.times -= hits


class FaultQueue:
    """All planned faults, in the order planned. The same seed and the same requests draw the same faults."""

    def __init__(self, operations: Collection[str], seed: float | str | None = None) -> None:
        """`operations` are the operationIds that a fault can be limited to."""
        self._operations = operations
        self._random = random.Random(seed)  # noqa: S311  (repeatable is the point)
        self._lock = threading.Lock()
        self._planned: list[PlannedFault] = []
        self._count = 0

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(str(one.fault) for one in self.planned)})"

    @property
    def planned(self) -> list[PlannedFault]:
        """The faults still to come, in the order planned."""
        with self._lock:
            self._planned = [one for one in self._planned if one.times != 0]
            return list(self._planned)

    def clear(self) -> None:
        """Cancel all."""
        for one in self.planned:
            one.cancel()

    def plan(self, fault: Fault, when: Any) -> PlannedFault:
        """Plan a fault; `when` is a `When` still to be checked."""
        if strange := set(when) - set(When.__annotations__):
            raise TypeError(f"not an argument of a fault: {', '.join(sorted(strange))}")
        chance = checks.number("chance", when.get("chance", 1.0), most=1)
        times = when.get("times", 1 if chance == 1 else None)
        if times is not None:
            checks.integer("times", times, least=1)
        operation = when.get("operation")
        if operation is not None and operation not in self._operations:
            raise ValueError(f"no operation {operation!r:.100}; the spec has {', '.join(self._operations)}")
        with self._lock:
            self._count += 1
            planned = PlannedFault(fault, times, chance, operation, self._count)
            self._planned.append(planned)
        return planned

    def draw(self, operation: str, documented: Callable[[], Node]) -> list[PlannedFault]:
        """The faults that a request meets now: the first that suits it, and the first delay beside it."""
        drawn: dict[bool, PlannedFault] = {}
        with self._lock:
            for one in self._planned:
                if one.times == 0 or one.fault.delay in drawn or one.operation not in {None, operation}:
                    continue
                if one.fault.suits(documented()) and (one.chance == 1 or self._random.random() < one.chance):
                    one.count(1)
                    drawn[one.fault.delay] = one
        return list(drawn.values())

    def put_back(self, planned: PlannedFault) -> None:
        """Let a drawn fault wait for another request: there was nothing to change in this answer."""
        with self._lock:
            planned.count(-1)
