"""Ask for many ids in chunks, halving a refused chunk until only the malformed id stands refused."""

from collections import deque
from collections.abc import Sequence
from typing import TypeGuard

from ..asset import Assets, BatchResult, RealPersonAsset
from ..errors import BadRequestError, JimmyAIError

Chunk = Sequence[str]
Answer = Assets | JimmyAIError
Settled = dict[str, RealPersonAsset | BadRequestError | None]
"""The asset of each id that was answered, its refusal, or None if the service does not know it."""

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

    def settle(self, chunk: Chunk, answer: Answer) -> Settled | JimmyAIError:
        """What `answer` says of the ids of `chunk`, or the error if it says nothing of them.

        Of a refused chunk, the halves are asked next. So one malformed id costs about 2·log2(size) requests, and does
        not affect the others.
        """
        if isinstance(answer, dict):
            self._is_accepted = True
            return {one: answer.get(one) for one in chunk}
        if refuses_ids(answer) and len(chunk) == 1:
            self._refused_alone += 1
            return {chunk[0]: answer}
        about_ids = self._is_accepted or self._refused_alone < MOST_REFUSED_ALONE
        if not (refuses_ids(answer) and about_ids):
            return answer
        middle = len(chunk) // 2
        self.todo.extendleft((chunk[middle:], chunk[:middle]))
        return {}


class Batch:
    """One batch: ask for the chunks of `todo`, `receive` each answer, then take the `result`."""

    def __init__(self, ids: Sequence[str], size: int) -> None:
        self._ids = ids
        self._chunks = Chunks(ids, size)
        self.todo = self._chunks.todo
        self._answers: Settled = {}
        self._error: JimmyAIError | None = None

    def receive(self, chunk: Chunk, answer: Answer) -> None:
        """Take note of the answer to `chunk`. An error that is not about single ids empties `todo`."""
        settled = self._chunks.settle(chunk, answer)
        if isinstance(settled, dict):
            self._answers |= settled
        else:
            self._error = self._error or settled
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
