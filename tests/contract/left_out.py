"""What no test asks about, by the reason: `make contract` names it in its last lines."""

from collections.abc import Iterable

LEFT_OUT: dict[str, list[str]] = {}


def leave_out(why: str, places: Iterable[str]) -> None:
    """Note operations or places of the spec that a test cannot be asked about."""
    LEFT_OUT.setdefault(why, []).extend(places)


def told() -> list[str]:
    """Return a line for each reason."""
    lines = [f"left out: {', '.join(dict.fromkeys(places))}: {why}" for why, places in LEFT_OUT.items() if places]
    return lines or ["left out of openapi.yaml: nothing"]
