"""Calls over loopback: the time of one, or calls a second, as a ratio to raw httpx in the same round."""

from functools import partial
from statistics import median

from ..candidates import AIOHTTP, GENERATED, JIMMY, RAW, SOCKET, names
from ..figures import Figure, figure, ratios
from ..interleave import interleaved
from ..scenarios import AT_ONCE
from .effort import Effort, Measure

SYNC = names(SOCKET, RAW, GENERATED, JIMMY)
ASYNC = [*SYNC, AIOHTTP.name]


def _took(scenario: str, candidates: list[str], url: str, effort: Effort) -> list[Figure]:
    """Less is better."""
    times = interleaved(scenario, candidates, url, rounds=effort.rounds, calls=effort.calls)
    return [figure(scenario, name, ratio, note=_each(times[name])) for name, ratio in ratios(times, RAW.name).items()]


def _at_once(url: str, effort: Effort) -> list[Figure]:
    """More is better."""
    calls = AT_ONCE * effort.burst
    times = interleaved("async-50", ASYNC, url, rounds=effort.bursts, calls=calls)
    faster = {name: [1 / one for one in ratio] for name, ratio in ratios(times, RAW.name).items()}
    return [figure("async-50", name, ratio, note=_each(times[name])) for name, ratio in faster.items()]


def _each(times: list[float]) -> str:
    return f"{median(times) * 1e6:.0f} µs a call"


MEASURES: dict[str, Measure] = {
    "sync-call": partial(_took, "sync-call", SYNC),
    "async-call": partial(_took, "async-call", ASYNC),
    "async-50": _at_once,
    "batch": partial(_took, "batch", SYNC),
}
