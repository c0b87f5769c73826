"""Which ids to ask next, after what pause, and when to stop.

1. It asks at once, then again after the pauses of polling.py, each time only for ids that are not final.
2. A final status is kept. An id absent from three consecutive answers is missing, which is final too.
3. The deadline is checked after an answer, never before, and the last pause is cut so
   that one more round fits before it. No pause is shorter than 5 seconds, the last one included.
4. A failed request affects its own ids only. What `Retry-After` asks for holds for the ids of that request. Five
   consecutive rounds without an answer end the wait; a refusal ends it at once.
"""

import logging
from collections import deque
from collections.abc import Sequence
from math import ceil
from typing import Any, Literal, NamedTuple

from ..asset import Assets, AssetStatus, Progress, RealPersonAsset, WaitResult
from ..errors import APIResponseError, AssetFailedError, BadRequestError, JimmyAIError, WaitTimeoutError
from ..settings import Settings
from .batch import Answer, Chunk, Chunks, refuses_ids
from .polling import JITTER, LONGEST, SHORTEST, PollingInterval
from .retry import is_transient

log = logging.getLogger("jimmy_ai_openapi_client")

ABSENCES = 3
BAD_ROUNDS = 5
LONGEST_RETRY_AFTER = 3600.0

OnFailure = Literal["raise", "return", "yield"]
Update = tuple[RealPersonAsset, RealPersonAsset | None]
"""An asset, and what it was before."""


class Round(NamedTuple):
    """Sleep `pause` seconds, then ask for the chunks of `todo`, several at a time."""

    pause: float
    todo: deque[Chunk]


