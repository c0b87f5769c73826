"""Measure the package against what it stands on, all in this one run, and say which targets are met."""

import argparse
import platform
from pathlib import Path

import httpx

from .cores import pin
from .figures import Figure
from .measures import MEASURES
from .measures.effort import FULL, QUICK, TINY
from .report import heading, lines, write
from .server import served


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    effort = parser.add_mutually_exclusive_group()
    effort.add_argument("--quick", action="store_const", dest="effort", const=QUICK, help="about 30 s, coarser")
    effort.add_argument("--tiny", action="store_const", dest="effort", const=TINY, help="only to see that all runs")
    parser.add_argument("--only", action="append", metavar="MEASURE", choices=MEASURES, help=", ".join(MEASURES))
    parser.add_argument("--out", type=Path, default=Path("build/bench"), metavar="DIR", help="default: build/bench")
    parser.set_defaults(effort=FULL)
    return parser.parse_args()


def main() -> None:
    options = _options()
    figures: list[Figure] = []
    with served() as url:
        about = {"python": platform.python_version(), "httpx": httpx.__version__, "cores": pin(0)}
        print(heading())
        for name in options.only or MEASURES:
            found = MEASURES[name](url, options.effort)
            figures += found
            print("\n".join(lines(found)), flush=True)
    write(figures, about, options.out / "results.json")


if __name__ == "__main__":
    main()
