"""Which ids to ask next, after what pause, and when to stop.

1. It asks at once, then again after the pauses of polling.py, each time only for ids that are not final.
2. Final is sticky. An id absent from three consecutive answers is missing, which is final too.
3. The status is judged before the clock: the deadline ends the wait only after an answer, and the last pause is cut so
   that one more round fits before it. No pause is shorter than 5 seconds, the last one included.
4. A failed request affects its own ids only. What `Retry-After` asks for holds for the ids of that request. Five
   consecutive rounds without an answer end the wait; a refusal ends it at once.
"""

import logging
from collections.abc import Sequence
from typing import Literal, NamedTuple

from ..asset import AssetStatus, Progress, RealPersonAsset, WaitResult
from ..errors import (
    APIResponseError,
    AssetFailedError,
    BadRequestError,
    JimmyAIError,
    WaitTimeoutError,
)
from ..settings import Settings
from .batch import Answer, Chunk, Chunks, refuses_ids
from .polling import JITTER, LONGEST, SHORTEST, PollingInterval
from .retry import is_transient

log = logging.getLogger("jimmy_ai_openapi_client")

ABSENCES = 3
BAD_ROUNDS = 5
LONGEST_RETRY_AFTER = 3600.0

OnFailure = Literal["raise", "return", "yield"]


class Request(NamedTuple):
    """Sleep `pause` seconds, then ask for all `chunks` at the same time."""

    pause: float
    chunks: Sequence[Chunk]


class Updates(NamedTuple):
    """What the answers to one request changed: assets with what they were before, and how far the wait has come."""

    updates: Sequence[tuple[RealPersonAsset, RealPersonAsset | None]]
    progress: Progress

    @property
    def completed(self) -> list[RealPersonAsset]:
        """The assets that became final."""
        return [asset for asset, _ in self.updates if asset.is_final]


