"""Body: counted after decompression, whatever the pieces."""
# ruff: noqa: PT017  (what holds for either outcome is no case for pytest.raises)

import gzip
import zlib

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


@pytest.mark.parametrize("encoding", ["", "gzip"])
@pytest.mark.parametrize(("size", "fits"), [(0, True), (99, True), (100, True), (101, False), (10_000, False)])
def test_limit(encoding: str, size: int, fits: bool) -> None:
    data = gzip.compress(b"x" * size) if encoding else b"x" * size
    if fits:
        assert read(data, encoding, limit=100) == b"x" * size
    else:
        with pytest.raises(APIResponseError, match="more than 100 bytes"):
            read(data, encoding, limit=100)


def test_four_mebibytes() -> None:
    assert LIMIT == 4 * 1024 * 1024


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
        assert "ends too early" in str(error)


def test_gzip_cut_before_its_sum() -> None:
    """All of the text is there, and nothing vouches for it."""
    with pytest.raises(APIResponseError, match="ends too early") as caught:
        read(gzip.compress(b"x" * 50)[:-8], "gzip")
    assert caught.value.transient


SPOILT = {
    "no gzip": b'{"code": 0}',
    "zlib": zlib.compress(b"x"),
    "wrong sum": gzip.compress(b"x" * 50)[:-8] + b"\0" * 8,
    "spoilt": gzip.compress(b"x")[:10] + b"\xff" * 200,
    "trailing": gzip.compress(b"x") + b"y",
    "two members": gzip.compress(b"x") * 2,
}


@pytest.mark.parametrize("case", SPOILT)
@pytest.mark.parametrize("pieces", [1, 7])
def test_spoilt_gzip(case: str, pieces: int) -> None:
    with pytest.raises(APIResponseError, match="gzip that cannot be read") as caught:
        read(SPOILT[case], "gzip", pieces=pieces)
    assert not caught.value.transient


def test_a_bomb_is_not_inflated() -> None:
    """A thousandth of it in one piece; not more than the limit is ever made of it."""
    bomb = gzip.compress(bytes(8 * 1024 * 1024), 9)
    body = Body("gzip", 1000)
    with pytest.raises(APIResponseError, match="more than 1000 bytes"):
        body.feed(bomb)
    assert len(bytes(body.data)) == 1000
