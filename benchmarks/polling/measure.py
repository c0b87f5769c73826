"""Many waits with different seeds, as figures with their uncertainty."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, sqrt
from random import Random
from statistics import fmean, stdev

from .populations import Population
from .rules import MakeRule
from .simulate import Played, play

SEEDS = {1: 4000, 200: 500, 10_000: 12}


@dataclass(frozen=True, slots=True)
class Change:
    """A mean difference, and the half-width of its 95 % interval over seeds, both as shares of the reference."""

    share: float
    spread: float

    def __str__(self) -> str:
        return f"{100 * self.share:+5.1f} ±{100 * self.spread:4.1f} %"


class Sample:
    """What one rule did with one population, seed by seed."""

    def __init__(self, runs: list[Played]) -> None:
        self.requests_by_seed = [float(run.requests) for run in runs]
        self.delay_by_seed = [fmean(run.delays) if run.delays else None for run in runs]
        delays = sorted(delay for run in runs for delay in run.delays)
        self.requests = fmean(self.requests_by_seed)
        self.delay = fmean(delays)
        self.p95 = delays[int(0.95 * len(delays))]
        self.heard = len(delays) / len(runs)

    def __str__(self) -> str:
        return f"{self.requests:9,.1f} {self.delay:5.2f} {self.p95:5.1f}"


def sample(
    population: Population, size: int, make_rule: MakeRule, *, seeds: int | None = None, batch_size: int = 100
) -> Sample:
    return sample_of(
        population, size, lambda times, chance: play(times, make_rule, chance, batch_size=batch_size), seeds=seeds
    )


def sample_of(
    population: Population, size: int, wait: Callable[[list[float], Random], Played], *, seeds: int | None = None
) -> Sample:
    """Like `sample`, for anything that can play a wait: the seam for the real client on a fake clock."""
    return Sample([wait(population(seed, size), Random(f"{seed}")) for seed in range(seeds or SEEDS[size])])


def compare(rule: Sample, reference: Sample) -> tuple[Change, Change]:
    """The change of requests and of mean delay, paired by seed."""
    requests = list(zip(rule.requests_by_seed, reference.requests_by_seed, strict=True))
    delays = [
        (ours, theirs)
        for ours, theirs in zip(rule.delay_by_seed, reference.delay_by_seed, strict=True)
        if ours is not None and theirs is not None
    ]
    return _change(requests), _change(delays)


def _change(pairs: list[tuple[float, float]]) -> Change:
    base = fmean(theirs for _, theirs in pairs)
    differences = [ours - theirs for ours, theirs in pairs]
    spread = 1.96 * stdev(differences) / sqrt(len(differences)) if len(differences) > 1 else inf
    return Change(fmean(differences) / base, spread / base)


def verdict(rule: Sample, reference: Sample) -> str:
    """In words: a difference counts when it is larger than its own 95 % interval."""
    requests, delay = (_sign(change) for change in compare(rule, reference))
    if requests == delay == 0:
        return "same"
    if requests <= 0 and delay <= 0:
        return "dominates" if requests and delay else "better in one, same in the other"
    if requests >= 0 and delay >= 0:
        return "LOSES" if requests and delay else "WORSE in one, same in the other"
    seconds = (reference.delay - rule.delay) * reference.heard / (rule.requests - reference.requests)
    return f"trades: {seconds:.1f} s of one asset for a request {'more' if requests > 0 else 'fewer'}"


def _sign(change: Change) -> int:
    return 0 if abs(change.share) <= change.spread else 1 if change.share > 0 else -1
