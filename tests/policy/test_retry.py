"""Retry: attempts, pauses, deadline, and what may be sent again at all.

Which statuses, codes and Retry-Afters are waited for, and how long, is in the table of tests/faults.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest

from jimmy_ai_openapi_client import (
    APIConnectionError,
    APIResponseError,
    APITimeoutError,
    ConfigurationError,
    InternalServerError,
    JimmyAIError,
    RateLimitError,
)
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock
from jimmy_ai_openapi_client.sdk.policy.answer import Operation
from jimmy_ai_openapi_client.sdk.policy.retry import Retry, is_transient

from .lives import REFUSALS, Chance
from .lives import settings as client_settings

KINDS: dict[str, tuple[float | None, Callable[[], JimmyAIError]]] = {
    "reset": (0.5, APIConnectionError),
    "refused": (0.5, partial(APIConnectionError, reached=False)),
    "late": (0.5, APITimeoutError),
    "cut": (0.5, partial(APIResponseError, transient=True)),
    "503": (0.5, partial(InternalServerError, status_code=503)),
    "500": (5.0, partial(InternalServerError, status_code=500)),
    "503 and -1": (5.0, partial(InternalServerError, status_code=503, code=-1)),
    "429": (5.0, partial(RateLimitError, status_code=429)),
    "html": (None, APIResponseError),
    "closed": (None, ConfigurationError),
    **{letter: (None, make) for letter, make in REFUSALS.items()},
}
"""With the first pause, without chance."""


def retries(*, read: bool = True, clock: FakeClock | None = None, **changes: Any) -> Retry:
    return Retry(Operation("a/b", read), client_settings(clock or Chance(0.0), **changes))


def pause_after(retry: Retry, kind: str, **facts: object) -> float | None:
    """The pause, or None where that very error is raised."""
    error = KINDS[kind][1]()
    vars(error).update(facts)
    with suppress(type(error)):
        return retry.pause_after(error)
    return None


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_sent_again_and_when(kind: str) -> None:
    """What a wait goes on after is what a call is sent again after.

    What may change something is sent again only if it never arrived, or was turned away for now.
    """
    first, make = KINDS[kind]
    assert is_transient(make()) == (first is not None)
    assert pause_after(retries(), kind) == first
    assert pause_after(retries(read=False), kind) == (first if kind in {"refused", "429"} else None)


@pytest.mark.parametrize("max_retries", [0, 1, 5])
def test_the_last_error_comes_out_with_how_often_it_was_tried(max_retries: int) -> None:
    clock = Chance(0.0)
    clock.advance(100)
    retry, error = retries(max_retries=max_retries, clock=clock), APIConnectionError()
    clock.advance(7)
    for _ in range(max_retries):
        clock.sleep(retry.pause_after(error))
    with pytest.raises(APIConnectionError) as caught:
        retry.pause_after(error)
    assert caught.value is error
    assert (error.attempts, error.elapsed) == (max_retries + 1, clock.now() - 100)


def test_what_was_never_sent_has_no_attempts() -> None:
    error = ConfigurationError()
    with pytest.raises(ConfigurationError):
        retries().pause_after(error)
    assert error.attempts is None


@pytest.mark.parametrize(
    ("kind", "chance", "pauses"),
    [
        ("reset", 1.0, [0.375, 0.75, 1.5, 3, *[6] * 3000]),
        ("500", 1.0, [6.25, 12.5, 25, 50, *[75] * 3000]),
        ("429", 0.5, [5.625, 11.25, 22.5]),
    ],
)
def test_pauses(kind: str, chance: float, pauses: list[float]) -> None:
    """Those after network trouble are spread downwards, for the vendor's advice is a floor.

    However many there are, each is one that a clock can sleep, and a caller may live to see.
    """
    retry = retries(max_retries=len(pauses), clock=Chance(chance))
    assert [retry.pause_after(KINDS[kind][1]()) for _ in pauses] == pauses


def test_each_attempt_and_each_retry_is_one_line_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """The milliseconds are those of the attempt: pauses are not counted."""
    caplog.set_level("DEBUG", "jimmy_ai_openapi_client")
    clock = Chance(0.5)
    clock.advance(100)
    retry = retries(clock=clock)
    for kind, facts in {"503": {}, "reset": {}, "429": {"retry_after": 0.0}}.items():
        clock.advance(2.25)
        clock.sleep(pause_after(retry, kind, **facts) or 0)
    clock.advance(5)
    assert retry.facts(200, 0) == {"attempts": 4, "elapsed": 2.25 + 0.4375 + 2.25 + 0.875 + 2.25 + 5}
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("DEBUG", "a/b: HTTP 503, code None, 2250 ms, attempt 1"),
        ("INFO", "a/b: InternalServerError (HTTP 503, code None), attempt 1, again in 0.4 s"),
        ("DEBUG", "a/b: HTTP None, code None, 2250 ms, attempt 2"),
        ("INFO", "a/b: APIConnectionError (HTTP None, code None), attempt 2, again in 0.9 s"),
        ("DEBUG", "a/b: HTTP 429, code None, 2250 ms, attempt 3"),
        ("INFO", "a/b: RateLimitError (HTTP 429, code None), attempt 3, again in 0.0 s"),
        ("DEBUG", "a/b: HTTP 200, code 0, 5000 ms, attempt 4"),
    ]


@pytest.mark.parametrize(
    ("deadline", "retry_after", "pause"),
    [(10.5, None, 0.5), (10.49, None, None), (5.0, None, None), (10.0, 0.0, 0.0), (16.9, 7.0, None)],
    ids=["reached", "near", "past", "no pause", "told"],
)
def test_no_pause_goes_beyond_the_deadline(deadline: float, retry_after: float | None, pause: float | None) -> None:
    """The first attempt is made all the same; only pauses are refused."""
    clock = Chance(0.0)
    clock.advance(10)
    assert pause_after(retries(deadline=deadline, clock=clock), "503", retry_after=retry_after) == pause


@pytest.mark.parametrize(
    ("deadline", "seconds"),
    [(None, 30), (100, 30), (12, 2), (10.5, 0.5), (10.1, 0.5), (10, 0.5), (5, 0.5)],
    ids=["none", "far", "near", "very near", "too near", "now", "past"],
)
def test_an_attempt_ends_with_the_deadline(deadline: float | None, seconds: float) -> None:
    """But it has half a second, so that it is not in vain."""
    clock = FakeClock()
    clock.advance(10)
    assert retries(deadline=deadline, clock=clock).seconds() == seconds
    assert retries(deadline=deadline, clock=clock, timeout=0.2).seconds() == 0.2
