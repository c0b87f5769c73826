"""Let candidates work in turn, a block each, so that a slow moment of the machine hits all alike."""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from random import Random

from .processes import ended, python, said


class Worker:
    """A candidate in its own process; see worker.py."""

    def __init__(self, scenario: str, candidate: str, url: str) -> None:
        self._process = python("-m", "benchmarks.worker", scenario, candidate, url)

    def block(self, calls: int) -> float:
        """Seconds a call."""
        print(calls, file=self._process.stdin, flush=True)
        return float(said(self._process)) / calls

    def close(self) -> None:
        ended(self._process)


def in_turn(workers: Mapping[str, tuple[str, str, int]], url: str, rounds: int) -> dict[str, list[float]]:
    """Seconds a call in every round, each round in another order. A worker is a scenario, a candidate, and the calls
    to a block.
    """
    with ExitStack() as stack:
        started = {name: Worker(*worker[:2], url) for name, worker in workers.items()}
        for worker in started.values():
            stack.callback(worker.close)
        for name, worker in started.items():
            worker.block(workers[name][2])  # connects, and warms what can be warmed
        times: dict[str, list[float]] = {name: [] for name in workers}
        order, chance = list(workers), Random(1)
        for _ in range(rounds):
            chance.shuffle(order)
            for name in order:
                times[name].append(started[name].block(workers[name][2]))
        return times


def interleaved(
    scenario: str, candidates: Iterable[str], url: str, *, rounds: int, calls: int
) -> dict[str, list[float]]:
    """The same for candidates of one scenario."""
    return in_turn({name: (scenario, name, calls) for name in candidates}, url, rounds)
