"""What one look at one asset costs in a wait for many, in processor time, beside `json.loads` of that asset alone."""

from functools import partial
from statistics import median

from ..candidates import GENERATED, JIMMY, JSON
from ..figures import Figure, figure, ratios
from ..interleave import in_turn
from .effort import Effort, Measure

ITEMS = 2_000
FEW = "a hundredth of the ids"


def _looked(scenario: str, url: str, effort: Effort) -> list[Figure]:
    counts = {FEW: effort.assets // 100, "a tenth of the ids": effort.assets // 10, JIMMY.name: effort.assets}
    workers = {name: (scenario, JIMMY.name, count) for name, count in counts.items()}
    if scenario == "wait":
        workers["generated, one by one"] = ("wait-singly", GENERATED.name, effort.assets // 100)
        workers["generated, in batches"] = ("wait", GENERATED.name, effort.assets // 10)
    times = in_turn({JSON.name: ("item", JSON.name, ITEMS), **workers}, url, effort.waits)
    figures = [
        figure(
            scenario, name, ratio, note=f"{median(times[name]) * 1e6:.2f} µs an asset and look{_of(counts.get(name))}"
        )
        for name, ratio in ratios(times, JSON.name).items()
    ]
    growth = [many / few for many, few in zip(times[JIMMY.name], times[FEW], strict=True)]
    return [*figures, figure(scenario, "growth", growth, note="all ids against a hundredth of them, each")]


def _of(count: int | None) -> str:
    return f", {count:,} ids" if count else ""


MEASURES: dict[str, Measure] = {name: partial(_looked, name) for name in ("wait", "wait-async")}
