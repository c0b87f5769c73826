"""What a measurement comes to: a ratio to its reference, and how far it spread."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True)
class Figure:
    measure: str
    candidate: str
    value: float
    """A ratio, or milliseconds or microseconds where `unit` says so."""
    low: float
    high: float
    """The quartiles of the single rounds."""
    unit: str = "x"
    note: str = ""


def figure(measure: str, candidate: str, values: Sequence[float], unit: str = "x", note: str = "") -> Figure:
    low, _, high = quantiles(values, n=4) if len(values) > 1 else [values[0]] * 3
    return Figure(measure, candidate, median(values), low, high, unit, note)


def ratios(times: dict[str, list[float]], reference: str) -> dict[str, list[float]]:
    """Each round against the same round of the reference, so that a slow moment of the machine cancels out."""
    base = times[reference]
    return {name: [one / other for one, other in zip(took, base, strict=True)] for name, took in times.items()}
