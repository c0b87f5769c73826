"""`python -m benchmarks.page`: put the last `make bench` into docs/: the table, the plot and the JSON."""

import json
import shutil
from itertools import groupby
from pathlib import Path
from typing import Any

from .targets import TITLES

ROOT = Path(__file__).parents[1]
LAST = ROOT / "build" / "bench"
PAGE = ROOT / "docs" / "performance.md"
KEPT = ROOT / "docs" / "_static" / "performance.json"
PLOT = ROOT / "docs" / "_static" / "performance.png"
BEGIN, END = "<!-- Written by `python -m benchmarks.page`. -->\n", "<!-- The end of what it writes. -->"


def table(results: dict[str, Any]) -> str:
    """The figures with their quartiles, a heading for each measure, and what they were measured on."""
    about = ", ".join(f"{name} {value}" for name, value in results["about"].items() if name not in {"cores", "load"})
    lines = [f"Measured on {about}.", "", "| | figure | quartiles |", "|---|---|---|"]
    for measure, figures in groupby(results["figures"], key=lambda figure: figure["measure"]):
        lines.append(f"| **{results['titles'][measure]}** | | |")
        for one in figures:
            unit = "" if one["unit"] == "x" else f" {one['unit']}"
            lines.append(f"| {one['candidate']} | {one['value']:.2f}{unit} | {one['low']:.2f} to {one['high']:.2f} |")
    return "\n".join(lines) + "\n"


def written(page: str, results: dict[str, Any]) -> str:
    """The page with these figures."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n{table(results)}\n{END}{rest.partition(END)[2]}"


def main() -> None:
    results = {**json.loads((LAST / "results.json").read_text("utf-8")), "titles": TITLES}
    shutil.copy(LAST / "plot.png", PLOT)
    KEPT.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")
    PAGE.write_text(written(PAGE.read_text("utf-8"), results), "utf-8")


if __name__ == "__main__":
    main()
