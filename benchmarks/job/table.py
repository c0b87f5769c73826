"""The first table of `make bench`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from operator import attrgetter
from random import Random
from typing import Any

import numpy as np

from ..measures.effort import Effort
from ..polling.populations import POPULATIONS
from ..polling.simulate import DEADLINE, Times
from .others import CANDIDATES
from .service import Outcome

MAIN = "log-normal, median 120 s"
CASES = (
    *((size, 0.1, MAIN) for size in (1, 200, 5_000, 100_000)),
    *((200, 0.1, name) for name in ("constant, 90-150 s", "six bursts in 300 s", "a tenth never")),
    *((5_000, latency, MAIN) for latency in (0.02, 0.3)),
)
"""How many assets, how long the service takes to answer, and how long it takes to process."""

SEEDS = {1: 200, 200: 10}
PRICE = 2.0
"""Seconds of one asset going unnoticed that are worth one request."""


@dataclass(frozen=True)
class Row:
    case: str
    candidate: str
    requests: float
    mean: float
    """Seconds from final to known; an asset that is not known in time counts until the deadline."""
    p95: float
    unknown: float
    """The share of those final that were not known of in time."""
    cost: float
    """Seconds of delay, and `PRICE` for each request, for each asset."""


def rows(effort: Effort) -> Iterator[Row]:
    for size, latency, name in CASES:
        if size <= effort.assets:
            case = f"{size:,} asset{'s' * (size > 1)}, {name}, answers after {latency * 1e3:.0f} ms"
            seeds = range(min(SEEDS.get(size, 1), effort.seeds))
            moments = [np.array(POPULATIONS[name](seed, size)) for seed in seeds]
            for candidate, play in CANDIDATES.items():
                played = [play(one, latency, Random(seed)) for seed, one in enumerate(moments)]
                yield _row(case, candidate, moments, played)


def _row(case: str, candidate: str, moments: Sequence[Times], played: Sequence[Outcome]) -> Row:
    final, heard = np.concatenate(moments), np.concatenate([one.heard for one in played])
    assets, heard, final = len(final), heard[final <= DEADLINE], final[final <= DEADLINE]
    delays = np.minimum(heard, np.maximum(final, DEADLINE)) - final
    requests = sum(one.requests for one in played)
    return Row(
        case,
        candidate,
        requests / len(played),
        float(delays.mean()),
        float(np.quantile(delays, 0.95)),
        float(np.isinf(heard).mean()),
        (float(delays.sum()) + PRICE * requests) / assets,
    )


def shown(effort: Effort) -> list[Row]:
    """All rows, each printed as it is there."""
    print(f"{'waiting on simulated time':40}{'requests':>12}{'mean delay':>12}{'p95':>12}{'unknown':>9}{'cost':>11}")
    found: list[Row] = []
    for case, group in groupby(rows(effort), key=attrgetter("case")):
        print(case)
        for row in group:
            requests, mean, p95, unknown, cost = cells(asdict(row))
            print(f"  {row.candidate:38}{requests:>12}{mean:>12}{p95:>12}{unknown:>9}{cost:>11}", flush=True)
            found.append(row)
    return found


HEADS = ("requests", "mean delay", "95th percentile", "not known in time", "cost")


def cells(row: Mapping[str, Any]) -> list[str]:
    requests = f"{row['requests']:,.0f}" if row["requests"] >= 100 else f"{row['requests']:.1f}"
    mean, p95, cost = (f"{row[name]:,.1f} s" for name in ("mean", "p95", "cost"))
    return [requests, mean, p95, f"{row['unknown']:.0%}", cost]


def markdown(table: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield f"| | {' | '.join(HEADS)} |"
    yield f"|{'---|' * (len(HEADS) + 1)}"
    for case, group in groupby(table, key=lambda row: row["case"]):
        yield f"| **{case}** |{' |' * len(HEADS)}"
        yield from (f"| {row['candidate']} | {' | '.join(cells(row))} |" for row in group)