class Wait:
    """One wait: `next_round` until there is none, `receive` each answer; `known` is the result.

    Its memory is the ids, a small number for each unfinished id, and the assets. With `on_failure="yield"` it holds no
    assets: the caller has been handed those that are final, and the others are asked for again.
    """

    def __init__(self, ids: Sequence[str], timeout: float | None, on_failure: OnFailure, settings: Settings) -> None:
        self._ids, self._on_failure, self._settings = ids, on_failure, settings
        self._clock = settings.clock
        self._started = self._clock.now()
        self.deadline = None if timeout is None else self._started + timeout
        self._polling = PollingInterval(self._clock.random, settings.chunk_size)
        self._absences = dict.fromkeys(ids, 0)
        """The unfinished ids."""
        self._held: dict[str, float] = {}
        """Ids not to be asked before a time, as `Retry-After` has it."""
        self._assets: Assets = {}
        self._failed: list[str] = []
        self._missing: list[str] = []
        self._requests = self._bad_rounds = 0
        self._unknown_statuses: set[str] = set()
        self._last_error: JimmyAIError | None = None
        self._refusal: JimmyAIError | None = None

    @property
    def limits(self) -> dict[str, Any]:
        """Settings for its requests: they end with the wait. A wait that allows no time is one whole request."""
        return {"max_retries": 0} if self.deadline == self._started else {"deadline": self.deadline}

    def next_round(self) -> Round | None:
        """What to ask next, None when all is final.

        Raises `WaitTimeoutError`, `AssetFailedError` as `on_failure` has it, or the error that ended the wait, with
        `wait_result`.
        """
        if ended := self._refusal or (self._last_error if self._bad_rounds == BAD_ROUNDS else None):
            ended.wait_result = self.known()
            raise ended
        if not self._absences:
            failed = {"raise": self._missing or self._failed, "yield": self._missing, "return": None}[self._on_failure]
            if failed:
                raise AssetFailedError(self._summary(), result=self.known())
            return None
        now = self._clock.now()
        pause = self._pause(now) if self._requests else 0.0
        due = [one for one in self._absences if self._held.get(one, self._started) - now <= pause]
        self._chunks = Chunks(due, self._settings.chunk_size)
        self._waves = ceil(len(self._chunks.todo) / self._settings.concurrency)
        self._asked_at, self._waiting = now + pause, len(self._absences)
        self._bad_rounds += 1  # unless there is an answer
        self._first_took: float | None = None
        return Round(pause, self._chunks.todo)

    def _pause(self, now: float) -> float:
        """Seconds before the next round, cut so that one as long as the last one fits before the deadline.

        The last pause is as long as possible. If that exceeds the longest pause, it is split into two equal ones.
        """
        earliest = max(SHORTEST, min(self._held.get(one, self._started) for one in self._absences) - now)
        pause = max(earliest, self._polling.next(now, len(self._absences), self._waiting - len(self._absences)))
        if self.deadline is None:
            return pause
        left = self.deadline - now - self._took
        if left < earliest:
            result = self.known()
            last = f"; last error: {type(self._last_error).__name__}" if self._last_error else ""
            text = f"{self._summary()} after {result.elapsed:.1f} s{last}"
            raise WaitTimeoutError(text, result=result) from self._last_error
        if pause + SHORTEST <= left:
            return pause
        if left > LONGEST and left / 2 * (1 - JITTER) >= earliest:
            return left / 2 * (1 - JITTER * self._clock.random())
        return max(earliest, left - JITTER * self._clock.random() * (left - earliest))

    def receive(self, chunk: Chunk, answer: Answer) -> tuple[Sequence[Update], Progress]:
        """Take note of the answer to `chunk`; what it changed, and how far the wait has come.

        A refusal of the key, or the deadline, empties `todo` of the round.
        """
        now = self._clock.now()
        self._requests += 1
        took = max(0.0, now - self._asked_at)
        # The caller's own work between two answers is no part of it.
        self._first_took = took if self._first_took is None else self._first_took
        self._took = min(took, self._first_took * self._waves)
        updates, missing = list[Update](), len(self._missing)
        settled = self._chunks.settle(chunk, answer)
        if isinstance(settled, dict):
            self._bad_rounds = 0
            updates = [update for one, asset in settled.items() if (update := self._record_asset(one, asset))]
        else:
            self._record_error(chunk, settled, now)
        if self._refusal or (self.deadline is not None and self._started < self.deadline <= now):
            self._chunks.todo.clear()
        done, failed = len(self._ids) - len(self._absences), len(self._failed) + len(self._missing)
        progress = Progress(done, failed, len(self._ids), now - self._started, tuple(self._missing[missing:]))
        return updates, progress

    def _record_error(self, chunk: Chunk, error: JimmyAIError, now: float) -> None:
        gateway = isinstance(error, BadRequestError) and not refuses_ids(error)
        if not (gateway or isinstance(error, APIResponseError) or is_transient(error)):
            self._refusal = self._refusal or error
            return
        self._last_error = error
        if error.retry_after:
            pause = min(error.retry_after, LONGEST_RETRY_AFTER) * (1 + JITTER * self._clock.random())
            self._held.update(dict.fromkeys(chunk, now + pause))

    def _record_asset(self, one: str, asset: RealPersonAsset | BadRequestError | None) -> Update | None:
        """Take note of an asset, of its refusal or of its absence; what is to be reported of it."""
        if isinstance(asset, BadRequestError):
            asset = RealPersonAsset(one, AssetStatus.FAILED, error=asset)
        if asset is None:
            self._absences[one] += 1
            if self._absences[one] == ABSENCES:
                del self._absences[one]
                self._missing.append(one)
            return None
        before = self._assets.get(one)
        if self._on_failure != "yield":
            self._assets[one] = asset
        if asset.is_final:
            del self._absences[one]
            if not asset.is_active:
                self._failed.append(one)
        else:
            self._absences[one] = 0
            self._warn_of_unknown(asset.status)
        changed = before is None or (before.status, before.reference) != (asset.status, asset.reference)
        return (asset, before) if changed else None

    def _warn_of_unknown(self, status: str) -> None:
        if not isinstance(status, AssetStatus) and status not in self._unknown_statuses:
            self._unknown_statuses.add(status)
            shown = ascii(self._settings.key.redacted(status)[:100])
            log.warning("unknown status %s, taken as not final", shown)

    def known(self) -> WaitResult:
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

    def _summary(self) -> str:
        parts = {"failed": self._failed, "unknown to the service": self._missing, "pending": list(self._absences)}
        words = [f"{len(ids)} {word} ({ids[0][:100]!a}{', …' * (len(ids) > 1)})" for word, ids in parts.items() if ids]
        active, total = len(self._ids) - sum(map(len, parts.values())), len(self._ids)
        return f"{active} of {total} assets active, {', '.join(words)}"
