"""Populations: how many seconds after the wait began each asset becomes final. `inf` is never.

A population is a function of a seed and a size, so any code that waits can be played against the same assets.
"""

import math
from collections.abc import Callable
from functools import partial
from random import Random

Population = Callable[[int, int], list[float]]


def log_normal(seed: int, size: int, *, median: float = 120.0, sigma: float = 0.8) -> list[float]:
    chance = Random(seed)
    return [median * math.exp(sigma * chance.gauss(0, 1)) for _ in range(size)]


def constant(seed: int, size: int) -> list[float]:
    """All assets take the same time; which time differs by seed, or the figure would be one phase of the polls."""
    return [Random(seed).uniform(90, 150)] * size


def bursts(seed: int, size: int) -> list[float]:
    """Six groups, each done within two seconds, at any moments of the first five minutes."""
    chance = Random(seed)
    moments = [chance.uniform(30, 300) for _ in range(6)]
    return [chance.choice(moments) + chance.uniform(0, 2) for _ in range(size)]


def tenth_never(seed: int, size: int) -> list[float]:
    chance = Random(-1 - seed)
    return [math.inf if chance.random() < 0.1 else seconds for seconds in log_normal(seed, size)]


def memoryless(seed: int, size: int) -> list[float]:
    chance = Random(seed)
    return [chance.expovariate(1 / 150) for _ in range(size)]


POPULATIONS: dict[str, Population] = {
    "log-normal, median 120 s": log_normal,
    "constant, 90-150 s": constant,
    "six bursts in 300 s": bursts,
    "a tenth never": tenth_never,
    "log-normal, median 10 s": partial(log_normal, median=10.0),
    "log-normal, median 30 s": partial(log_normal, median=30.0),
    "log-normal, median 600 s": partial(log_normal, median=600.0),
    "narrow, median 120 s": partial(log_normal, sigma=0.3),
    "exponential, mean 150 s": memoryless,
}
