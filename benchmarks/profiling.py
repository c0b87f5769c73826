"""Where the time of a scenario goes, by function: `python -m benchmarks --profile sync-call`."""

import cProfile
import pstats

from .candidates import CANDIDATES
from .scenarios import SCENARIOS


def profile(scenario: str, candidate: str, url: str, calls: int) -> None:
    """Print the thirty functions that take most, themselves and with what they call."""
    block = SCENARIOS[scenario](CANDIDATES[candidate].load(), url)
    block(calls)  # connects, and warms what can be warmed
    profiler = cProfile.Profile()
    profiler.runcall(block, calls)
    print(f"{scenario}, {candidate}, {calls:,} calls; a profiled call is slower than a measured one")
    for order in ("tottime", "cumtime"):
        pstats.Stats(profiler).strip_dirs().sort_stats(order).print_stats(30)
