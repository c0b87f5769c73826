"""Memory of a wait and of its result, as a ratio to a loop that keeps the dicts of `json`."""

from functools import cache, partial

from ..candidates import GENERATED, JIMMY, RAW
from ..figures import Figure, figure
from ..processes import ended, python, said
from .effort import Effort, Measure

WAITS = {
    RAW.name: (RAW, "waited"),
    GENERATED.name: (GENERATED, "waited"),
    JIMMY.name: (JIMMY, "waited"),
    "JimmyAI, as_completed": (JIMMY, "consumed"),
}


@cache
def _sizes(name: str, count: int) -> dict[str, int]:
    candidate, wait = WAITS[name]
    process = python("-m", "benchmarks.holding", candidate.name, wait, str(count))
    peak, held = map(int, said(process).split())
    ended(process)
    return {"peak": peak, "memory": held}


def _memory(measure: str, _: str, effort: Effort) -> list[Figure]:
    sizes = {name: _sizes(name, effort.assets)[measure] for name in WAITS}
    return [
        figure(measure, name, [size / sizes[RAW.name]], note=f"{size / effort.assets:.0f} bytes an asset, tracemalloc")
        for name, size in sizes.items()
    ]


MEASURES: dict[str, Measure] = {name: partial(_memory, name) for name in ("peak", "memory")}
