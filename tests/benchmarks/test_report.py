"""Figures and verdicts: from the rounds of a measure to what is kept and shown."""

import json
from pathlib import Path

import pytest

from benchmarks.figures import Figure, figure, ratios
from benchmarks.job.table import Row
from benchmarks.page import table
from benchmarks.report import lines, write
from benchmarks.targets import TITLES, Target

ROW = Row("2 assets", "loop", 1234.0, 2.0, 3.0, 0.5, 5.0)
FIGURES = [
    Figure("sync-call", "JimmyAI", 2.0, 0.5, 2.5),
    Figure("async-50", "JimmyAI", 4.0, 0.5, 4.5),
    Figure("sync-call", "raw httpx", 1.0, 1.0, 1.0),
]
"""One that misses its target, one that meets it, and one without."""


def test_a_ratio_is_that_of_one_round_and_a_figure_the_median_and_the_quartiles() -> None:
    assert ratios({"a": [1.0, 9.0], "b": [2.0, 3.0]}, "a") == {"a": [1.0, 1.0], "b": [2.0, 1 / 3]}
    assert figure("m", "c", [5.0, 1.0, 2.0, 4.0, 3.0]) == Figure("m", "c", 3.0, 1.5, 4.5)
    assert figure("m", "c", [7.0]) == Figure("m", "c", 7.0, 7.0, 7.0)


@pytest.mark.parametrize(("limit", "at_least", "met"), [(0.75, False, (0.75, 0.76)), (2.3, True, (2.3, 2.2))])
def test_a_target_is_met_up_to_its_limit(limit: float, at_least: bool, met: tuple[float, float]) -> None:
    assert [Target(limit, at_least).met(value) for value in met] == [True, False]


def test_figures_are_shown_and_kept_with_their_verdict(tmp_path: Path) -> None:
    assert [[word in line for word in (" met", "MISSED")] for line in lines(FIGURES)] == [[0, 1], [1, 0], [0, 0]]
    write([ROW], FIGURES, {"python": "3"}, tmp_path / "results.json")
    kept = json.loads((tmp_path / "results.json").read_text("utf-8"))
    assert [row.get("met") for row in kept["figures"]] == [False, True, None]
    assert "| loop | 1,234 | 2.0 s | 3.0 s | 50% | 5.0 s |" in table({**kept, "titles": TITLES})
