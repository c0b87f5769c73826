"""Whether to send a request again, and after what pause."""

import logging

from .. import errors
from ..settings import Settings
from .answer import Operation

log = logging.getLogger("jimmy_ai_openapi_client")

LONGEST_RETRY_AFTER = 60.0
LEAST = 0.5
"""Seconds for an attempt that begins at the end of a wait, or after it, as what listens to the wait took so long."""
_SOON_STATUSES = {408, 502, 503, 504, *range(520, 531)}


def is_transient(error: errors.JimmyAIError) -> bool:
    """Whether trying the same again later may help."""
    return _first_pause(error) is not None


def _first_pause(error: errors.JimmyAIError) -> float | None:
    """Seconds before the first retry: 0.5 for network errors, 5 if the service is busy."""
    match error:
        case errors.APIConnectionError(transient=True) | errors.APIResponseError(transient=True):
            return 0.5
        case errors.RateLimitError() | errors.APIStatusError(status_code=500) | errors.InternalServerError(code=-1):
            return 5.0
        case errors.APIStatusError(status_code=status) if status in _SOON_STATUSES:
            return 0.5
        case _:
            return None


class Retry:
    """The attempts of one call. `max_retries` follow the first, none begins after the deadline of the settings."""

    def __init__(self, operation: Operation, settings: Settings) -> None:
        self.operation, self.settings, self._clock = operation, settings, settings.clock
        self._attempts = 1
        self._started = self._attempt_started = self._clock.now()

    def seconds(self) -> float:
        """How long the next attempt may take: `timeout`, less where the deadline comes first, but not below `LEAST`."""
        timeout, deadline = self.settings.timeout, self.settings.deadline
        left = timeout if deadline is None else deadline - self._clock.now()
        return min(timeout, max(left, LEAST))

    def pause_after(self, error: errors.JimmyAIError) -> float:
        """Seconds to pause before the next attempt. Raises `error`, its attempts counted, where none is to follow."""
        if isinstance(error, errors.ConfigurationError):  # nothing was sent
            raise error
        error.__dict__.update(self.facts(error.status_code, error.code))
        pause = self._pause(error) if self._attempts <= self.settings.max_retries and self._may_repeat(error) else None
        next_starts, deadline = self._clock.now() + (pause or 0.0), self.settings.deadline
        if pause is None or (deadline is not None and next_starts > deadline):
            raise error
        kind = f"{type(error).__name__} (HTTP {error.status_code}, code {error.code})"
        log.info("%s: %s, attempt %d, again in %.1f s", self.operation.name, kind, self._attempts, pause)
        self._attempts += 1
        self._attempt_started = next_starts
        return pause

    def _may_repeat(self, error: errors.JimmyAIError) -> bool:
        never_arrived = isinstance(error, errors.APIConnectionError) and not error.reached
        return self.operation.is_read or never_arrived or isinstance(error, errors.RateLimitError)

    def _pause(self, error: errors.JimmyAIError) -> float | None:
        first = _first_pause(error)
        if first is None or error.retry_after is not None:
            return None if first is None or (error.retry_after or 0) > LONGEST_RETRY_AFTER else error.retry_after
        grown = first * 2.0 ** min(self._attempts - 1, 10)
        if first > 1:  # the vendor's advice is a floor, so its jitter only adds
            return min(grown, 60.0) * (1 + 0.25 * self._clock.random())
        return min(grown, 8.0) * (1 - 0.25 * self._clock.random())

    def facts(self, status: int | None, code: object) -> dict[str, float]:
        """Log an attempt; how many there were, and the seconds since the first began."""
        now = self._clock.now()
        took = (now - self._attempt_started) * 1000
        log.debug("%s: HTTP %s, code %s, %.0f ms, attempt %d", self.operation.name, status, code, took, self._attempts)
        return {"attempts": self._attempts, "elapsed": now - self._started}
