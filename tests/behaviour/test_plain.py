"""What llhttp takes for plain is read as h11 reads it, wherever the bytes are cut; all else is left to h11."""

from typing import Any

import h11
import httpcore
import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

pytest.importorskip("httptools")
import itertools

from jimmy_ai_openapi_client.sdk.plain import MOST, NotPlain, Reader, plain

LENGTH = b"Content-Length: 4\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
CHUNKS = b"1\r\na\r\n3;x=y\r\nbcd\r\n0\r\nX-Trailer: z\r\n\r\n"
PLAIN = [
    b"HTTP/1.1 200 OK\r\n" + LENGTH + b"X: \r\nY:\t\xe9 \xff \t\r\n\r\nabcd",
    b"HTTP/1.1 500\r\n" + LENGTH + b"\r\nabcd",
    b"HTTP/1.1 999 Huh\r\nX-a: 1\r\nx-A: 2\r\ncontent-LENGTH:  0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\n" + CHUNKED + b"\r\n" + CHUNKS,
    b"HTTP/1.1 200 OK\r\nConnection: close\r\n" + LENGTH + b"\r\nabcd",
    b"HTTP/1.1 204 No\r\n\r\n",
    b"HTTP/1.1 304 No\r\n" + LENGTH + b"\r\n",
]
OTHER = [
    b"HTTP/1.1 200 OK\r\n\r\nuntil the end",
    b"HTTP/1.0 200 OK\r\n" + LENGTH + b"\r\nabcd",
    b"HTTP/2.0 200 OK\r\n" + LENGTH + b"\r\nabcd",
    b"RTSP/1.0 200 OK\r\n" + LENGTH + b"\r\nabcd",
    b"ICE/1.0 200 OK\r\n" + LENGTH + b"\r\nabcd",
    b"\r\nHTTP/1.1 200 OK\r\n" + LENGTH + b"\r\nabcd",
    b"HTTP/1.1 103 Hints\r\n\r\nHTTP/1.1 200 OK\r\n" + LENGTH + b"\r\nabcd",
    b"HTTP/1.1 101 Switch\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
    b"HTTP/1.1 000 No\r\n" + LENGTH + b"\r\nabcd",
    b"HTTP/1.1 200 OK\n" + LENGTH + b"\r\nabcd",
    b"HTTP/1.1 200 OK\r\nX: a\r\n b\r\n" + LENGTH + b"\r\nabcd",
    b"HTTP/1.1 200 OK\r\nX: a\0b\r\n" + LENGTH + b"\r\nabcd",
    b"HTTP/1.1 200 OK\r\nX : a\r\n" + LENGTH + b"\r\nabcd",
    b"HTTP/1.1 200 OK\r\n" + LENGTH + LENGTH + b"\r\nabcd",
    b"HTTP/1.1 200 OK\r\n" + LENGTH + CHUNKED + b"\r\n" + CHUNKS,
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n" + CHUNKS,
    b"HTTP/1.1 200 OK\r\n" + CHUNKED + CHUNKED + b"\r\n" + CHUNKS,
    b"HTTP/1.1 204 No\r\nTransfer-Encoding: rot13\r\n\r\n",
]
Answer = tuple[int, list[tuple[bytes, bytes]], bytes, bool]


def by_llhttp(pieces: list[bytes]) -> Answer:
    """`NotPlain` if llhttp is not to decide, `RemoteProtocolError` for a bad body."""
    reader, body = Reader(b""), b""
    for piece in pieces:
        if not reader.complete:
            (reader.more if reader.status else reader.begin)(piece)
            body += reader.taken()
    if not reader.complete:
        (reader.more if reader.status else reader.begin)(b"")
    return reader.status, reader.headers, body, reader.reusable


def by_h11(data: bytes) -> Answer:
    connection = h11.Connection(h11.CLIENT)
    connection.send(h11.Request(method="POST", target="/", headers=[("Host", "a")]))
    connection.send(h11.EndOfMessage())
    connection.receive_data(data)
    head: Any = connection.next_event()
    body = b""
    while isinstance(event := connection.next_event(), h11.Data):
        body += event.data
    assert isinstance(event, h11.EndOfMessage)
    return head.status_code, head.headers.raw_items(), body, connection.our_state is h11.DONE


def cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted({place % len(data) for place in places} - {0}), len(data)]
    return [data[start:end] for start, end in itertools.pairwise(edges)]


