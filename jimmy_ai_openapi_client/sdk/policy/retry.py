"""Whether to send a request again, and after what pause."""

import logging

from ..clock import Clock
from ..errors import (
    APIConnectionError,
    APIResponseError,
    APIStatusError,
    ConfigurationError,
    InternalServerError,
    JimmyAIError,
    RateLimitError,
)
from .operation import Operation

log = logging.getLogger("jimmy_ai_openapi_client")

LONGEST_RETRY_AFTER = 60.0
_SOON_STATUSES = {408, 502, 503, 504, *range(520, 531)}


def is_transient(error: JimmyAIError) -> bool:
    """Whether trying the same again later may help."""
    return _first_pause(error) is not None


def _first_pause(error: JimmyAIError) -> float | None:
    """Seconds before the first retry: 0.5 for transient network errors, 5 where the service asks for patience."""
    match error:
        case APIConnectionError(transient=True) | APIResponseError(transient=True):
            return 0.5
        case RateLimitError() | APIStatusError(status_code=500) | InternalServerError(code=-1):
            return 5.0
        case APIStatusError(status_code=status) if status in _SOON_STATUSES:
            return 0.5
        case _:
            return None


class Retry:
    """The attempts of one call. `max_retries` follow the first, none begins after `deadline` (on `clock`)."""

    def __init__(self, operation: Operation, *, max_retries: int, deadline: float | None, clock: Clock) -> None:
        self._operation, self._max_retries, self._deadline, self._clock = operation, max_retries, deadline, clock
        self._attempts = 1
        self._started = self._attempt_started = clock.now()

    def seconds(self, timeout: float) -> float:
        """How long the next attempt may take: `timeout`, less where the deadline comes first.

        One that begins at the deadline has it all: a wait that allows no time is still one whole request.
        """
        left = timeout if self._deadline is None else self._deadline - self._clock.now()
        return min(timeout, left) if left > 0 else timeout

    def succeeded(self, status: int, code: object) -> dict[str, float]:
        """Log an attempt that got a usable answer; what an error about its content says of the call."""
        now = self._clock.now()
        self._log(status, code, now)
        return {"attempts": self._attempts, "elapsed": now - self._started}

    def pause_after(self, error: JimmyAIError) -> float:
        """Seconds to pause before the next attempt. Raises `error`, its attempts counted, where none is to follow."""
        if isinstance(error, ConfigurationError):  # nothing was sent
            raise error
        now = self._clock.now()
        error.attempts, error.elapsed = self._attempts, now - self._started
        self._log(error.status_code, error.code, now)
        pause = self._pause(error) if self._attempts <= self._max_retries and self._may_repeat(error) else None
        if pause is None or (self._deadline is not None and now + pause > self._deadline):
            raise error
        kind = f"{type(error).__name__} (HTTP {error.status_code}, code {error.code})"
        log.info("%s: %s, attempt %d, again in %.1f s", self._operation.name, kind, self._attempts, pause)
        self._attempts += 1
        self._attempt_started = now + pause
        return pause

    def _may_repeat(self, error: JimmyAIError) -> bool:
        never_arrived = isinstance(error, APIConnectionError) and not error.reached
        return self._operation.is_read or never_arrived or isinstance(error, RateLimitError)

    def _pause(self, error: JimmyAIError) -> float | None:
        first = _first_pause(error)
        if first is None or error.retry_after is not None:
            return None if first is None or (error.retry_after or 0) > LONGEST_RETRY_AFTER else error.retry_after
        grown = first * 2.0 ** min(self._attempts - 1, 10)
        if first > 1:  # the vendor's advice is a floor, so its jitter only adds
            return min(grown, 60.0) * (1 + 0.25 * self._clock.random())
        return min(grown, 8.0) * (1 - 0.25 * self._clock.random())

    def _log(self, status: int | None, code: object, now: float) -> None:
        took = (now - self._attempt_started) * 1000
        log.debug("%s: HTTP %s, code %s, %.0f ms, attempt %d", self._operation.name, status, code, took, self._attempts)
