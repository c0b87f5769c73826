"""How long to measure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..figures import Figure


@dataclass(frozen=True)
class Effort:
    rounds: int
    """Blocks of each candidate."""
    calls: int
    """Calls to a block."""
    bursts: int
    """Blocks of each candidate where 50 tasks call at once."""
    burst: int
    """Calls of each such task to a block: enough to outweigh the connections that httpx closes between blocks."""
    processes: int
    """Starts of each process whose start is measured."""
    assets: int
    """How many are held or waited for."""
    waits: int
    """Waits for that many."""
    seeds: int
    """Simulated waits for few assets."""
    answers: int
    """Requests of a round to a slow service."""


FULL = Effort(rounds=150, calls=25, bursts=20, burst=6, processes=15, assets=100_000, waits=4, seeds=200, answers=1_000)
QUICK = Effort(rounds=40, calls=10, bursts=8, burst=3, processes=4, assets=10_000, waits=3, seeds=50, answers=300)
TINY = Effort(rounds=2, calls=2, bursts=2, burst=1, processes=1, assets=1_000, waits=1, seeds=1, answers=8)

Measure = Callable[[str, Effort], Sequence[Figure]]
"""From the server's URL and the effort to figures."""
