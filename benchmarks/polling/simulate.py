"""Play one wait on simulated time and count what it cost."""

from dataclasses import dataclass
from random import Random
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from .rules import MakeRule

Times: TypeAlias = NDArray[np.float64]
DEADLINE = 1800.0
CONCURRENCY = 4
BATCH = 100
LATENCY = 0.8
"""Seconds for a request of a batch: a slow service. With it the published reference points come out."""


@dataclass(frozen=True, slots=True)
class Played:
    requests: int
    delays: Times
    """Seconds between an asset becoming final and its caller hearing of it. Those never heard of are not in it."""

    def cost(self, price: float) -> float:
        """In seconds of one asset going unnoticed, of which a request is worth `price`."""
        return price * self.requests + float(self.delays.sum())


def play(moments: Times, make_rule: MakeRule, chance: Random, *, batch_size: int = BATCH) -> Played:
    """One wait: look at once, then after each pause ask for all that is unfinished, `CONCURRENCY` requests at a time.

    An answer tells the state at the moment its request was sent.
    """
    rule = make_rule(chance, batch_size)
    at_once = batch_size * CONCURRENCY
    delays: list[Times] = []
    waiting, requests, now = moments, 0, 0.0
    while now <= DEADLINE:
        requests += -(-len(waiting) // batch_size)
        sent = now + LATENCY * (np.arange(len(waiting)) // at_once)
        final = waiting <= sent
        delays.append((sent + LATENCY - waiting)[final])
        now = sent[-1] + LATENCY
        waiting = waiting[~final]
        if not len(waiting):
            break
        now += rule.next(now, len(waiting), int(final.sum()))
    return Played(requests, np.concatenate(delays))
