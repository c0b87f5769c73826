"""Print the benchmark; see the package's docstring."""

import argparse
from pathlib import Path

from .plot import as_svg, as_text
from .report import BOUNDS, ablations, everything, frontier, itself, references

TITLE = "200 assets, log-normal, median 120 s: down and left is better"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.polling", description=__doc__)
    parser.add_argument("--svg", type=Path, metavar="FILE", help="also write the frontier as a picture")
    options = parser.parse_args()
    for part in (references, itself, everything, ablations):
        for line in part():
            print(line, flush=True)
    series = frontier()
    print(f"\n{TITLE}\n(one request an asset every 6 s lies far to the right, at about 5,550 requests and 3.5 s)")
    print(as_text(series, BOUNDS))
    if options.svg:
        options.svg.write_text(as_svg(series, BOUNDS, TITLE), encoding="utf-8")


if __name__ == "__main__":
    main()
