"""Flow: which ids to ask next, after what pause, and when to stop. Knows no I/O, and no clock but the one given.

1. It looks at once, then again at the pauses of cadence.py, each time only for ids that are not final.
2. Final is sticky. An id absent from three answers running is missing, which is final too.
3. The status is judged before the clock: only after a look does the deadline end the wait, and the last pause is cut so
   that one more look fits in front of it.
4. Passing trouble spoils its own chunk only. Five rounds running without an answer end the wait; a refusal at once.
"""

import logging
from collections.abc import Generator, Sequence
from typing import Literal, NamedTuple

from .asset import AssetStatus, Progress, RealPersonAsset, WaitResult
from .batch import Answer, Chunk, Chunks
from .cadence import LONGEST, SHORTEST, Cadence
from .clock import Clock
from .errors import APIResponseError, AssetFailedError, BadRequestError, JimmyAIError, WaitTimeoutError
from .retry import is_transient

log = logging.getLogger("jimmy_ai_openapi_client")

ABSENCES = 3
BAD_ROUNDS = 5
LONGEST_RETRY_AFTER = 3600.0

Update = tuple[RealPersonAsset, RealPersonAsset | None]
OnFailure = Literal["raise", "return", "yield"]


class Look(NamedTuple):
    """One step: tell the news, then sleep `pause` seconds, then ask for `chunks`, all at a time."""

    news: Sequence[Update] = ()
    progress: Sequence[Progress] = ()
    pause: float = 0.0
    chunks: Sequence[Chunk] = ()

    @property
    def finals(self) -> list[RealPersonAsset]:
        """The assets that became final."""
        return [asset for asset, _ in self.news if asset.is_final]


