"""The command line."""

import argparse
from pathlib import Path

from .candidates import CANDIDATES, JIMMY
from .measures import MEASURES
from .measures.effort import FULL, QUICK, TINY
from .scenarios import SCENARIOS

JOB = "job"
"""The first table, of which the others are no part."""

NAMES = (JOB, *MEASURES)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure the package against what it stands on, all in one run, and say which targets are met.",
    )
    effort = parser.add_mutually_exclusive_group()
    effort.add_argument("--quick", action="store_const", dest="effort", const=QUICK, help="coarser, within a minute")
    effort.add_argument("--tiny", action="store_const", dest="effort", const=TINY, help="only to see that all runs")
    parser.add_argument("--only", action="append", metavar="MEASURE", choices=NAMES, help=", ".join(NAMES))
    parser.add_argument("--out", type=Path, default=Path("build/bench"), metavar="DIR", help="default: build/bench")
    profile = parser.add_argument_group("instead of measuring, see where the time goes")
    profile.add_argument("--profile", metavar="SCENARIO", choices=SCENARIOS, help=", ".join(SCENARIOS))
    profile.add_argument("--candidate", choices=CANDIDATES, default=JIMMY.name, help=f"default: {JIMMY.name}")
    profile.add_argument("--calls", type=int, default=1000, metavar="N", help="default: 1000")
    parser.set_defaults(effort=FULL)
    return parser.parse_args()
