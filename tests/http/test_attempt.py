"""One attempt, without I/O: the time it has, and its body, counted after decompression, whatever the pieces."""
# ruff: noqa: PT017  (what holds for either outcome is no case for pytest.raises)

import gzip
from random import Random

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jimmy_ai_openapi_client import APIResponseError, APITimeoutError
from jimmy_ai_openapi_client.sdk.http.attempt import Answer, Attempt, Body
from jimmy_ai_openapi_client.sdk.policy.answer import operation_of
from jimmy_ai_openapi_client.sdk.policy.retry import Retry

from ..policy.lives import Chance, settings


@pytest.mark.parametrize(
    ("timeout", "deadline", "whole", "connecting"),
    [(30.0, None, 30.0, 5.0), (2.0, 60.0, 2.0, 2.0), (600.0, 7.0, 7.0, 5.0)],
)
def test_it_has_its_time_and_at_most_five_seconds_to_connect(
    timeout: float, deadline: float | None, whole: float, connecting: float
) -> None:
    """As httpx's own timeouts, which come first: they tell connecting from reading. It ends with a wait."""
    request = httpx.Request("GET", "https://x.example/x", extensions={"trace": print})
    Attempt(Retry(operation_of("GET", "/x"), settings(Chance(0.5), timeout=timeout, deadline=deadline)), request)
    given = {"connect": connecting, "read": whole, "write": whole, "pool": whole}
    assert request.extensions == {"trace": print, "timeout": given}


@pytest.mark.parametrize(
    ("step", "timeout", "kind"), [(10.0, 20.0, Answer), (10.1, 30.0, Answer), (10.1, 20.0, APITimeoutError)]
)
def test_an_answer_that_drips_ends_with_the_attempt(step: float, timeout: float, kind: type) -> None:
    """Whatever the transport. One read that was late already is allowed, for it may be the last."""
    clock = Chance(0.5)
    retry = Retry(operation_of("GET", "/x"), settings(clock, timeout=timeout))
    attempt = Attempt(retry, httpx.Request("GET", "https://x.example/x"))
    with attempt.capture_errors():
        attempt.begin(httpx.Response(200, stream=httpx.ByteStream(b"")))
        for chunk in (b'{"co', b'de"', b": 0", b"}"):
            attempt.feed(chunk)
            clock.advance(step)
    assert type(attempt.outcome()) is kind


def read(data: bytes, encoding: str, pieces: int) -> bytes:
    body = Body(encoding)
    size = len(data) // pieces + 1
    for start in range(0, len(data), size):
        body.feed(data[start : start + size])
    body.end()
    return bytes(body.data)


@given(data=st.binary(max_size=300), pieces=st.integers(1, 300))
def test_any_pieces(data: bytes, pieces: int) -> None:
    assert read(data, "", pieces) == data
    assert read(gzip.compress(data), "gzip", pieces) == data


def test_what_is_repeated_from_afar() -> None:
    """By up to 32 KiB, as gzip may."""
    data = Random(0).randbytes(30_000) * 2
    assert read(gzip.compress(data), "gzip", 7) == data


@given(st.integers(0, 200), st.integers(1, 50))
def test_cut_gzip(cut: int, pieces: int) -> None:
    """Worth another try wherever it was cut; what gives no byte at all is an empty answer."""
    whole = gzip.compress(bytes(range(256)))
    try:
        assert read(whole[: min(cut, len(whole) - 1)], "gzip", pieces) == b""
    except APIResponseError as error:
        assert error.transient
        assert "truncated gzip" in str(error)


@pytest.mark.parametrize(
    ("encoding", "data"), [("", bytes(2000)), ("gzip", gzip.compress(bytes(8 << 20), 9))], ids=["plain", "bomb"]
)
def test_what_was_read_before_the_limit_is_kept(encoding: str, data: bytes) -> None:
    """For the error to show. A bomb of a thousand times its size is not inflated any further."""
    body = Body(encoding, 1000)
    with pytest.raises(APIResponseError, match="more than 1000 bytes"):
        body.feed(data)
    assert bytes(body.data) == bytes(1000)
