"""`python -m benchmarks.page`: put the last `make bench` into docs/: the table, the plot and the JSON."""

import json
import re
import shutil
from itertools import groupby
from pathlib import Path
from typing import Any

from .job.table import markdown
from .targets import TITLES

ROOT = Path(__file__).parents[1]
LAST = ROOT / "build" / "bench"
PAGE = ROOT / "docs" / "performance.md"
POLLING = ROOT / "docs" / "polling.md"
KEPT = ROOT / "docs" / "_static" / "performance.json"
PLOT = ROOT / "docs" / "_static" / "performance.png"
SCATTER = ROOT / "docs" / "_static" / "polling.svg"
WRITTEN = re.compile(r"(<!-- Written by .*? -->\n).*?(<!-- The end of what it writes. -->)", re.DOTALL)

RATIOS = "The figures of the client itself, with quartiles where there were several rounds. "


def table(results: dict[str, Any]) -> str:
    """The figures with their quartiles, a heading for each measure, and what they were measured on."""
    about = ", ".join(f"{name} {value}" for name, value in results["about"].items() if name not in {"cores", "load"})
    lines = [*markdown(results["job"]), "", f"{RATIOS}Measured on {about}.", ""]
    lines += ["| | figure | quartiles |", "|---|---|---|"]
    for measure, figures in groupby(results["figures"], key=lambda figure: figure["measure"]):
        lines.append(f"| **{results['titles'][measure]}** | | |")
        for one in figures:
            unit = "" if one["unit"] == "x" else f" {one['unit']}"
            lines.append(f"| {one['candidate']} | {one['value']:.2f}{unit} | {one['low']:.2f} to {one['high']:.2f} |")
    return "\n".join(lines) + "\n"


def written(page: str, text: str) -> str:
    """The page with this text where it is marked."""
    return WRITTEN.sub(lambda marks: f"{marks[1]}\n{text.strip()}\n\n{marks[2]}", page)


def put(page: Path, text: str) -> None:
    page.write_text(written(page.read_text("utf-8"), text), "utf-8")


def main() -> None:
    results = {**json.loads((LAST / "results.json").read_text("utf-8")), "titles": TITLES}
    if left_out := TITLES.keys() - {figure["measure"] for figure in results["figures"]}:
        raise SystemExit(f"the last run left out {', '.join(sorted(left_out))}; run `make bench` whole")
    shutil.copy(LAST / "plot.png", PLOT)
    KEPT.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")
    put(PAGE, table(results))


if __name__ == "__main__":
    main()
