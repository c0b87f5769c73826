"""Ids in batches."""

from collections.abc import Iterator

from .wire import BATCH


def chunks(ids: list[str], size: int = BATCH) -> Iterator[list[str]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
