"""How a command ends when something is wrong: one line, an exit code, and no key."""

from pathlib import Path

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import MockService

from .conftest import KEY, Run


def test_plain_http_when_told(run: Run, mock: MockService) -> None:
    mock.add("a")
    assert run("status", "a", "--base-url", "http://example.com", "--allow-http").code == 0


@pytest.mark.parametrize(
    ("answer", "exit_code", "hint"),
    [
        (httpx.Response(200, json={"code": 20001, "msg": "余额不足\x1b[2J"}), 3, "JIMMYAI_API_KEY or --api-key-file"),
        (httpx.Response(400, html=""), 3, "Check the ids"),
        (httpx.Response(403), 3, "Check the permissions of the key"),
        (httpx.Response(404), 3, "Check --base-url and the ids"),
        (httpx.Response(302), 3, ""),
        (httpx.Response(429), 4, "Raise --batch-size or lower --concurrency"),
        (httpx.Response(500), 4, "Try again later"),
        (httpx.Response(200, html="<p>Hello"), 4, "Check --base-url"),
        (httpx.ConnectError("refused"), 4, "--base-url"),
        (httpx.ReadTimeout("late"), 4, "raise --attempt-timeout"),
        (httpx.RemoteProtocolError("Disconnected."), 4, "Disconnected. Check the network"),
    ],
)
def test_trouble_is_one_line(run: Run, answer: httpx.Response | Exception, exit_code: int, hint: str) -> None:
    done = run("status", "a", "--max-retries", 0, answers=[answer])
    assert (done.code, done.out, len(done.err.splitlines())) == (exit_code, "", 1)
    assert hint in done.err
    assert done.err[:-1].isprintable()
    assert ".." not in done.err


@pytest.mark.parametrize("key", [None, "", "  "])
def test_no_key(run: Run, key: str | None) -> None:
    done = run("status", "a", JIMMYAI_API_KEY=key)
    assert (done.code, done.err) == (2, "Error: no API key: set JIMMYAI_API_KEY, or use --api-key-file FILE\n")


@pytest.mark.parametrize("content", [f"{KEY}\n", f"\ufeff{KEY}\r\n"], ids=["plain", "with a BOM"])
def test_a_key_file_outranks_the_environment(run: Run, mock: MockService, tmp_path: Path, content: str) -> None:
    mock.add("a")
    file = tmp_path / "key"
    file.write_text(content, "utf-8")
    file.chmod(0o600)
    done = run("status", "a", "--api-key-file", "~/key", JIMMYAI_API_KEY="sk-wrong", HOME=str(tmp_path))
    assert (done.code, done.err) == (0, "")
    assert run("status", "a", JIMMYAI_API_KEY="sk-wrong").code == 3


def test_a_key_file_that_others_can_read(run: Run, mock: MockService, tmp_path: Path) -> None:
    mock.add("a")
    file = tmp_path / "key"
    file.write_text(KEY)
    file.chmod(0o640)
    done = run("status", "a", "--api-key-file", file)
    assert (done.code, done.err) == (0, f"Warning: other users can read the key file {file}; run chmod 600 on it\n")
    assert run("status", "a", "--api-key-file", file, "--quiet").err == ""


@pytest.mark.parametrize("key", ["sk-a-long-secret", "key"])
def test_debug_shows_the_traceback_without_the_key(run: Run, key: str) -> None:
    done = run("status", "a", "--debug", JIMMYAI_API_KEY=key, answers=[KeyError(f"a cause with {key.upper()}")])
    assert done.code == 4
    assert "Traceback (most recent call last):" in done.err
    assert f"a cause with {'***' if len(key) >= 8 else key.upper()}" in done.err.splitlines()[-1]
