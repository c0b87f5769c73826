"""Arguments and files that cannot be used: one line, exit code 2, nothing is sent, the file is left alone."""

import os
from pathlib import Path

import pytest

from jimmy_ai_openapi_client.sdk.mock import MockService

from .conftest import Run

RESULT = b'{"id": "a", "status": "Active", "missing": false}\n'
WORDS: list[tuple[list[str], str]] = [
    (["status", "a", "--max-retries=-1"], "--max-retries"),
    (["batch", "a", "--batch-size=0"], "--batch-size"),
    (["status", "a", "--api-key", "sk-secret"], "--api-key"),
    (["status", "a", "--base-url", "http://example.com"], "would send the key unencrypted"),
    (["status", "a", "--base-url", "https://u:sk-secret@example.com"], "without a user name, password"),
    (["status", "a", "--attempt-timeout=0"], "timeout must be a finite number of seconds above 0"),
    (["status", "a", "--attempt-timeout=none"], "'none' is not a duration"),
    *((["wait", "a", f"--timeout={text}"], f"'{text}' is not a duration") for text in ("-1", "1h30", "1e3", "")),
    (["batch", "a", " b"], "id 2 is blank, or has surrounding space"),
    *((["wait", *words], "give ids either as") for words in ([], ["a", "-f", "x"], ["a", "-"], ["-", "-f", "x"])),
    (["wait", "a", "-o", ""], "No such file or directory"),
    (["wait", "a", "-o", "."], "is not a file"),
    (["wait", "a", "-o", "none/f"], "No such file"),
    (["wait", "a", "-o", "/dev/null"], "is not a file"),
    (["mock", "--scenario", "none.yaml"], "Error: none.yaml: No such file or directory"),
    (["batch", "-f", "none"], "none: No such file or directory"),
    (["status", "a", "--api-key-file", "none"], "No such file"),
]
FILES: list[tuple[list[str], bytes, str]] = [
    (["batch", "-f"], b"a\nb\x07\n", "file, line 2: is blank, or has surrounding space or unprintable characters"),
    (["batch", "-f"], "a\n肖像\n".encode("gbk"), "file, line 2: not UTF-8 text"),
    (["batch", "-f"], b'# results\n{"id": "a"}\n', "file, line 2: is JSON, not an id"),
    (["batch", "-f"], b'["a", "b"]', "file, line 1: is JSON, not an id"),
    (["status", "a", "--api-key-file"], "\ufeff \n".encode(), "is empty"),
    (["status", "a", "--api-key-file"], b"k" * 5000, "is too long for a key"),
    (["mock", "--scenario"], b"assets: {mine: {secnds: 0}}", "secnds"),
    *(
        (["wait", "b", "-o"], RESULT + line, "file, line 2: not a result of a wait; give -o another file")
        for line in (
            b"notes of mine",
            b'{"id": "x"}\n',
            b'{"id": "x"\n',
            b'{"id": 7, "status": "Active", "missing": false}\n',
            b'{"id": "x", "status": null, "missing": false}\n',
            b'{"id": "x", "status": "Active", "missing": true}\n',
            *(b"[1]\n", b"\n", b"[" * 100_000 + b"\n", b"\xff\n"),
        )
    ),
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("words", "said"), WORDS)
def test_wrong_words(run: Run, mock: MockService, folder: Path, words: list[str], said: str) -> None:
    done = run(*words)
    assert (done.code, done.out, mock.requests, [*folder.iterdir()]) == (2, "", [], [])
    assert said in done.err.splitlines()[-1]
    assert "secret" not in done.err
    assert "?." not in done.err


@pytest.mark.parametrize(("words", "content", "said"), FILES)
def test_a_wrong_file(run: Run, mock: MockService, words: list[str], content: bytes, said: str) -> None:
    Path("file").write_bytes(content)
    done = run(*words, "file")
    assert (done.code, done.out, mock.requests, len(done.err.splitlines())) == (2, "", [], 1)
    assert said in done.err
    assert Path("file").read_bytes() == content


def test_a_fifo_keeps_no_results(run: Run) -> None:
    os.mkfifo("fifo")
    assert "is not a file" in run("wait", "a", "-o", "fifo").err
