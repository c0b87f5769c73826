"""Options whose values have a form of their own, and what an example cannot give: odd files, and errors of our own."""

import os
from pathlib import Path

import click
import httpx
import pytest

from jimmy_ai_openapi_client.sdk.cli.exits import ended
from jimmy_ai_openapi_client.sdk.cli.options import duration
from jimmy_ai_openapi_client.sdk.cli.session import Session
from jimmy_ai_openapi_client.sdk.mock import MockService

from .conftest import KEY, Run


@pytest.mark.parametrize(
    ("text", "seconds"), [("7", 7), ("90s", 90), ("1.5m", 90), ("0h10m", 600), ("1h30m5s", 5405), ("0", 0)]
)
def test_durations(text: str, seconds: float) -> None:
    assert duration(text) == seconds


@pytest.mark.parametrize("text", ["-1", "1h30", "1e3", "", "10m1h", "none"])
def test_no_durations(text: str) -> None:
    with pytest.raises(click.BadParameter, match="is not a duration"):
        duration(text)


def test_a_key_file_that_others_can_read(run: Run, mock: MockService, folder: Path) -> None:
    mock.add("a")
    (folder / "key").write_text(KEY)
    (folder / "key").chmod(0o640)
    done = run("status", "a", "--api-key-file", "key")
    assert (done.code, done.err) == (0, "Warning: other users can read the key file key; run chmod 600 on it\n")
    assert run("status", "a", "--api-key-file", "key", "--quiet").err == ""


def test_a_key_file_that_holds_too_much(run: Run, folder: Path) -> None:
    (folder / "key").write_text("k" * 5000)
    done = run("status", "a", "--api-key-file", "key")
    assert (done.code, done.err) == (2, "Error: the key file key is too long for a key\n")


def test_a_fifo_keeps_no_results(run: Run, folder: Path) -> None:
    os.mkfifo(folder / "fifo")
    assert "is not a file" in run("wait", "a", "-o", "fifo").err


@pytest.mark.parametrize(("key", "shown"), [("sk-a-long-secret", "***"), ("key", "KEY")])
def test_debug_shows_the_traceback_without_the_key(run: Run, key: str, shown: str) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise KeyError(f"a cause with {key.upper()}")

    done = run("status", "a", "--debug", transport=httpx.MockTransport(fail), JIMMYAI_API_KEY=key)
    assert done.code == 4
    assert "Traceback (most recent call last):" in done.err
    assert f"a cause with {shown}" in done.err.splitlines()[-1]


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (ModuleNotFoundError(name="ruamel"), 2, "this needs ruamel: pip install 'jimmy-ai-openapi-client[cli]'"),
        (KeyError("x"), 70, "this is a bug, please report it with what --debug shows: KeyError: 'x'"),
    ],
)
def test_errors_of_the_program(error: Exception, code: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(error, Session()) == code
    assert capsys.readouterr().err == f"Error: {said}\n"
