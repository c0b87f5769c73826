"""The figures as a table and as JSON."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from .figures import Figure
from .job.table import Row
from .targets import target

HEADINGS = ("measure", "candidate", "figure", "quartiles", "target", "", "")


def _row(figure: Figure) -> tuple[str, ...]:
    aim = target(figure)
    unit = "" if figure.unit == "x" else f" {figure.unit}"
    spread = f"{figure.low:.2f} .. {figure.high:.2f}"
    verdict = "" if aim is None else "met" if aim.met(figure.value) else "MISSED"
    return (figure.measure, figure.candidate, f"{figure.value:.2f}{unit}", spread, str(aim or ""), verdict, figure.note)


def lines(figures: Iterable[Figure]) -> Iterator[str]:
    """A line each, in columns that stay where they are while figures come in."""
    for row in map(_row, figures):
        yield "{:12} {:34} {:>10} {:>16} {:>7} {:7} {}".format(*row).rstrip()


def heading() -> str:
    return "{:12} {:34} {:>10} {:>16} {:>7} {:7} {}".format(*HEADINGS).rstrip()


def write(job: Sequence[Row], figures: Sequence[Figure], about: dict[str, str], path: Path) -> None:
    """As JSON, each figure with its target and whether it was met."""
    rows = []
    for figure in figures:
        aim = target(figure)
        judged = {"target": str(aim), "met": aim.met(figure.value)} if aim else {}
        rows.append({**asdict(figure), **judged})
    results = {"about": about, "job": [asdict(row) for row in job], "figures": rows}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")
