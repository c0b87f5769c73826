"""Retry on scripted outcomes: attempts, pauses, deadline, and what may be sent again at all."""
# ruff: noqa: PT017  (what holds for either outcome is no case for pytest.raises)

from collections.abc import Callable
from functools import partial

import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from jimmy_ai_openapi_client import (
    APIConnectionError,
    APIResponseError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    ConfigurationError,
    InternalServerError,
    JimmyAIError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
)
from jimmy_ai_openapi_client.sdk.clock import Clock
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock
from jimmy_ai_openapi_client.sdk.policy.answer import Operation
from jimmy_ai_openapi_client.sdk.policy.retry import Retry, is_transient
from jimmy_ai_openapi_client.sdk.settings import Secret, Settings

SOON, PATIENT, NEVER = "soon", "patient", "never"
KINDS: dict[str, tuple[str, Callable[[], JimmyAIError]]] = {
    "reset": (SOON, lambda: APIConnectionError("x")),
    "refused": (SOON, lambda: APIConnectionError("x", reached=False)),
    "untrusted": (NEVER, lambda: APIConnectionError("x", transient=False)),
    "late": (SOON, lambda: APITimeoutError("x")),
    "cut": (SOON, lambda: APIResponseError("x", transient=True)),
    "html": (NEVER, lambda: APIResponseError("x")),
    **{str(n): (SOON, partial(InternalServerError, "x", status_code=n)) for n in (502, 503, 504, 520, 525, 530)},
    "408": (SOON, lambda: APIStatusError("x", status_code=408)),
    "500": (PATIENT, lambda: InternalServerError("x", status_code=500)),
    "-1": (PATIENT, lambda: InternalServerError("x", status_code=200, code=-1)),
    "503 and -1": (PATIENT, lambda: InternalServerError("x", status_code=503, code=-1)),
    "429": (PATIENT, lambda: RateLimitError("x", status_code=429)),
    **{str(n): (NEVER, partial(InternalServerError, "x", status_code=n)) for n in (501, 505, 519, 531, 561, 599)},
    **{str(n): (NEVER, partial(APIStatusError, "x", status_code=n)) for n in (302, 409, 418, 425, 499, 999)},
    "20001": (NEVER, lambda: AuthenticationError("x", status_code=200, code=20001)),
    "20002": (NEVER, lambda: BadRequestError("x", status_code=200, code=20002)),
    "30001": (NEVER, lambda: APIStatusError("x", status_code=200, code=30001)),
    "403": (NEVER, lambda: PermissionDeniedError("x", status_code=403)),
    "404": (NEVER, lambda: NotFoundError("x", status_code=404)),
    "closed": (NEVER, lambda: ConfigurationError("x")),
}
RETRY_AFTERS = [None, 0.0, 0.001, 1.5, 30.0, 59.9, 60.0, 60.001, 3600.0, 1e12]


def retries(*, read: bool = True, max_retries: int = 3, deadline: float | None = None, clock: Clock) -> Retry:
    settings = Settings(Secret("sk-key"), "", 30.0, max_retries, 100, 4, {}, clock, deadline)
    return Retry(Operation("a/b", read), settings)


@frozen
class Outcome:
    """What one attempt ends in, and how long it takes."""

    kind: str | None
    seconds: float
    retry_after: float | None

    def error(self) -> JimmyAIError:
        error = KINDS[self.kind or ""][1]()
        error.retry_after = self.retry_after
        return error


outcomes = st.builds(
    Outcome,
    st.sampled_from([None, *KINDS]),
    st.floats(0, 40),
    st.none() | st.sampled_from(RETRY_AFTERS),
)


def bounds(outcome: Outcome, attempt: int) -> tuple[float, float] | None:
    """The shortest and longest pause that the table allows after the attempt; None for no further one."""
    sort = KINDS[outcome.kind or ""][0]
    if sort == NEVER or (outcome.retry_after or 0) > 60:
        return None
    if outcome.retry_after is not None:
        return outcome.retry_after, outcome.retry_after
    grown = 2.0 ** (attempt - 1)
    return (0.75 * min(0.5 * grown, 8), min(0.5 * grown, 8)) if sort == SOON else (5 * grown, 6.25 * grown)


def may_repeat(outcome: Outcome, *, read: bool) -> bool:
    return read or outcome.kind in {"refused", "429"}


