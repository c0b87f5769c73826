"""The table, the search and the frontier."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from statistics import fmean

from .measure import SEEDS, Cell, Sample, playing, regrets, sample
from .plot import Bounds, Series
from .populations import POPULATIONS
from .rules import RULES, Experienced, Fixed, Lately, MakeRule, Told, ours_with

MAIN = "log-normal, median 120 s"
SHOWN = (MAIN, "constant, 90-150 s", "six bursts in 300 s", "log-normal, median 10 s")
BOUNDS: Bounds = (60.0, 260.0, 3.5, 9.1)
TITLE = "200 assets, log-normal, median 120 s: down and left is better"


def _sample(name: str, rule: MakeRule, seeds: int = 100) -> Sample:
    return sample((name, 200), playing(rule), seeds)


def experienced(cell: Cell) -> MakeRule:
    """With the times of another wait of the same kind, or of twenty if those were for one asset."""
    name, size = cell
    earlier = [one for seed in range(1000, 1001 if size >= 20 else 1020) for one in POPULATIONS[name](seed, size)]
    return partial(Experienced, earlier=earlier)


def _always(rule: MakeRule) -> Callable[[Cell], MakeRule]:
    return lambda _: rule


def table(price: float) -> Iterator[str]:
    """As Markdown: requests and mean delay for 200 assets, and the regrets."""
    sizes = tuple(SEEDS)
    heads = ["rule", *SHOWN, *(f"{size:,}" for size in sizes), "mean"]
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    rules: dict[str, Callable[[Cell], MakeRule]] = {name: _always(rule) for name, rule in RULES.items()}
    rules["knowing an earlier wait"] = experienced
    for name, make in rules.items():
        found = regrets(make, price, sizes)
        samples = [str(_sample(one, make((one, 200)))) for one in SHOWN]
        yield f"| {' | '.join([name, *samples, *(f'{one:.0%}' for one in found), f'{fmean(found):.1%}'])} |"


def search(price: float) -> Iterator[str]:
    """Numbers for our rule, the least regret first. The first line is the rule before this one, to be kept up with."""
    sizes = (1, 10, 200, 5000)

    def row(rule: MakeRule) -> tuple[float, str]:
        found = regrets(_always(rule), price, sizes)
        return fmean(found), f"{_sample(MAIN, rule)!s:>15}   {' '.join(f'{one:6.0%}' for one in found)}"

    yield f"{'price memory together':24}{'200, main':>15}   " + " ".join(f"{size:>6}" for size in sizes) + "  mean"
    mean, text = row(Lately)
    yield f"{'seen lately, alone':24}{text}  {mean:.1%}"
    rows = []
    for price_, memory, together in product((2.0, 2.5, 3.0, 4.0), (0.5, 0.65, 0.8, 0.9), (0.25, 0.5, 0.75, 1.0)):
        mean, text = row(ours_with(price=price_, memory=memory, together=together))
        rows.append((mean, f"{f'{price_:5} {memory:6} {together:8}':24}{text}  {mean:.1%}"))
    yield from (line for _, line in sorted(rows))


def frontier() -> list[Series]:
    def points(*rules: MakeRule) -> list[tuple[float, float]]:
        return [(one.requests, one.delay) for one in (_sample(MAIN, rule, 500) for rule in rules)]

    prices = (0.25, 0.5, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32)
    curves: dict[tuple[str, str], list[MakeRule]] = {
        ("ours, told the true distribution", "#555"): [partial(Told, price=price) for price in prices],
        ("a fixed pause of 5 to 15 s", "#bbb"): [partial(Fixed, pause=pause) for pause in (5, 6, 7, 8, 10, 12, 15)],
        ("seen lately, alone, by price", "#c8a"): [partial(Lately, price=price) for price in prices],
        ("this rule, by price", "#6ab"): [ours_with(price=price) for price in prices],
    }
    rules = {"#850": "5 to 15 s", "#b00": "5 to 15 s, back to 5", "#a06": "seen lately, alone", "#060": "this rule"}
    return [
        *(Series(label, colour, points(*curve), joined=True) for (label, colour), curve in curves.items()),
        *(Series(label, colour, points(RULES[label])) for colour, label in rules.items()),
    ]
