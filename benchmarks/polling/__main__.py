"""Print the comparison; see the package's docstring."""

import argparse

from ..page import POLLING, SCATTER, put
from .plot import as_svg
from .report import BOUNDS, TITLE, frontier, search, table


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.polling", description=__doc__)
    parser.add_argument("--search", action="store_true", help="try other numbers in our rule (minutes)")
    parser.add_argument("--price", type=float, default=2.0, help="seconds of an asset that a request is worth")
    parser.add_argument("--page", action="store_true", help="put table and picture into docs/")
    options = parser.parse_args()
    lines = []
    for line in (search if options.search else table)(options.price):
        print(line, flush=True)
        lines.append(line)
    if not options.search:
        series = frontier()
        for one in series:
            print(f"{one.label:36}", " ".join(f"{x:.1f}/{y:.2f}" for x, y in one.points))
        if options.page:
            put(POLLING, "\n".join(lines))
            SCATTER.write_text(as_svg(series, BOUNDS, TITLE), "utf-8")


if __name__ == "__main__":
    main()
