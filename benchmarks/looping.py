"""The loop that people write themselves."""

from collections.abc import Callable

from .chunks import chunks

Ask = Callable[[list[str]], list[str]]
"""Gives those of the ids that are not final."""


def in_turn(ids: list[str], ask: Ask, sleep: Callable[[float], None], *, size: int = 1, longest: float = 5.0) -> None:
    """Ask for all that are not final, a request after the other; pause 5 s, then longer; again."""
    pause = 5.0
    while ids:
        ids = [left for chunk in chunks(ids, size) for left in ask(chunk)]
        sleep(pause)
        pause = min(longest, 1.5 * pause)
