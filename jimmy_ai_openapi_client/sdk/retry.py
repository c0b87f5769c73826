"""When to send again, and after what pause: the policy, written once, with no I/O."""

import logging
from collections.abc import Generator
from itertools import count
from typing import Protocol, TypeVar

from .clock import Clock
from .errors import (
    APIConnectionError,
    APIResponseError,
    APIStatusError,
    ConfigurationError,
    InternalServerError,
    JimmyAIError,
    RateLimitError,
)

log = logging.getLogger("jimmy_ai_openapi_client")

LONGEST_RETRY_AFTER = 60.0
_SOON_STATUSES = {408, 502, 503, 504, *range(520, 531)}


class Answered(Protocol):
    """What a successful attempt gives, as far as this flow looks at it."""

    @property
    def status_code(self) -> int: ...
    @property
    def code(self) -> int | None: ...


Heard = TypeVar("Heard", bound=Answered)


def is_transient(error: JimmyAIError) -> bool:
    """Whether trying the same again later may help, by the table of kinds below."""
    return _first_pause(error) is not None


def _first_pause(error: JimmyAIError) -> float | None:
    """Seconds before the first retry: 0.5 for passing network trouble, 5 where the service asks for patience."""
    match error:
        case JimmyAIError(should_retry=False):
            return None
        case APIConnectionError(transient=True) | APIResponseError(transient=True):
            return 0.5
        case RateLimitError() | APIStatusError(status_code=500) | InternalServerError(code=-1):
            return 5.0
        case APIStatusError(status_code=status) if status in _SOON_STATUSES:
            return 0.5
        case _:
            return None


def _may_repeat(error: JimmyAIError, *, read: bool) -> bool:
    never_arrived = isinstance(error, APIConnectionError) and not error.reached
    return read or never_arrived or isinstance(error, RateLimitError)


def _pause(error: JimmyAIError, attempt: int, clock: Clock) -> float | None:
    first = _first_pause(error)
    if first is None or error.retry_after is not None:
        return None if first is None or (error.retry_after or 0) > LONGEST_RETRY_AFTER else error.retry_after
    grown = first * 2.0 ** min(attempt - 1, 10)
    # The vendor's advice is a floor, so its jitter only adds; network trouble is spread downwards.
    return (
        min(grown, 60.0) * (1 + 0.25 * clock.random()) if first > 1 else min(grown, 8.0) * (1 - 0.25 * clock.random())
    )


def retrying(
    operation: str, *, read: bool, max_retries: int, deadline: float | None, clock: Clock
) -> Generator[float, Heard, Heard]:
    """Yield the pause before each attempt; be sent its answer, or thrown its error; return the answer or raise.

    Raises what the last attempt raised, with `attempts` and `elapsed` set. No pause is begun that would end past
    `deadline` (on `clock`). Only errors of our tree are tried again.
    """
    started = clock.now()
    pause = 0.0
    for attempt in count(1):
        asked = clock.now() + pause
        try:
            answer = yield pause
        except ConfigurationError:  # nothing was sent
            raise
        except JimmyAIError as error:
            now = clock.now()
            error.attempts, error.elapsed = attempt, now - started
            _log(operation, error.status_code, error.code, now - asked, attempt)
            again = _pause(error, attempt, clock) if attempt <= max_retries and _may_repeat(error, read=read) else None
            if again is None or (deadline is not None and now + again > deadline):
                raise
            pause = again
            log.info("%s: %s, attempt %d, again in %.1f s", operation, _kind(error), attempt, pause)
        else:
            _log(operation, answer.status_code, answer.code, clock.now() - asked, attempt)
            return answer
    raise AssertionError("unreachable")


def _kind(error: JimmyAIError) -> str:
    return f"{type(error).__name__} (HTTP {error.status_code}, code {error.code})"


def _log(operation: str, status: int | None, code: int | None, seconds: float, attempt: int) -> None:
    log.debug("%s: HTTP %s, code %s, %.0f ms, attempt %d", operation, status, code, seconds * 1000, attempt)