@pytest.mark.parametrize("data", PLAIN)
def test_plain_answers_are_read_alike_wherever_they_are_cut(data: bytes) -> None:
    whole = by_h11(data)
    assert by_llhttp([data]) == whole
    assert by_llhttp([data[place : place + 1] for place in range(len(data))]) == whole


@pytest.mark.parametrize("data", OTHER)
def test_others_are_left_to_httpcore(data: bytes) -> None:
    with pytest.raises(NotPlain):
        by_llhttp([data])


@given(
    st.sampled_from(PLAIN + OTHER), st.lists(st.tuples(st.integers(0), st.binary(max_size=2))), st.lists(st.integers(0))
)
@example(PLAIN[0], [], [])
def test_whatever_is_changed_it_is_no_other_answer(
    data: bytes, edits: list[tuple[int, bytes]], places: list[int]
) -> None:
    for place, new in edits:
        at = place % len(data)
        data = data[:at] + new + data[at + 1 :] or b"H"
    try:
        answer = by_llhttp(cut(data, places))
    except (NotPlain, httpcore.RemoteProtocolError):
        return
    # In reuse the two may differ: h11 keeps what came after the answer, llhttp does not take it for an answer.
    assert answer[:3] == by_h11(data)[:3]
    assert not answer[3] or by_h11(data)[3]


@pytest.mark.parametrize("extra", [b"x", b"HTTP/1.1 200 OK\r\n", PLAIN[0]])
def test_what_comes_after_an_answer_ends_the_connection(extra: bytes) -> None:
    assert by_llhttp([PLAIN[0] + extra]) == (*by_h11(PLAIN[0])[:3], False)
    assert by_llhttp([PLAIN[0][:-2], PLAIN[0][-2:] + extra]) == (*by_h11(PLAIN[0])[:3], False)


def test_endless_heads_and_chunk_lines_are_bounded() -> None:
    pad = b"X-Pad: aaaaaaaa\r\n" * 100
    with pytest.raises(NotPlain):
        by_llhttp([b"HTTP/1.1 200 OK\r\n", *[pad] * (MOST // len(pad) + 1), b"\r\n"])
    with pytest.raises(httpcore.RemoteProtocolError, match="too much"):
        by_llhttp([b"HTTP/1.1 200 OK\r\n" + CHUNKED + b"\r\n1;", *[b"x" * 1000] * (MOST // 1000 + 1)])


def test_cut_and_spoilt_bodies() -> None:
    for spoilt in (PLAIN[0][:-1], PLAIN[3][:-4]):
        with pytest.raises(httpcore.RemoteProtocolError, match="complete message body"):
            by_llhttp([spoilt])
    with pytest.raises(httpcore.RemoteProtocolError):
        by_llhttp([b"HTTP/1.1 200 OK\r\n" + CHUNKED + b"\r\n", b"zz\r\n"])


def asked(method: str = "POST", body: Any = b"{}", **headers: str) -> httpcore.Request:
    request = httpx.Request(method, "http://a/b?c", content=body, headers=headers)
    return httpcore.Request(method, "http://a/b?c", headers=request.headers.raw, content=request.stream)


def test_a_plain_request_is_written_as_it_is() -> None:
    reader = plain(asked(Authorization="Bearer sk"))
    assert reader is not None
    assert reader.request == b"POST /b?c HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer sk\r\nContent-Length: 2\r\n\r\n{}"
    assert "sk" not in repr(reader)


@pytest.mark.parametrize(
    "request_",
    [
        asked("HEAD", None),
        asked(body=iter([b"{}"])),
        asked("PO ST"),
        asked(Connection="close"),
        asked(Upgrade="h2c"),
        asked(**{"Transfer-Encoding": "chunked"}),
        asked(**{"Content-Length": "3"}),
        asked(X="a\r\nY: b"),
        asked(X="a\nb"),
        asked(X="a\0b"),
        asked(X=" a"),
        asked(**{"X:": "a"}),
        asked(Expect="100-continue"),
        httpcore.Request("POST", "http://a/", headers=[("Host", "a"), ("host", "b")], content=httpx.ByteStream(b"")),
        httpcore.Request("POST", "http://a/", headers=[], content=httpx.ByteStream(b"")),
    ],
)
def test_other_requests_are_left_to_httpcore(request_: httpcore.Request) -> None:
    assert plain(request_) is None
