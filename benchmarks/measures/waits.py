"""What one look at one asset costs in a wait for many, in processor time, beside `json.loads` of that asset alone."""

from functools import partial
from statistics import median

from ..candidates import JIMMY, JSON
from ..figures import Figure, figure, ratios
from ..interleave import in_turn
from .effort import Effort, Measure

ITEMS = 2_000


def _looked(scenario: str, url: str, effort: Effort) -> list[Figure]:
    largest = effort.assets
    counts = {f"{count:,} ids": count for count in (largest // 100, largest // 10, largest)}
    workers = {name: (scenario, JIMMY.name, count) for name, count in counts.items()}
    times = in_turn({JSON.name: ("item", JSON.name, ITEMS), **workers}, url, effort.waits)
    figures = [
        figure(scenario, name, ratio, note=f"{median(times[name]) * 1e6:.2f} µs an asset and look")
        for name, ratio in ratios(times, JSON.name).items()
    ]
    least, _, most = counts
    growth = [many / few for many, few in zip(times[most], times[least], strict=True)]
    return [*figures, figure(scenario, "growth", growth, note=f"{most} against {least}, each")]


MEASURES: dict[str, Measure] = {name: partial(_looked, name) for name in ("wait", "wait-async")}