@settings(max_examples=100)
@given(
    script=st.lists(outcomes, min_size=12, max_size=12),
    read=st.booleans(),
    max_retries=st.integers(0, 10),
    deadline=st.none() | st.floats(0, 200),
    seed=st.integers(),
)
def test_any_script(script: list[Outcome], read: bool, max_retries: int, deadline: float | None, seed: int) -> None:
    """It goes on exactly as long as the rules allow, and raises what the last attempt raised."""
    clock = FakeClock(seed=seed)
    retry, attempt = retries(read=read, max_retries=max_retries, deadline=deadline, clock=clock), 1
    while True:
        outcome = script[attempt - 1]
        clock.advance(outcome.seconds)
        if outcome.kind is None:
            return
        allowed = bounds(outcome, attempt)
        error = outcome.error()
        try:
            pause = retry.pause_after(error)
        except JimmyAIError as raised:
            assert raised is error
            sent = outcome.kind != "closed"
            assert (raised.attempts, raised.elapsed) == ((attempt, clock.now()) if sent else (None, None))
            assert (
                attempt > max_retries
                or allowed is None
                or not may_repeat(outcome, read=read)
                or (deadline is not None and clock.now() + allowed[1] > deadline)
            )
            return
        assert attempt <= max_retries
        assert may_repeat(outcome, read=read)
        assert allowed is not None
        assert allowed[0] <= pause <= allowed[1]
        assert deadline is None or clock.now() + pause <= deadline
        clock.sleep(pause)
        attempt += 1


@pytest.mark.parametrize("kind", KINDS)
def test_transient(kind: str) -> None:
    """What a wait goes on after is what a call is sent again after."""
    sort, make = KINDS[kind]
    assert is_transient(make()) == (sort != NEVER)


class Chance(FakeClock):
    """A clock whose chance is fixed."""

    def __init__(self, chance: float) -> None:
        super().__init__()
        self._chance = chance

    def random(self) -> float:
        return self._chance


@pytest.mark.parametrize(
    ("kind", "chance", "pauses"),
    [
        ("reset", 0.0, [0.5, 1, 2, 4, 8, 8, 8]),
        ("reset", 1.0, [0.375, 0.75, 1.5, 3, 6, 6, 6]),
        ("500", 0.0, [5, 10, 20]),
        ("500", 1.0, [6.25, 12.5, 25]),
        ("429", 0.5, [5.625, 11.25, 22.5]),
    ],
)
def test_pauses(kind: str, chance: float, pauses: list[float]) -> None:
    """Network trouble is spread downwards and capped; the vendor's advice is a floor."""
    retry = retries(max_retries=len(pauses), clock=Chance(chance))
    assert [retry.pause_after(KINDS[kind][1]()) for _ in pauses] == pauses


@pytest.mark.parametrize("kind", ["reset", "500", "429"])
def test_no_number_of_retries_is_too_large(kind: str) -> None:
    """Pauses stay what a clock can sleep, and a caller may live to see."""
    retry = retries(max_retries=3000, clock=Chance(0.5))
    longest = max(retry.pause_after(KINDS[kind][1]()) for _ in range(3000))
    assert longest <= 3600


def test_a_deadline_that_is_exactly_reached() -> None:
    retry = retries(max_retries=3, deadline=0.5, clock=Chance(0.0))
    assert retry.pause_after(KINDS["reset"][1]()) == 0.5


def test_a_deadline_that_has_passed() -> None:
    """The first attempt is made all the same; only pauses are refused."""
    clock = FakeClock()
    clock.advance(10)
    retry = retries(max_retries=3, deadline=5.0, clock=clock)
    with pytest.raises(APIConnectionError):
        retry.pause_after(KINDS["reset"][1]())


@pytest.mark.parametrize(
    ("deadline", "seconds"),
    [(None, 30), (100, 30), (12, 2), (10, 30), (5, 30)],
    ids=["none", "far", "near", "now", "past"],
)
def test_an_attempt_ends_with_the_deadline(deadline: float | None, seconds: float) -> None:
    """One that begins at the deadline, or after it, has its whole time: a wait of no time is one whole request."""
    clock = FakeClock()
    clock.advance(10)
    assert retries(deadline=deadline, clock=clock).seconds() == seconds
