"""Figures, verdicts, and what is made of them."""

import json
from pathlib import Path

import pytest

from benchmarks.figures import Figure, figure, ratios
from benchmarks.job.table import Row
from benchmarks.page import table
from benchmarks.plot import draw
from benchmarks.report import lines, write
from benchmarks.targets import TARGETS, TITLES, Target

MISSED = Figure("sync-call", "JimmyAI", 2.0, 1.5, 2.5)
MET = Figure("async-50", "JimmyAI", 4.0, 3.5, 4.5)
ROW = Row("2 assets", "loop", 1234.0, 2.0, 3.0, 0.5, 5.0)
PLAIN = Figure("sync-call", "raw httpx", 1.0, 1.0, 1.0)


def test_a_ratio_is_that_of_one_round() -> None:
    assert ratios({"a": [1.0, 9.0], "b": [2.0, 3.0]}, "a") == {"a": [1.0, 1.0], "b": [2.0, 1 / 3]}


def test_a_figure_is_the_median_and_the_quartiles() -> None:
    assert figure("m", "c", [5.0, 1.0, 2.0, 4.0, 3.0]) == Figure("m", "c", 3.0, 1.5, 4.5)
    assert figure("m", "c", [7.0]) == Figure("m", "c", 7.0, 7.0, 7.0)


@pytest.mark.parametrize(
    ("target", "value", "met"),
    [
        (Target(0.75), 0.75, True),
        (Target(0.75), 0.76, False),
        (Target(2.3, at_least=True), 2.3, True),
        (Target(2.3, at_least=True), 2.2, False),
    ],
)
def test_a_target_is_met_up_to_its_limit(target: Target, value: float, met: bool) -> None:
    assert target.met(value) is met


def test_the_table_says_what_was_missed() -> None:
    missed, met, plain = lines([MISSED, MET, PLAIN])
    assert "MISSED" in missed and str(TARGETS["sync-call", "JimmyAI"]) in missed
    assert " met" in met and "MISSED" not in met
    assert "met" not in plain and "MISSED" not in plain


def test_figures_are_kept_with_their_verdict(tmp_path: Path) -> None:
    write([ROW], [MISSED, PLAIN], {"python": "3"}, tmp_path / "new" / "results.json")
    kept = json.loads((tmp_path / "new" / "results.json").read_text("utf-8"))
    assert kept["about"] == {"python": "3"}
    assert [row.get("met") for row in kept["figures"]] == [False, None]
    assert "| loop | 1,234 | 2.0 s | 3.0 s | 50% | 5.0 s |" in table({**kept, "titles": TITLES})


def test_the_plot_is_a_picture(tmp_path: Path) -> None:
    draw([MISSED, PLAIN, MET], {"python": "3"}, tmp_path / "new" / "plot.png")
    assert (tmp_path / "new" / "plot.png").read_bytes().startswith(b"\x89PNG")
