"""Let candidates work in turn, a block each, so that a slow moment of the machine hits all alike."""

import subprocess
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from random import Random


class Worker:
    """A candidate in its own process; see worker.py."""

    def __init__(self, scenario: str, candidate: str, url: str) -> None:
        command = [sys.executable, "-m", "benchmarks.worker", scenario, candidate, url]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._name = f"{scenario}, {candidate}"

    def block(self, calls: int) -> float:
        """Seconds a call."""
        assert self._process.stdin and self._process.stdout
        print(calls, file=self._process.stdin, flush=True)
        if not (line := self._process.stdout.readline()):
            raise RuntimeError(f"{self._name}: ended with {self._process.wait()}; see above")
        return float(line) / calls

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


def interleaved(
    scenario: str, candidates: Iterable[str], url: str, *, rounds: int, calls: int
) -> dict[str, list[float]]:
    """Seconds a call of every candidate in every round, each round in another order."""
    with ExitStack() as stack:
        workers = {name: Worker(scenario, name, url) for name in candidates}
        for worker in workers.values():
            stack.callback(worker.close)
        times: dict[str, list[float]] = {name: [] for name in workers}
        order = list(workers)
        for worker in workers.values():
            worker.block(calls)  # connects, and warms what can be warmed
        chance = Random(1)
        for _ in range(rounds):
            chance.shuffle(order)
            for name in order:
                times[name].append(workers[name].block(calls))
        return times
