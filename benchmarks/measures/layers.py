"""The work of the layers alone: no network."""

from functools import partial
from statistics import median

from ..candidates import GENERATED, JIMMY, JSON, RAW, names
from ..figures import Figure, figure, ratios
from ..interleave import interleaved
from .effort import Effort, Measure


def _decode(url: str, effort: Effort) -> list[Figure]:
    candidates = names(JSON, GENERATED, JIMMY)
    times = interleaved("decode", candidates, url, rounds=effort.rounds, calls=effort.calls)
    return [
        figure("decode", name, ratio, note=f"{median(times[name]) * 1e6:.2f} µs an asset")
        for name, ratio in ratios(times, JSON.name).items()
    ]


def _added(scenario: str, url: str, effort: Effort) -> list[Figure]:
    """Microseconds more than naive httpx needs on the same transport."""
    candidates = names(RAW, GENERATED, JIMMY)
    times = interleaved(scenario, candidates, url, rounds=effort.rounds, calls=effort.calls * 2)
    naive = times[RAW.name]
    return [
        figure(
            scenario,
            name,
            [(one - other) * 1e6 for one, other in zip(took, naive, strict=True)],
            "µs",
            f"{median(took) * 1e6:.0f} µs a call, {median(took) / median(naive):.2f} x",
        )
        for name, took in times.items()
    ]


MEASURES: dict[str, Measure] = {
    "decode": _decode,
    "null-call": partial(_added, "null-call"),
    "null-async": partial(_added, "null-async"),
}
