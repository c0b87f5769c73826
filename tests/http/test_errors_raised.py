"""What a call raises: the class, the attributes, one line that helps, and a cause that drags nothing along."""

import pickle
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    JimmyAIError,
)
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock

from .service import Connect, Service


def reset(_: object) -> httpx.Response:
    raise httpx.ReadError("reset by peer")


def silent(_: object) -> httpx.Response:
    raise httpx.ReadTimeout("timed out")


RAISED: dict[str, tuple[Any, type[JimmyAIError], str]] = {
    "reset": (reset, APIConnectionError, "ReadError: reset by peer"),
    "silence": (silent, APITimeoutError, "ReadTimeout: timed out"),
    "silence without a word": (httpx.ReadTimeout(""), APITimeoutError, "ReadTimeout: no complete answer in time"),
    "reset without a word": (httpx.ReadError(""), APIConnectionError, "ReadError: no answer"),
    "302": (
        httpx.Response(302, headers={"location": "http://portal.example/\x7f"}),
        APIStatusError,
        "HTTP 302: a redirect to http://portal.example/\\x7f, which is not followed; check base_url",
    ),
}
cases = pytest.mark.parametrize("case", RAISED)


def error_of(connect: Connect, answer: Any, **options: Any) -> JimmyAIError:
    options = {"max_retries": 0, **options}
    client = connect(transport=Service(*[answer] * 9).transport, clock=FakeClock(), **options)
    with pytest.raises(JimmyAIError) as caught:
        client.real_person.status("id1")
    return caught.value


@cases
def test_message(connect: Connect, case: str) -> None:
    """What, where, why, and what to do: one printable line; and it survives pickling as it was raised."""
    answer, kind, message = RAISED[case]
    error = error_of(connect, answer)
    assert type(error) is kind
    assert str(error) == f"realperson/status: {message}" + (f". {error.hint}" if error.hint else "")
    assert str(error).isprintable()
    assert (error.operation, error.attempts, error.elapsed) == ("realperson/status", 1, 0.0)
    twin = pickle.loads(pickle.dumps(error))
    assert (type(twin), vars(twin), str(twin)) == (type(error), vars(error), str(error))


def test_cause_keeps_type_and_text(connect: Connect) -> None:
    """But is not the exception itself, on which the request and its headers hang."""
    original = httpx.ReadError("reset by peer", request=httpx.Request("POST", "https://x.example"))

    def raising(_: object) -> httpx.Response:
        raise original

    cause = error_of(connect, raising).__cause__
    assert type(cause) is httpx.ReadError
    assert str(cause) == "reset by peer"
    assert cause is not original
    assert cause.__traceback__ is None
    assert cause.__context__ is None
    with pytest.raises(RuntimeError):
        cause.request  # noqa: B018


class OddError(OSError):
    """An exception that cannot be made from a text."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(one, f"odd {two}")


def test_a_cause_that_cannot_be_made_anew(connect: Connect) -> None:
    def raising(_: object) -> httpx.Response:
        raise OddError(1, 2)

    error = error_of(connect, raising)
    assert type(error) is APIConnectionError
    assert "OddError" in str(error)
    assert "odd 2" in str(error.__cause__)


def test_no_error_of_an_error(connect: Connect) -> None:
    """Nothing else hangs on it: a traceback printed for a user is ours alone."""
    error = error_of(connect, reset, max_retries=2)
    assert error.__context__ is None
    assert error_of(connect, httpx.Response(200)).__context__ is None