class Wait:
    """One wait: `next_request` until there is none, `receive` what came of each, then `result`.

    Its memory is the ids, the assets, and a small number for each unfinished id.
    """

    def __init__(self, ids: Sequence[str], *, timeout: float | None, on_failure: OnFailure, settings: Settings) -> None:
        self._ids = ids
        self._on_failure = on_failure
        self._clock, self._redacted = settings.clock, settings.key.redacted
        self._size, self._width = settings.batch_size, settings.concurrency
        self._started = self._clock.now()
        self._timeout = timeout
        self.deadline = None if timeout is None else self._started + timeout
        self._polling = PollingInterval(self._clock.random, self._size)
        self._absences = dict.fromkeys(ids, 0)
        self._held: dict[str, float] = {}
        """Ids not to be asked before a time, as `Retry-After` has it."""
        self._assets: dict[str, RealPersonAsset] = {}
        self._missing: list[str] = []
        self._missing_reported = 0
        self._failures = 0
        self._unknown_statuses: set[str] = set()
        self._last_error: JimmyAIError | None = None
        self._refusal: JimmyAIError | None = None
        self._requests = 0
        self._bad_rounds = 0
        self._begin_round(list(ids))

    def _begin_round(self, ids: Sequence[str]) -> None:
        self._round = Chunks(ids, self._size)
        self._asking: Sequence[Chunk] = ()
        self._waiting = len(self._absences)
        self._answered = False
        self._took = 0.0

    def next_request(self) -> Request | None:
        """What to ask next, None when all is final.

        Raises `WaitTimeoutError`, `AssetFailedError` as `on_failure` has it, or the error that ended the wait, with
        `wait_result`.
        """
        pause = 0.0
        if self._refusal or self._is_late() or not (chunks := self._round.take(self._width)):
            if (next_round := self._next_round()) is None:
                return None
            pause, ids = next_round
            self._begin_round(ids)
            chunks = self._round.take(self._width)
        self._asking = chunks
        self._requests += len(chunks)
        self._asked_at = self._clock.now() + pause
        return Request(pause, chunks)

    def _is_late(self) -> bool:
        """Whether the deadline came within a round. A wait that allows no time is one whole round."""
        return bool(self._timeout) and self._clock.now() >= self._started + (self._timeout or 0.0)

    def _next_round(self) -> tuple[float, Sequence[str]] | None:
        """The pause before the next round, and the ids of it; None after the last."""
        if self._requests:
            self._bad_rounds = 0 if self._answered else self._bad_rounds + 1
        if ended := self._refusal or (self._last_error if self._bad_rounds == BAD_ROUNDS else None):
            ended.wait_result = self.result()
            raise ended
        if not self._absences:
            if (self._on_failure == "raise" and self._failures) or (self._on_failure == "yield" and self._missing):
                result = self.result()
                raise AssetFailedError(_summary(result), result=result)
            return None
        now = self._clock.now()
        pause = self._polling.next(now, len(self._absences), self._waiting - len(self._absences))
        earliest = max(SHORTEST, min(self._held.get(one, 0.0) for one in self._absences) - now)
        pause = self._fitted_to_deadline(max(pause, earliest), earliest, now)
        return pause, [one for one in self._absences if self._held.get(one, 0.0) - now <= pause]

    def _fitted_to_deadline(self, pause: float, earliest: float, now: float) -> float:
        """The pause, not below `earliest`, such that a round as long as the last one fits before the deadline.

        Where it would be the last, it is as long as can be; where that is too long, it is one of two equal ones.
        """
        if self.deadline is None:
            return pause
        left = self.deadline - now - self._took
        if left < earliest:
            raise self._timed_out()
        if pause + SHORTEST <= left:
            return pause
        if left > LONGEST and left / 2 * (1 - JITTER) >= earliest:
            return left / 2 * (1 - JITTER * self._clock.random())
        return max(earliest, left - JITTER * self._clock.random() * (left - earliest))

    def receive(self, answers: Sequence[Answer]) -> Updates:
        """Take note of the answers to the last request."""
        now = self._clock.now()
        self._took += max(0.0, now - self._asked_at)
        updates: list[tuple[RealPersonAsset, RealPersonAsset | None]] = []
        self._answered |= any(not isinstance(answer, JimmyAIError) or refuses_ids(answer) for answer in answers)
        for chunk, answer in self._round.settled(self._asking, answers):
            if not isinstance(answer, JimmyAIError):
                for one in chunk:
                    self._record_asset(one, answer.get(one), updates)
            elif isinstance(answer, BadRequestError) and refuses_ids(answer) and len(chunk) == 1:
                self._record_asset(chunk[0], RealPersonAsset(chunk[0], AssetStatus.FAILED, error=answer), updates)
            else:
                self._record_error(chunk, answer, now)
        missing = tuple(self._missing[self._missing_reported :])
        self._missing_reported = len(self._missing)
        done = len(self._ids) - len(self._absences)
        return Updates(updates, Progress(done, self._failures, len(self._ids), now - self._started, missing))

    def _record_error(self, chunk: Chunk, error: JimmyAIError, now: float) -> None:
        gateway = isinstance(error, BadRequestError) and not refuses_ids(error)
        if not (gateway or isinstance(error, APIResponseError) or is_transient(error)):
            self._refusal = error
            return
        self._last_error = error
        if error.retry_after:
            pause = min(error.retry_after, LONGEST_RETRY_AFTER) * (1 + JITTER * self._clock.random())
            self._held.update(dict.fromkeys(chunk, now + pause))

    def _record_asset(
        self,
        one: str,
        asset: RealPersonAsset | None,
        updates: list[tuple[RealPersonAsset, RealPersonAsset | None]],
    ) -> None:
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
            updates.append((asset, before))
        if asset.is_final:
            del self._absences[one]
            self._failures += not asset.is_active
            return
        self._absences[one] = 0
        if not isinstance(asset.status, AssetStatus) and asset.status not in self._unknown_statuses:
            self._unknown_statuses.add(asset.status)
            log.warning("unknown status %s, taken as not final", ascii(self._redacted(asset.status)[:100]))

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

    def _timed_out(self) -> WaitTimeoutError:
        result = self.result()
        last = f"; last error: {type(self._last_error).__name__}" if self._last_error else ""
        error = WaitTimeoutError(f"{_summary(result)} after {result.elapsed:.1f} s{last}", result=result)
        error.__cause__ = self._last_error
        return error


def _summary(result: WaitResult) -> str:
    parts = [("failed", list(result.failed)), ("unknown to the service", result.missing), ("pending", result.pending)]
    words = [f"{len(ids)} {word} ({ids[0][:100]!a}{', …' * (len(ids) > 1)})" for word, ids in parts if ids]
    total = len(result.active) + sum(len(ids) for _, ids in parts)
    return f"{len(result.active)} of {total} assets active, {', '.join(words)}"
