"""Play one wait on a simulated clock and count what it cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from .rules import MakeRule

DEADLINE = 1800.0
CONCURRENCY = 4
LATENCY = 0.8
SINGLE_LATENCY = 0.35
"""Seconds for a request of a batch, and of one id: with them the published reference points come out."""


@dataclass(frozen=True, slots=True)
class Played:
    requests: int
    delays: list[float]
    """Seconds between an asset becoming final and its caller hearing of it. Those never heard of are not in it."""


def play(
    population: Sequence[float],
    make_rule: MakeRule,
    chance: Random,
    *,
    batch_size: int = 100,
    latency: float = LATENCY,
) -> Played:
    """One wait: look at once, then after each pause ask for all that is unfinished, `CONCURRENCY` requests at a time.

    An answer tells the state at the moment its request was sent; the caller hears when the round is complete.
    """
    rule = make_rule(chance, batch_size)
    waiting = list(population)
    delays: list[float] = []
    requests = 0
    now = 0.0
    while now <= DEADLINE:
        requests += -(-len(waiting) // batch_size)
        unfinished: list[float] = []
        final: list[float] = []
        for start in range(0, len(waiting), batch_size * CONCURRENCY):
            for moment in waiting[start : start + batch_size * CONCURRENCY]:
                (unfinished if moment > now else final).append(moment)
            now += latency
        delays += [now - moment for moment in final]
        waiting = unfinished
        if not waiting:
            break
        now += rule.next(now, len(waiting), len(final))
    return Played(requests, delays)


def play_singly(population: Sequence[float], *, period: float = 6.0, latency: float = SINGLE_LATENCY) -> Played:
    """One loop an asset: ask for it alone, sleep `period`, again."""
    delays: list[float] = []
    requests = 0
    step = period + latency
    last_look = int(DEADLINE // step)
    for moment in population:
        look = min(last_look, -int(-moment // step) if moment < DEADLINE else last_look)
        requests += look + 1
        if look * step >= moment:
            delays.append(look * step + latency - moment)
    return Played(requests, delays)
