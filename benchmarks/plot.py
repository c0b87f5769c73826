"""The figures as a picture: a panel each measure, a bar each candidate, its quartiles, and a line at each target."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Sheet

from .candidates import SOCKET
from .figures import Figure
from .targets import TITLES, target

COLUMNS = 2
MET, MISSED, PLAIN, AIM = "#2e7d32", "#c62828", "#90a4ae", "#000000"


def _end(figures: Sequence[Figure]) -> float:
    """Where the axis ends: the bare floor may lie far outside, and the others would be too small to read."""
    inside = [figure.high for figure in figures if figure.candidate != SOCKET.name]
    return 1.3 * max([*inside, *(aim.limit for figure in figures if (aim := target(figure)))])


def _panel(axes: Axes, figures: Sequence[Figure]) -> None:
    end = _end(figures)
    for row, figure in enumerate(figures):
        aim = target(figure)
        colour = PLAIN if aim is None else MET if aim.met(figure.value) else MISSED
        spread = [[max(0.0, figure.value - figure.low)], [max(0.0, figure.high - figure.value)]]
        axes.barh(row, figure.value, color=colour, xerr=spread, error_kw={"ecolor": "#555", "capsize": 2})
        if aim is not None:
            axes.plot([aim.limit, aim.limit], [row - 0.45, row + 0.45], color=AIM, linewidth=2)
        axes.annotate(
            f"{figure.value:.2f}",
            (min(max(figure.value, figure.high, 0), end), row),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            annotation_clip=False,
            fontsize=8,
        )
    axes.set_yticks(range(len(figures)), [figure.candidate for figure in figures], fontsize=8)
    axes.invert_yaxis()
    axes.axvline(0, color="#555", linewidth=0.8)
    axes.set_xlim(min(0, *(figure.low for figure in figures)), end)
    axes.set_title(TITLES[figures[0].measure], fontsize=9)
    axes.tick_params(axis="x", labelsize=7)


def draw(figures: Sequence[Figure], about: dict[str, str], path: Path) -> None:
    """As PNG, if there is anything to draw."""
    if not figures:
        return
    panels = [list(group) for _, group in groupby(figures, key=lambda figure: figure.measure)]
    rows = -(-len(panels) // COLUMNS)
    sheet = Sheet(figsize=(11, 1.9 * rows + 0.6))
    grid = sheet.subplots(rows, COLUMNS, squeeze=False)
    for axes, panel in zip(grid.flat, panels, strict=False):
        _panel(axes, panel)
    for axes in grid.flat[len(panels) :]:
        axes.set_axis_off()
    facts = ", ".join(f"{name} {value}" for name, value in about.items())
    legend = "Bar: median. Whisker: quartiles. Black line: target. Green: met, red: missed."
    sheet.suptitle("\n".join([legend, *wrap(facts, 120)]), fontsize=8)
    sheet.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.savefig(path, dpi=110)
