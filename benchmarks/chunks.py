"""Ids in batches."""

from collections.abc import Iterator

from .wire import BATCH


def chunks(ids: list[str]) -> Iterator[list[str]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
