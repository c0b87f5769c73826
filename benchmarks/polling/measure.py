"""Many waits with different seeds: what a rule costs, beside the least that knowing everything would."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from random import Random
from statistics import fmean

import numpy as np

from .oracle import least
from .populations import POPULATIONS
from .rules import MakeRule
from .simulate import Played, Times, play

SEEDS = {1: 60, 10: 20, 50: 10, 200: 12, 1000: 4, 5000: 2}
"""How many waits, by the number of assets."""

Cell = tuple[str, int]
"""A population and a number of assets."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Means over seeds."""

    requests: float
    delay: float
    p95: float

    def __str__(self) -> str:
        return f"{self.requests:.1f} / {self.delay:.2f} s"


def assets(cell: Cell, seed: int) -> Times:
    """When each becomes final."""
    name, size = cell
    return np.array(POPULATIONS[name](seed, size))


def sample(cell: Cell, wait: Callable[[Times, Random], Played], seeds: int) -> Sample:
    runs = [wait(assets(cell, seed), Random(f"{seed}")) for seed in range(seeds)]
    delays = np.concatenate([run.delays for run in runs])
    p95 = float(np.quantile(delays, 0.95))
    return Sample(fmean(run.requests for run in runs), float(delays.mean()), p95)


def playing(make_rule: MakeRule, batch_size: int = 100) -> Callable[[Times, Random], Played]:
    return lambda moments, chance: play(moments, make_rule, chance, batch_size=batch_size)


@cache
def _least(cell: Cell, price: float) -> float:
    return sum(least(assets(cell, seed), price) for seed in range(SEEDS[cell[1]]))


def regret(cell: Cell, make_rule: MakeRule, price: float) -> float:
    """How much more it costs than the least possible, as a share of that."""
    runs = (play(assets(cell, seed), make_rule, Random(f"{seed}")) for seed in range(SEEDS[cell[1]]))
    return sum(run.cost(price) for run in runs) / _least(cell, price) - 1


def regrets(make_rule: Callable[[Cell], MakeRule], price: float, sizes: tuple[int, ...]) -> list[float]:
    """The mean over all populations, for each number of assets."""
    return [fmean(regret((name, size), make_rule((name, size)), price) for name in POPULATIONS) for size in sizes]
