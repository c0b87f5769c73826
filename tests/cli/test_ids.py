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


@COMMANDS
def test_bad_lines_are_named_before_anything_is_sent(run: Run, mock: MockService, tmp_path: Path, command: str) -> None:
    file = tmp_path / "ids.txt"
    file.write_text("a\nb\x07\n\n# c\x07\n" + "d\x1b[2J\n" * 6)
    done = run(command, "-f", file)
    assert (done.code, done.out, mock.requests) == (2, "", [])
    assert f"{file}, line 2: has surrounding space or unprintable characters: 'b\\x07'" in done.err
    assert [number for number in range(12) if f"line {number}:" in done.err] == [2, 5, 6, 7, 8]
    assert done.err.endswith("; and 2 more\n")
    assert len(done.err.splitlines()) == 1


def test_bytes_that_are_no_text(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "ids.txt"
    file.write_bytes("a\n肖像\n".encode("gbk"))
    done = run("batch", "-f", file)
    assert (done.code, done.err) == (2, f"Error: {file}, line 2: not UTF-8 text\n")


def test_a_bad_argument_is_named_by_its_place(run: Run) -> None:
    done = run("batch", "a", " b")
    assert (done.code, "id 2 has surrounding space" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [((), "no ids: give them"), (("a", "-f", "x"), "not both"), (("a", "-"), "not both")],
)
def test_exactly_one_source(run: Run, words: tuple[str, ...], said: str) -> None:
    done = run("wait", *words)
    assert (done.code, said in done.err, len(done.err.splitlines())) == (2, True, 1)
    assert done.err.endswith("See jimmy-ai wait --help\n")


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    done = run("batch", "-f", tmp_path / "none.txt")
    assert (done.code, done.err) == (2, f"Error: {tmp_path / 'none.txt'}: No such file or directory\n")
