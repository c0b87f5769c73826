"""Body: counted after decompression, whatever the pieces."""
# ruff: noqa: PT017  (what holds for either outcome is no case for pytest.raises)

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jimmy_ai_openapi_client import APIResponseError
from jimmy_ai_openapi_client.sdk.http.attempt import LIMIT, Body


def read(data: bytes, encoding: str = "", *, limit: int = LIMIT, pieces: int = 7) -> bytes:
    body = Body(encoding, limit)
    size = len(data) // pieces + 1
    for start in range(0, len(data), size):
        body.feed(data[start : start + size])
    body.end()
    return bytes(body.data)


@given(data=st.binary(max_size=300), pieces=st.integers(1, 300), zipped=st.booleans())
def test_any_pieces(data: bytes, pieces: int, zipped: bool) -> None:
    assert read(gzip.compress(data) if zipped else data, "gzip" if zipped else "", pieces=pieces) == data


def test_what_was_read_before_the_limit_is_kept() -> None:
    """For the error to show."""
    body = Body("", 4)
    with pytest.raises(APIResponseError):
        body.feed(b"abcdef")
    assert bytes(body.data) == b"abcd"


@given(st.integers(0, 200), st.integers(1, 50))
def test_cut_gzip(cut: int, pieces: int) -> None:
    """Worth another try wherever it was cut; what gives no byte at all is an empty answer."""
    whole = gzip.compress(bytes(range(256)))
    try:
        assert read(whole[: min(cut, len(whole) - 1)], "gzip", pieces=pieces) == b""
    except APIResponseError as error:
        assert error.transient
        assert "truncated gzip" in str(error)


def test_a_bomb_is_not_inflated() -> None:
    """A thousandth of it in one piece; not more than the limit is ever made of it."""
    bomb = gzip.compress(bytes(8 * 1024 * 1024), 9)
    body = Body("gzip", 1000)
    with pytest.raises(APIResponseError, match="more than 1000 bytes"):
        body.feed(bomb)
    assert len(bytes(body.data)) == 1000