class Watch:
    """One wait. Its memory is the ids, the assets, and one small number for each unfinished id."""

    def __init__(  # noqa: PLR0913
        self,
        ids: Sequence[str],
        *,
        timeout: float | None,
        on_failure: OnFailure,
        clock: Clock,
        size: int,
        width: int,
    ) -> None:
        self._ids = ids
        self._timeout = timeout
        self._on_failure = on_failure
        self._clock = clock
        self._size, self._width = size, width
        self._started = clock.now()
        self.deadline = None if timeout is None else self._started + timeout
        self._absences = dict.fromkeys(ids, 0)
        self._assets: dict[str, RealPersonAsset] = {}
        self._missing: list[str] = []
        self._missing_told = 0
        self._failures = 0
        self._requests = 0
        self._news: list[Update] = []
        self._answered = False
        self._trouble: JimmyAIError | None = None
        self._refusal: JimmyAIError | None = None
        self._retry_after = 0.0
        self._took = 0.0
        self._last = False
        self._strange: set[str] = set()

    def flow(self) -> Generator[Look, Sequence[Answer], None]:
        """Yield looks, be sent what came of each chunk, until every id is final.

        Raises `WaitTimeoutError`, `AssetFailedError` as `on_failure` says, or what ended the wait, with `wait_result`.
        """
        cadence, bad_rounds = Cadence(self._clock.random, self._size), 0
        while waiting := len(self._absences):
            yield from self._round()
            bad_rounds = 0 if self._answered else bad_rounds + 1
            if ended := self._refusal or (self._trouble if bad_rounds == BAD_ROUNDS else None):
                ended.wait_result = self.result()
                raise ended.with_traceback(None)
            if not self._absences:
                break
            now = self._clock.now()
            pause = cadence.next(now, len(self._absences), waiting - len(self._absences))
            asked_for = 0.0 if self._answered else min(self._retry_after, LONGEST_RETRY_AFTER)
            yield Look(pause=self._fitted(max(pause, asked_for), now))
        if (self._on_failure == "raise" and self._failures) or (self._on_failure == "yield" and self._missing):
            result = self.result()
            raise AssetFailedError(_summary(result), result=result)

    def _fitted(self, pause: float, now: float) -> float:
        """The pause, cut so that a look as long as the last one fits before the deadline. Raises WaitTimeoutError.

        The last two pauses share what is left, so that they too keep to the shortest pause.
        """
        if self.deadline is None:
            return pause
        left = self.deadline - now - self._took
        if now >= self.deadline or (self._last and left < SHORTEST):
            raise self._timed_out()
        self._last = left < pause + SHORTEST and not (pause <= LONGEST < left)
        if not self._last:
            return pause if left >= pause + SHORTEST else left / 2
        return left if left >= 0 else min(SHORTEST, self.deadline - now)

    def result(self) -> WaitResult:
        """Everything known now."""
        seen = {one: self._assets[one] for one in self._ids if one in self._assets}
        missing = set(self._missing)
        return WaitResult(
            seen,
            active={one: asset for one, asset in seen.items() if asset.is_active},
            failed={one: asset for one, asset in seen.items() if asset.status == AssetStatus.FAILED},
            missing=tuple(one for one in self._ids if one in missing),
            pending=tuple(self._absences),
            requests=self._requests,
            elapsed=self._clock.now() - self._started,
        )

    def _round(self) -> Generator[Look, Sequence[Answer], None]:
        self._answered, self._retry_after, self._took = False, 0.0, 0.0
        todo = Chunks(list(self._absences), self._size)
        while not self._refusal and (chunks := todo.take(self._width)):
            self._requests += len(chunks)
            begun = self._clock.now()
            answers = yield Look(chunks=chunks)
            self._took += self._clock.now() - begun
            self._answered |= any(isinstance(answer, dict | BadRequestError) for answer in answers)
            for chunk, answer in todo.settled(chunks, answers):
                self._hear(chunk, answer)
            news, self._news = self._news, []
            yield Look(news=news, progress=[self._progress()])
            # timeout=0 is one whole round.
            if self._timeout and self._clock.now() >= self._started + self._timeout:
                break

    def _hear(self, chunk: Chunk, answer: Answer) -> None:
        if isinstance(answer, BadRequestError) and len(chunk) == 1:
            self._see(chunk[0], RealPersonAsset(chunk[0], AssetStatus.FAILED, error=answer))
        elif isinstance(answer, APIResponseError) or (isinstance(answer, JimmyAIError) and is_transient(answer)):
            self._trouble = answer
            self._retry_after = max(self._retry_after, answer.retry_after or 0.0)
        elif isinstance(answer, JimmyAIError):
            self._refusal = answer
        else:
            for one in chunk:
                self._see(one, answer.get(one))

    def _see(self, one: str, asset: RealPersonAsset | None) -> None:
        if asset is None:
            self._absences[one] += 1
            if self._absences[one] == ABSENCES:
                del self._absences[one]
                self._missing.append(one)
                self._failures += 1
            return
        before = self._assets.get(one)
        self._assets[one] = asset
        if before is None or (before.status, before.reference) != (asset.status, asset.reference):
            self._news.append((asset, before))
        if asset.is_final:
            del self._absences[one]
            self._failures += not asset.is_active
            return
        self._absences[one] = 0
        if not isinstance(asset.status, AssetStatus) and asset.status not in self._strange:
            self._strange.add(asset.status)
            log.warning("unknown status %s, taken as not final", ascii(asset.status[:100]))

    def _progress(self) -> Progress:
        done = len(self._ids) - len(self._absences)
        missing = tuple(self._missing[self._missing_told :])
        self._missing_told = len(self._missing)
        return Progress(done, self._failures, len(self._ids), self._clock.now() - self._started, missing)

    def _timed_out(self) -> WaitTimeoutError:
        result = self.result()
        trouble = f"; last trouble: {type(self._trouble).__name__}" if self._trouble else ""
        error = WaitTimeoutError(f"{_summary(result)} after {result.elapsed:.1f} s{trouble}", result=result)
        error.__cause__ = self._trouble
        return error


def _summary(result: WaitResult) -> str:
    parts = [("failed", list(result.failed)), ("unknown to the service", result.missing), ("pending", result.pending)]
    words = [f"{len(ids)} {word} ({ids[0][:100]!a}{', …' * (len(ids) > 1)})" for word, ids in parts if ids]
    total = len(result.active) + sum(len(ids) for _, ids in parts)
    return f"{len(result.active)} of {total} assets active, {', '.join(words)}"
