"""What a call raises: the class, one line that helps, its own answer, and a cause that drags nothing along."""

import logging
import pickle
import ssl
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import (
    APIConnectionError,
    APIResponseError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    JimmyAI,
    JimmyAIError,
)
from jimmy_ai_openapi_client.sdk.http.attempt import last_answer
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock

from .service import KEY, Connect, Service, asset, items, no, ok


class OddError(OSError):
    """An exception that cannot be made from a text."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(one, f"odd {two}")


UNTRUSTED, BUG = httpx.ConnectError("untrusted"), ZeroDivisionError("by zero")
UNTRUSTED.__cause__ = ssl.SSLCertVerificationError("self-signed")
LOST = httpx.ConnectTimeout("lost")
LOST.__cause__ = type("ServerDisconnectedError", (Exception,), {"__module__": "aiohttp"})()
RAISED: dict[str, tuple[Any, type[JimmyAIError], str]] = {
    "reset": (httpx.ReadError("by peer"), APIConnectionError, "ReadError: by peer"),
    "reset without a word": (httpx.ReadError(""), APIConnectionError, "ReadError: no answer"),
    "silence": (httpx.ReadTimeout("timed out"), APITimeoutError, "ReadTimeout: timed out"),
    "silence without a word": (httpx.ReadTimeout(""), APITimeoutError, "ReadTimeout: no complete answer in time"),
    "odd": (OddError(1, 2), APIConnectionError, "OddError: [Errno 1] odd 2"),
    "reset, as httpx-aiohttp has it": (LOST, APIConnectionError, "ConnectTimeout: lost"),
    "untrusted": (UNTRUSTED, APIConnectionError, "ConnectError: untrusted"),
    "a bug of the transport": (BUG, APIConnectionError, "ZeroDivisionError: by zero"),
    "302": (
        httpx.Response(302, headers={"location": "http://portal.example/\x7f"}),
        APIStatusError,
        "HTTP 302: a redirect to http://portal.example/\\x7f, which is not followed; check base_url",
    ),
}


@pytest.mark.parametrize(("answer", "kind", "message"), RAISED.values(), ids=RAISED)
def test_raised(connect: Connect, answer: Any, kind: type[JimmyAIError], message: str) -> None:
    """What, where, why, and what to do: one printable line. It survives pickling; nothing of httpx's hangs on it."""
    client = connect(transport=Service(answer).transport, max_retries=0, clock=FakeClock())
    with pytest.raises(JimmyAIError) as caught:
        client.real_person.status("id1")
    error = caught.value
    assert type(error) is kind
    assert str(error) == f"realperson/status: {message}" + (f". {error.hint}" if error.hint else "")
    assert str(error).isprintable()
    assert (error.operation, error.attempts, error.elapsed) == ("realperson/status", 1, 0.0)
    assert error.__context__ is None
    twin = pickle.loads(pickle.dumps(error))
    assert (type(twin), vars(twin), str(twin)) == (type(error), vars(error), str(error))
    if isinstance(error, APIConnectionError):
        cause: Any = error.__cause__
        assert cause is not answer
        assert type(cause) in {type(answer), Exception}
        assert str(cause) in message
        assert (cause.__traceback__, cause.__context__, vars(cause).get("_request")) == (None, None, None)
        assert error.transient is (answer not in {UNTRUSTED, BUG})


UNUSABLE: dict[str, tuple[str, Any, httpx.Response, str]] = {
    "another asset": ("status", "a", ok(asset("b")), "the answer is about another asset than the one asked for"),
    "no asset": ("status", "a", ok(asset("")), "an asset has no asset_id"),
    "no asset in a batch": ("batch_status", ["a"], items(asset("")), "an asset has no asset_id"),
}


@pytest.mark.parametrize(("call", "asked", "answer", "problem"), UNUSABLE.values(), ids=UNUSABLE)
def test_unusable(connect: Connect, call: str, asked: Any, answer: httpx.Response, problem: str) -> None:
    client = connect(transport=Service(answer).transport)
    with pytest.raises(APIResponseError) as caught:
        getattr(client.real_person, call)(asked)
    size = len(answer.content)
    assert caught.value.args[0].endswith(f": HTTP 200, {size} bytes of application/json: {problem}")


def test_each_thread_has_the_error_of_its_own_answer(caplog: pytest.LogCaptureFixture) -> None:
    """Both have their answers when the first of them is read."""
    caplog.set_level(logging.DEBUG, "jimmy_ai_openapi_client")
    both = Barrier(2)

    class Meeting(logging.Filter):
        def filter(self, record: logging.LogRecord) -> bool:
            return "ignored" not in record.msg or both.wait(60) >= 0

    def message(asset_id: str) -> str | None:
        with pytest.raises(JimmyAIError, match="another asset than the one asked for") as caught:
            jimmy.real_person.status(asset_id)
        return caught.value.request_id

    service = Service(*[lambda asked: ok(asset("other"), **{"x-request-id": asked.body["asset_id"]})] * 2)
    jimmy = JimmyAI(api_key=KEY, transport=service.transport)
    with caplog.filtering(Meeting()), ThreadPoolExecutor(2) as pool:
        assert list(pool.map(message, "ab")) == ["a", "b"]


def test_an_answer_of_before_has_nothing_to_do_with_it() -> None:
    """It is let go with the call, for it may be large."""
    service = Service(ok(None), no(20001))
    jimmy = JimmyAI(api_key=KEY, transport=service.transport)
    jimmy.raw.get_httpx_client().get("/x")
    with pytest.raises(AuthenticationError):
        jimmy.real_person.status("id1")
    assert jimmy.real_person.status("id1").is_active
    assert last_answer.get() is None
