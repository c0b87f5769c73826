"""Ask for many ids in chunks, halving a refused chunk until only the malformed id stands refused."""

from collections import deque
from collections.abc import Sequence
from typing import TypeGuard

from ..asset import Assets, BatchResult, RealPersonAsset
from ..errors import BadRequestError, JimmyAIError

Chunk = Sequence[str]
Answer = Assets | JimmyAIError

REFUSED = 20002
"""The code by which the service refuses parameters. A 400 without it comes from a gateway and is not about ids."""
MOST_REFUSED_ALONE = 100
"""Ids refused one by one, without any id accepted, after which the refusal is not taken to be about the ids."""


def refuses_ids(answer: Answer) -> TypeGuard[BadRequestError]:
    """Whether the service itself refuses what it was asked."""
    return isinstance(answer, BadRequestError) and answer.code == REFUSED


class Chunks:
    """The chunks that are still to be asked, in `todo`."""

    def __init__(self, ids: Sequence[str], size: int) -> None:
        self.todo: deque[Chunk] = deque(ids[start : start + size] for start in range(0, len(ids), size))
        self._refused_alone = 0
        self._is_accepted = False

    def settle(self, chunk: Chunk, answer: Answer) -> bool:
        """Whether `answer` holds for every id of `chunk`. If not, the halves of the chunk are asked next.

        So one malformed id costs about 2·log2(size) requests, and does not affect the others.
        """
        self._is_accepted |= not isinstance(answer, JimmyAIError)
        self._refused_alone += refuses_ids(answer) and len(chunk) == 1
        about_ids = self._is_accepted or self._refused_alone < MOST_REFUSED_ALONE
        if not (refuses_ids(answer) and len(chunk) > 1 and about_ids):
            return True
        middle = len(chunk) // 2
        self.todo.extendleft((chunk[middle:], chunk[:middle]))
        return False


class Batch:
    """One batch: ask for the chunks of `todo`, `receive` each answer, then take the `result`."""

    def __init__(self, ids: Sequence[str], size: int) -> None:
        self._ids = ids
        self._chunks = Chunks(ids, size)
        self.todo = self._chunks.todo
        self._answers: dict[str, RealPersonAsset | BadRequestError | None] = {}
        """The asset of each id that was answered, its refusal, or None if the service does not know it."""
        self._error: JimmyAIError | None = None

    def receive(self, chunk: Chunk, answer: Answer) -> None:
        """Take note of the answer to `chunk`. An error that is not about single ids empties `todo`."""
        if self._chunks.settle(chunk, answer):
            if isinstance(answer, dict):
                self._answers |= {one: answer.get(one) for one in chunk}
            elif refuses_ids(answer) and len(chunk) == 1:
                self._answers[chunk[0]] = answer
            else:
                self._error = self._error or answer
        if self._error:
            self.todo.clear()

    def known(self) -> BatchResult:
        """What is known of every id now."""
        answers = {one: self._answers[one] for one in self._ids if one in self._answers}
        return BatchResult(
            {one: asset for one, asset in answers.items() if isinstance(asset, RealPersonAsset)},
            missing=tuple(one for one, answer in answers.items() if answer is None),
            refused={one: error for one, error in answers.items() if isinstance(error, BadRequestError)},
            unasked=tuple(one for one in self._ids if one not in answers),
        )

    def result(self) -> BatchResult:
        """What is known in the end. Raises what ended the batch, or the refusal of all ids, with that attached."""
        known = self.known()
        error = self._error
        if error is None and self._ids and len(known.refused) == len(self._ids):
            error = known.refused[self._ids[0]]
        if error:
            error.batch_result = known
            raise error
        return known
