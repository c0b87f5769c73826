"""Where ids come from."""

from pathlib import Path

import pytest

from jimmy_ai_openapi_client.sdk.mock import MockService

from .conftest import Run

COMMANDS = pytest.mark.parametrize("command", ["batch", "wait"])


@COMMANDS
@pytest.mark.parametrize(
    "content",
    [
        b"a\nb\n",
        b"\xef\xbb\xbfa\r\nb\r\n",
        b"# first\n\na\n   \n  # indented\n\tb  \na",
        b"\xef\xbb\xbf# bom before a comment\na\nb",
    ],
    ids=["plain", "windows", "comments", "bom"],
)
def test_a_file(run: Run, mock: MockService, tmp_path: Path, command: str, content: bytes) -> None:
    mock.add("a", "b")
    file = tmp_path / "ids.txt"
    file.write_bytes(content)
    assert list(run(command, "-f", file).by_id) == ["a", "b"]
    assert list(run(command, "-", stdin=content).by_id) == ["a", "b"]
    assert list(run(command, "-f", "-", stdin=content).by_id) == ["a", "b"]


def test_a_bad_argument_is_named_by_its_place(run: Run) -> None:
    done = run("batch", "a", " b")
    assert (done.code, "id 2 is blank, or has surrounding space" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a\nb\x07\n", "line 2: is blank, or has surrounding space or unprintable characters"),
        ("a\n肖像\n".encode("gbk"), "line 2: not UTF-8 text"),
        (b'# results\n{"id": "a"}\n', "line 2: is JSON, not an id"),
        (b'["a", "b"]', "line 1: is JSON, not an id"),
        (None, "No such file or directory"),
    ],
)
def test_a_file_of_something_else(
    run: Run, mock: MockService, tmp_path: Path, content: bytes | None, said: str
) -> None:
    file = tmp_path / "ids.txt"
    if content is not None:
        file.write_bytes(content)
    done = run("batch", "-f", file)
    assert (done.code, done.out, mock.requests, len(done.err.splitlines())) == (2, "", [], 1)
    assert f"{file}" in done.err
    assert said in done.err


@pytest.mark.parametrize("words", [(), ("a", "-f", "x"), ("a", "-"), ("-", "-f", "x")])
def test_exactly_one_source(run: Run, words: tuple[str, ...]) -> None:
    done = run("wait", *words)
    assert (done.code, "give ids either as arguments, in a file" in done.err) == (2, True)
