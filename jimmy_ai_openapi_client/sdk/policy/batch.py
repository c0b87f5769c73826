"""Ask for many ids in chunks, halving a refused chunk until only the malformed id stands refused."""

import logging
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence

from ...models import SeedanceSpRealPersonAsset
from ..asset import BatchResult, RealPersonAsset
from ..errors import BadRequestError, JimmyAIError

log = logging.getLogger("jimmy_ai_openapi_client")

Assets = dict[str, RealPersonAsset]
Chunk = Sequence[str]
Answer = Assets | JimmyAIError

REFUSED = 20002
"""The code by which the service refuses parameters. A 400 without it is a gateway's, and says nothing about ids."""
MOST_REFUSED_ALONE = 100
"""Ids refused one by one, without any id accepted, after which the refusal is not taken to be about the ids."""


def refuses_ids(answer: Answer) -> bool:
    """Whether the service itself refuses what it was asked."""
    return isinstance(answer, BadRequestError) and answer.code == REFUSED


def match(ids: Iterable[str], models: Iterable[SeedanceSpRealPersonAsset]) -> Assets:
    """The assets by the id they were asked for: `asset_id`, else `official_id`. Others are left out.

    `ValueError` says what keeps a model from being an asset, or that there are two different ones for an id.
    """
    asked = set(ids)
    assets, others = Assets(), 0
    for model in models:
        asset = RealPersonAsset.from_model(model, asked)
        if asset.requested_id not in asked:
            others += 1
            continue
        known = assets.setdefault(asset.requested_id, asset)
        if known is not asset and known != asset:
            raise ValueError(f"two different assets for {asset.requested_id[:100]!a}")
    if others:
        log.debug("realperson/batch-status: %d items that were not asked for are left out", others)
    return assets


class Chunks:
    """The chunks still to be asked."""

    def __init__(self, ids: Sequence[str], size: int) -> None:
        self._todo: deque[Chunk] = deque(ids[start : start + size] for start in range(0, len(ids), size))
        self._refused_alone = 0
        self._accepted = False

    def take(self, width: int) -> list[Chunk]:
        """Up to `width` chunks to ask at the same time; none when all are settled."""
        return [self._todo.popleft() for _ in range(min(width, len(self._todo)))]

    def settled(self, chunks: Sequence[Chunk], answers: Sequence[Answer]) -> Iterator[tuple[Chunk, Answer]]:
        """Every chunk with its answer, except refused chunks of several ids: their halves are asked in their place.

        So one malformed id costs about 2·log2(size) requests, and does not affect the others.
        """
        halves: list[Chunk] = []
        for chunk, answer in zip(chunks, answers, strict=True):
            self._accepted |= not isinstance(answer, JimmyAIError)
            self._refused_alone += refuses_ids(answer) and len(chunk) == 1
            about_ids = self._accepted or self._refused_alone < MOST_REFUSED_ALONE
            if refuses_ids(answer) and len(chunk) > 1 and about_ids:
                middle = len(chunk) // 2
                halves += (chunk[:middle], chunk[middle:])
            else:
                yield chunk, answer
        self._todo.extendleft(reversed(halves))


class Batch:
    """One batch: `next_chunks` until there are none, `receive` what came of them, then `result`."""

    def __init__(self, ids: Sequence[str], *, size: int, width: int) -> None:
        self._ids, self._width = ids, width
        self._todo = Chunks(ids, size)
        self._assets: Assets = {}
        self._refused: dict[str, BadRequestError] = {}
        self._unasked = set(ids)
        self._error: JimmyAIError | None = None

    def next_chunks(self) -> list[Chunk]:
        """The chunks to ask now, all at the same time."""
        return [] if self._error else self._todo.take(self._width)

    def receive(self, chunks: Sequence[Chunk], answers: Sequence[Answer]) -> None:
        """Take note of the answers to `chunks`."""
        for chunk, answer in self._todo.settled(chunks, answers):
            if isinstance(answer, BadRequestError) and refuses_ids(answer) and len(chunk) == 1:
                self._refused[chunk[0]] = answer
            elif isinstance(answer, JimmyAIError):
                self._error = answer
                continue
            else:
                self._assets |= answer
            self._unasked.difference_update(chunk)

    def result(self) -> BatchResult:
        """What is known of every id.

        An error that is not about single ids, or the refusal of all of them, is raised, with the result attached.
        """
        missing = set(self._ids).difference(self._assets, self._refused, self._unasked)
        known = BatchResult(
            {one: self._assets[one] for one in self._ids if one in self._assets},
            missing=self._ordered(missing),
            refused={one: self._refused[one] for one in self._ordered(self._refused)},
            unasked=self._ordered(self._unasked),
        )
        error = self._error
        if error is None and self._ids and len(self._refused) == len(self._ids):
            error = known.refused[self._ids[0]]
        if error:
            error.batch_result = known
            raise error
        return known

    def _ordered(self, some: Collection[str]) -> tuple[str, ...]:
        return tuple(one for one in self._ids if one in some) if some else ()
