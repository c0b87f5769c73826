"""Every measure runs and says something. How fast anything is, is for `make bench` to say, not for a test."""

from collections.abc import Iterator
from math import isfinite

import pytest

from benchmarks.measures import MEASURES
from benchmarks.measures.effort import TINY
from benchmarks.processes import environment
from benchmarks.server import served
from benchmarks.targets import TARGETS, TITLES


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.mark.parametrize("measure", sorted(set(MEASURES) - {"generate"}))  # tests/codegen/ run the generator
def test_a_measure_gives_a_figure_for_every_target(measure: str, url: str) -> None:
    figures = MEASURES[measure](url, TINY)
    assert {figure.measure for figure in figures} == {measure}
    assert all(isfinite(number) for figure in figures for number in (figure.value, figure.low, figure.high))
    assert {name for of, name in TARGETS if of == measure} <= {figure.candidate for figure in figures}


def test_every_target_belongs_to_a_measure_and_every_measure_has_a_title() -> None:
    assert {measure for measure, _ in TARGETS} <= set(MEASURES) == set(TITLES)


@pytest.mark.parametrize("name", ["PYTHONDONTWRITEBYTECODE", "HTTPS_PROXY", "all_proxy", "JIMMYAI_API_KEY"])
def test_nothing_of_the_machine_s_changes_what_is_measured(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "1")
    assert name not in environment()
