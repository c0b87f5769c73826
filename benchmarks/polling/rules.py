"""The polling rules that are compared. A rule is told what each round found and gives the pause before the next."""

from collections.abc import Callable
from math import log, sqrt
from random import Random
from statistics import NormalDist
from typing import Protocol

from jimmy_ai_openapi_client.sdk.policy.polling import PollingInterval


class Rule(Protocol):
    def next(self, now: float, waiting: int, changed: int) -> float: ...


MakeRule = Callable[[Random, int], Rule]
"""From a source of chance and the ids to a request."""


class Growing:
    """5 s, growing by half to 15 s, give or take a tenth, never below 5 s; `reset` starts again when any changed."""

    def __init__(self, chance: Random, *, reset: bool) -> None:
        self._chance = chance
        self._reset = reset
        self._pause = 0.0

    def next(self, now: float, waiting: int, changed: int) -> float:
        again = self._pause == 0.0 or (self._reset and changed > 0)
        self._pause = 5.0 if again else min(15.0, self._pause * 1.5)
        return max(5.0, self._pause * self._chance.uniform(0.9, 1.1))


class Fixed:
    def __init__(self, pause: float) -> None:
        self._pause = pause

    def next(self, now: float, waiting: int, changed: int) -> float:
        return self._pause


class Knowing:
    """The same arithmetic, told the true log-normal instead of guessing the rate: what a better guess could gain."""

    def __init__(self, batch_size: int, *, price: float, median: float = 120.0, sigma: float = 0.8) -> None:
        self._batch_size = batch_size
        self._price = price
        self._log_times = NormalDist(log(median), sigma)

    def next(self, now: float, waiting: int, changed: int) -> float:
        soon = now + 3.0  # the middle of a short pause
        unfinished = 1.0 - self._log_times.cdf(log(soon))
        rate = waiting * self._log_times.pdf(log(soon)) / soon / max(unfinished, 1e-12)
        requests = -(-waiting // self._batch_size)
        return min(15.0, max(5.0, sqrt(2 * self._price * requests / max(rate, 1e-12))))


def growing(chance: Random, batch_size: int) -> Rule:  # noqa: ARG001
    return Growing(chance, reset=False)


def back_to_5(chance: Random, batch_size: int) -> Rule:  # noqa: ARG001
    return Growing(chance, reset=True)


def cadence(chance: Random, batch_size: int) -> Rule:
    return PollingInterval(chance.random, batch_size)


def priced(price: float) -> MakeRule:
    return lambda chance, batch_size: PollingInterval(chance.random, batch_size, price=price)


def knowing(price: float) -> MakeRule:
    return lambda _chance, batch_size: Knowing(batch_size, price=price)


def remembering(memory: float) -> MakeRule:
    return lambda chance, batch_size: PollingInterval(chance.random, batch_size, memory=memory)


def fixed(pause: float) -> MakeRule:
    return lambda _chance, _batch_size: Fixed(pause)


REFERENCES: dict[str, MakeRule] = {"batches, 5 to 15 s": growing, "5 to 15 s, back to 5": back_to_5}
ABLATIONS: dict[str, MakeRule] = {
    "fixed 5 s": fixed(5.0),
    "fixed 7 s": fixed(7.0),
    "cadence, last round only": remembering(0.0),
    "cadence, never forgets": remembering(1.0),
}
