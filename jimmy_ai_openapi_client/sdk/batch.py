"""Ask for many ids in chunks, halving a refused chunk until only the malformed id stands refused. Pure."""

from collections import deque
from collections.abc import Collection, Generator, Iterator, Sequence

from .asset import BatchResult
from .errors import BadRequestError, JimmyAIError
from .reads import Assets

Chunk = Sequence[str]
Answer = Assets | JimmyAIError

PATIENCE = 100


class Chunks:
    """The chunks still to be asked."""

    def __init__(self, ids: Sequence[str], size: int) -> None:
        self._todo: deque[Chunk] = deque(ids[start : start + size] for start in range(0, len(ids), size))
        self._refused_alone = 0
        self._accepted = False

    def take(self, width: int) -> list[Chunk]:
        """Up to `width` chunks to ask at the same time; none when all is settled."""
        return [self._todo.popleft() for _ in range(min(width, len(self._todo)))]

    def settled(self, chunks: Sequence[Chunk], answers: Sequence[Answer]) -> Iterator[tuple[Chunk, Answer]]:
        """Every chunk with its answer, but refused chunks of several ids: their halves are to be asked in their place.

        So one malformed id costs about 2·log2(size) requests, and no other id its answer. Where nothing but refusals
        comes, it is not for the ids: after `PATIENCE` single ones, chunks keep their refusal.
        """
        halves: list[Chunk] = []
        for chunk, answer in zip(chunks, answers, strict=True):
            refused = isinstance(answer, BadRequestError)
            self._accepted |= not isinstance(answer, JimmyAIError)
            self._refused_alone += refused and len(chunk) == 1
            if refused and len(chunk) > 1 and (self._accepted or self._refused_alone < PATIENCE):
                middle = len(chunk) // 2
                halves += (chunk[:middle], chunk[middle:])
            else:
                yield chunk, answer
        self._todo.extendleft(reversed(halves))


def batch(ids: Sequence[str], *, size: int, width: int) -> Generator[Sequence[Chunk], Sequence[Answer], BatchResult]:
    """Flow: yield chunks of ids to ask at the same time, be sent what came of each, return what is known of every id.

    Trouble other than a refused id ends it, with all that was known until then as the error's `batch_result`.
    """
    assets: Assets = {}
    refused: dict[str, BadRequestError] = {}
    unasked = set(ids)
    trouble: JimmyAIError | None = None
    todo = Chunks(ids, size)
    while not trouble and (chunks := todo.take(width)):
        for chunk, answer in todo.settled(chunks, (yield chunks)):
            if isinstance(answer, BadRequestError) and len(chunk) == 1:
                refused[chunk[0]] = answer
            elif isinstance(answer, JimmyAIError):
                trouble = answer
                continue
            else:
                assets |= answer
            unasked.difference_update(chunk)
    missing = set(ids).difference(assets, refused, unasked)
    known = BatchResult(
        {one: assets[one] for one in ids if one in assets},
        missing=_ordered(ids, missing),
        refused={one: refused[one] for one in _ordered(ids, refused)},
        unasked=_ordered(ids, unasked),
    )
    if trouble:
        trouble.batch_result = known
        raise trouble.with_traceback(None)
    return known


def _ordered(ids: Sequence[str], some: Collection[str]) -> tuple[str, ...]:
    return tuple(one for one in ids if one in some) if some else ()
