"""Memory of assets that are kept, by id, as a ratio to the dicts that `json` makes of them."""

from ..candidates import GENERATED, JIMMY, RAW, names
from ..figures import Figure, figure
from ..processes import ended, python, said
from .effort import Effort, Measure


def _held(candidate: str, count: int) -> int:
    process = python("-m", "benchmarks.holding", candidate, str(count))
    size = int(said(process))
    ended(process)
    return size


def _memory(_: str, effort: Effort) -> list[Figure]:
    count = effort.assets
    sizes = {name: _held(name, count) for name in names(RAW, GENERATED, JIMMY)}
    return [
        figure("memory", name, [size / sizes[RAW.name]], note=f"{size / count:.0f} bytes an asset, tracemalloc")
        for name, size in sizes.items()
    ]


MEASURES: dict[str, Measure] = {"memory": _memory}
