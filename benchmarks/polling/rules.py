"""The polling rules that are compared. A rule is told what each round found and gives the pause before the next."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from math import ceil, log, sqrt
from random import Random
from statistics import NormalDist
from typing import Protocol

from jimmy_ai_openapi_client.sdk.policy.polling import PollingInterval


class Rule(Protocol):
    def next(self, now: float, waiting: int, changed: int) -> float: ...


MakeRule = Callable[[Random, int], Rule]
"""From a source of chance and the ids to a request."""


class Growing:
    """5 s, growing by half to 15 s; `reset` starts again when any changed."""

    def __init__(self, chance: Random, _batch_size: int, *, reset: bool = False) -> None:
        self._chance, self._reset, self._pause = chance, reset, 0.0

    def next(self, now: float, waiting: int, changed: int) -> float:
        again = self._pause == 0.0 or (self._reset and changed > 0)
        self._pause = 5.0 if again else min(15.0, self._pause * 1.5)
        return jittered(self._pause, self._chance)


class Fixed:
    def __init__(self, chance: Random, _batch_size: int, *, pause: float) -> None:
        self._chance, self._pause = chance, pause

    def next(self, now: float, waiting: int, changed: int) -> float:
        return jittered(self._pause, self._chance)


class Guessing(ABC):
    """The arithmetic of ours with another guess: `chance_of_one` becoming final in a second."""

    def __init__(self, chance: Random, batch_size: int, *, price: float = PollingInterval.price) -> None:
        self._chance, self._batch_size, self._price = chance, batch_size, price

    @abstractmethod
    def chance_of_one(self, now: float, waiting: int, changed: int) -> float: ...

    def next(self, now: float, waiting: int, changed: int) -> float:
        rate = waiting * max(self.chance_of_one(now, waiting, changed), 1e-12)
        return jittered(sqrt(2 * self._price * ceil(waiting / self._batch_size) / rate), self._chance)


class Lately(Guessing):
    """What was seen lately, and nothing else: the rule before this one. It starts as if one had just become final."""

    def __init__(self, chance: Random, batch_size: int, *, price: float = 2.0) -> None:
        super().__init__(chance, batch_size, price=price)
        self._at, self._final, self._waited = 0.0, 1.0, 0.0

    def chance_of_one(self, now: float, waiting: int, changed: int) -> float:
        if not self._at:
            self._at, self._waited = now, 5.0 * waiting
            return 1.0
        self._final = 0.8 * self._final + changed
        self._waited = 0.8 * self._waited + (now - self._at) * (waiting + changed)
        self._at = now
        return self._final / self._waited


class Told(Guessing):
    """The true log-normal of the main population: what the best guess could gain there."""

    def chance_of_one(self, now: float, waiting: int, changed: int) -> float:
        times, soon = NormalDist(log(120.0), 0.8), now + 3.0  # the middle of a short pause
        return times.pdf(log(soon)) / soon / max(1.0 - times.cdf(log(soon)), 1e-12)


class Experienced(Guessing):
    """The times of an earlier wait, while five of them are left, and ours otherwise."""

    def __init__(self, chance: Random, batch_size: int, *, earlier: Sequence[float]) -> None:
        super().__init__(chance, batch_size)
        self._earlier, self._ours = earlier, PollingInterval(chance.random, batch_size)

    def chance_of_one(self, now: float, waiting: int, changed: int) -> float:
        soon = sum(now < one <= now + 12.0 for one in self._earlier)
        return (soon + 0.5) / 12.0 / sum(one > now for one in self._earlier)

    def next(self, now: float, waiting: int, changed: int) -> float:
        ours = self._ours.next(now, waiting, changed)
        enough = sum(one > now for one in self._earlier) >= 5
        return super().next(now, waiting, changed) if enough else ours


def jittered(pause: float, chance: Random) -> float:
    """Within 5 and 15 s, give or take a tenth."""
    bounded = min(15.0, max(5.0, pause))
    return chance.uniform(max(5.0, bounded * 0.9), min(15.0, bounded * 1.1))


def ours(chance: Random, batch_size: int) -> Rule:
    return PollingInterval(chance.random, batch_size)


def ours_with(
    *, price: float, memory: float = PollingInterval.memory, together: float = PollingInterval.together
) -> MakeRule:
    def tuned(chance: Random, batch_size: int) -> Rule:
        rule = PollingInterval(chance.random, batch_size)
        rule.price, rule.memory, rule.together = price, memory, together
        return rule

    return tuned


back_to_5: MakeRule = partial(Growing, reset=True)
RULES: dict[str, MakeRule] = {
    "5 s": partial(Fixed, pause=5.0),
    "7 s": partial(Fixed, pause=7.0),
    "5 to 15 s": Growing,
    "5 to 15 s, back to 5": back_to_5,
    "seen lately, alone": Lately,
    "this rule": ours,
}
