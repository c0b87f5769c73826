"""Which fault meets which request."""

import random
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self, TypedDict

from . import checks
from .fault import Delay, Fault
from .spec import Node


class When(TypedDict, total=False):
    """Which requests a fault meets: the next `times` (1; None for all), of one `operation` (any), by `chance` (1.0).

    With a `chance` and no `times` it goes on until cancelled.
    """

    times: int | None
    chance: float
    operation: str | None


@dataclass(eq=False)
class Planned:
    """A fault that waits for its requests, or is over. As a `with` block it lasts no longer than the block."""

    fault: Fault
    times: int | None
    """How many requests it is still to meet; None is all."""
    chance: float
    operation: str | None
    number: int
    """Which of all faults planned it is."""
    hits: int = field(default=0, init=False)
    """How many requests it has met."""

    def cancel(self) -> None:
        """Let it meet no further request."""
        self.times = 0

    @property
    def over(self) -> bool:
        """Whether it meets no further request."""
        return self.times == 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.cancel()

    def count(self, hits: int) -> None:
        """Note that it met a request (1), or that it did not after all (-1)."""
        self.hits += hits
        if self.times is not None:
            self.times -= hits


class Plan:
    """All planned faults, in the order planned. The same seed and the same requests draw the same faults."""

    def __init__(self, operations: Collection[str], seed: float | str | None) -> None:
        self._operations = operations
        self._dice = random.Random(seed)  # noqa: S311  (repeatable is the point)
        self._lock = threading.Lock()
        self._planned: list[Planned] = []
        self._count = 0

    def add(self, fault: Fault, when: Any) -> Planned:
        """Plan a fault; `when` is a `When` still to be checked."""
        if strange := set(when) - set(When.__annotations__):
            raise TypeError(f"no argument of a fault: {', '.join(sorted(strange))}")
        chance = checks.number("chance", when.get("chance", 1.0), most=1)
        times = when.get("times", 1 if chance == 1 else None)
        if times is not None:
            checks.whole("times", times, least=1)
        operation = when.get("operation")
        if operation is not None and operation not in self._operations:
            raise ValueError(f"no operation {operation!r:.100}; the spec has {', '.join(self._operations)}")
        with self._lock:
            self._count += 1
            planned = Planned(fault, times, chance, operation, self._count)
            self._planned.append(planned)
        return planned

    def waiting(self) -> list[Planned]:
        """Those that are not over."""
        with self._lock:
            self._planned = [one for one in self._planned if not one.over]
            return list(self._planned)

    def draw(self, operation: str, shown: Callable[[], Node]) -> list[Planned]:
        """What meets a request now: the first fault in turn, and the first delay beside it. `shown` documents it."""
        drawn: dict[bool, Planned] = {}
        with self._lock:
            for one in self._planned:
                lane = type(one.fault) is Delay
                if one.over or lane in drawn or one.operation not in {None, operation}:
                    continue
                if one.fault.suits(shown) and (one.chance == 1 or self._dice.random() < one.chance):
                    one.count(1)
                    drawn[lane] = one
        return list(drawn.values())

    def put_back(self, planned: Planned) -> None:
        """Let a drawn fault wait for another request: this one gave it nothing to change."""
        with self._lock:
            planned.count(-1)
