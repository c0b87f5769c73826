"""What the service says about trying again: Retry-After in all its forms."""

from email.utils import formatdate

from jimmy_ai_openapi_client import (
    APIStatusError,
    AuthenticationError,
    InternalServerError,
    JimmyAIError,
    RateLimitError,
)

from .case import Case, Raises, Value
from .clock import WALL
from .script import GOOD, answer, envelope, page

SOON = (0.5, 1.0, 2.0)
PATIENT = (5.0, 10.0, 20.0)
NO_MERCY = {"status_code": 429}


def _obeyed(name: str, header: str, pause: float, status: int = 429) -> Case:
    """Waited as told, then answered."""
    return Case(f"retry/{name}", (answer("busy", status, header), GOOD), Value(requests=2, pauses=(pause,)))


def _at_once(name: str, header: str, status: int = 429) -> Case:
    """Told to wait for no time at all."""
    return Case(f"retry/{name}", (answer("busy", status, header), GOOD), Value(requests=2, pauses=()))


def _too_long(
    name: str, header: str, seconds: float, status: int = 429, error: type[JimmyAIError] = RateLimitError
) -> Case:
    """Not waited for: the caller is told how long it would be."""
    want = Raises(error, {"status_code": status, "retry_after": seconds}, pauses=())
    return Case(f"retry/{name}", (answer("busy", status, header), GOOD), want)


def _ignored(name: str, header: str, status: int = 429, pauses: tuple[float, ...] = PATIENT) -> Case:
    """Senseless: our own pauses."""
    error = RateLimitError if status == 429 else InternalServerError
    want = Raises(error, {"status_code": status, "retry_after": None}, requests=4, pauses=pauses)
    return Case(f"retry/{name}", (answer("busy", status, header),), want)


def _date(seconds: float) -> str:
    return formatdate(WALL + seconds, usegmt=True)


CASES = [
    _obeyed("digits", "Retry-After: 7", 7.0),
    _obeyed("digits-padded", "Retry-After:    7   ", 7.0),
    _obeyed("decimals", "Retry-After: 1.5", 1.5),
    _obeyed("digits-on-503", "Retry-After: 3", 3.0, 503),
    _obeyed("digits-on-500", "Retry-After: 3", 3.0, 500),
    _obeyed("digits-on-408", "Retry-After: 3", 3.0, 408),
    _obeyed("shorter-than-ours", "Retry-After: 1", 1.0),
    _obeyed("one-minute", "Retry-After: 60", 60.0),
    _obeyed("date", f"Retry-After: {_date(9)}", 9.0),
    _obeyed("date-rfc850", "Retry-After: Friday, 15-Jan-27 08:00:11 GMT", 11.0),
    _obeyed("milliseconds", "retry-after-ms: 250", 0.25),
    _obeyed("milliseconds-decimals", "retry-after-ms: 250.5", 0.2505),
    _obeyed("milliseconds-win", "retry-after-ms: 250\nRetry-After: 40", 0.25),
    _at_once("zero", "Retry-After: 0"),
    _at_once("zero-milliseconds", "retry-after-ms: 0", 503),
    _at_once("date-now", f"Retry-After: {_date(0)}"),
    _too_long("61", "Retry-After: 61", 61.0),
    _too_long("61-on-503", "Retry-After: 61", 61.0, 503, InternalServerError),
    _too_long("an-hour", "Retry-After: 3600", 3600.0),
    _too_long("21-digits", "Retry-After: 1" + "0" * 20, 1e20),
    _too_long("date-in-an-hour", f"Retry-After: {_date(3600)}", 3600.0),
    _too_long("milliseconds-too-long", "retry-after-ms: 60001", 60.001),
    _ignored("garbage", "Retry-After: soon"),
    _ignored("garbage-on-503", "Retry-After: soon", 503, SOON),
    _ignored("empty", "Retry-After: "),
    _ignored("negative", "Retry-After: -5"),
    _ignored("nan", "Retry-After: nan"),
    _ignored("inf", "Retry-After: inf"),
    _ignored("minus-inf", "Retry-After: -Infinity"),
    _ignored("exponent-overflow", "Retry-After: 1e999"),
    _ignored("digits-overflow", "Retry-After: " + "9" * 5000),
    _ignored("two-points", "Retry-After: 1.2.3"),
    _ignored("point-alone", "Retry-After: ."),
    _ignored("two-values", "Retry-After: 5\nRetry-After: 10"),
    _ignored("non-ascii", "Retry-After: \xb2"),
    _ignored("date-past", f"Retry-After: {_date(-100)}"),
    _ignored("date-impossible", "Retry-After: Fri, 32 Foo 2027 99:99:99 GMT"),
    _ignored("date-far-year", "Retry-After: Fri, 15 Jan 99999 08:00:00 GMT"),
    _ignored("date-far-zone", "Retry-After: Fri, 15 Jan 2027 08:00:00 +999999999999"),
    _ignored("date-cut", "Retry-After: Fri, 15"),
    _ignored("date-empty-parts", "Retry-After: , , :: GMT"),
    _ignored("milliseconds-nan", "retry-after-ms: nan"),
    _ignored("milliseconds-inf", "retry-after-ms: inf"),
    _ignored("milliseconds-negative", "retry-after-ms: -1"),
    _ignored("milliseconds-garbage", "retry-after-ms: soon"),
    _too_long("on-401", "Retry-After: 5", 5.0, 401, AuthenticationError),
    _too_long("on-409", "Retry-After: 5", 5.0, 409, APIStatusError),
    Case(
        "retry/own-pause-then-told",
        (page("busy", 429), answer("", 429, "Retry-After: 2"), page("busy", 429), GOOD),
        Value(requests=4, pauses=(5.0, 2.0, 20.0)),
    ),
    Case(
        "retry/told-on-code-minus-one",
        (answer(envelope(code="-1"), 200, "Retry-After: 2"), GOOD),
        Value(requests=2, pauses=(2.0,)),
    ),
]
