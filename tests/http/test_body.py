"""Body: counted after decompression, whatever the pieces."""
# ruff: noqa: PT017  (what holds for either outcome is no case for pytest.raises)

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jimmy_ai_openapi_client import APIResponseError
from jimmy_ai_openapi_client.sdk.http.attempt import Body


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
