"""How a command ends when something is wrong: one line, an exit code, and no key."""

from pathlib import Path

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import MockService

from .conftest import KEY, Run


def answering(*answers: httpx.Response) -> httpx.MockTransport:
    return httpx.MockTransport(lambda request: answers[0])


@pytest.mark.parametrize(
    ("status", "code", "exit_code", "hint"),
    [
        (200, 20001, 3, "Check the key in JIMMYAI_API_KEY or --api-key-file"),
        (200, 20002, 3, "Check the ids that were sent"),
        (200, 30000, 3, ""),
        (403, 0, 3, "Check what the key may do"),
        (404, 0, 3, "Check --base-url and the ids"),
        (302, 0, 3, ""),
        (429, 0, 4, "a higher --batch-size, a lower --concurrency"),
        (500, 0, 4, "Try again later"),
        (200, -1, 4, "Try again later"),
    ],
)
def test_what_the_service_says(run: Run, status: int, code: int, exit_code: int, hint: str) -> None:
    transport = answering(httpx.Response(status, json={"code": code, "msg": "余额不足\x1b[2J"}))
    done = run("status", "a", "--max-retries", 0, client={"transport": transport})
    assert (done.code, done.out) == (exit_code, "")
    assert len(done.err.splitlines()) == 1
    assert hint in done.err
    assert done.err[:-1].isprintable()


def test_no_usable_answer(run: Run) -> None:
    done = run("status", "a", client={"transport": answering(httpx.Response(200, html="<p>Hello"))})
    assert (done.code, "check --base-url" in done.err) == (4, True)


@pytest.mark.parametrize("raised", [httpx.ConnectError("refused"), httpx.ReadTimeout("late")])
def test_no_answer(run: Run, raised: Exception) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise raised

    done = run("status", "a", client={"transport": httpx.MockTransport(answer)})
    assert (done.code, "JimmyAI(" in done.err, len(done.err.splitlines())) == (4, False, 1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--foo"], "--foo"),
        (["foo"], "'foo'"),
        (["status"], "Missing argument 'ID'"),
        (["status", "a", "b"], "unexpected extra argument"),
        (["status", "a", "--max-retries=-1"], "--max-retries"),
        (["batch", "a", "--batch-size=0"], "--batch-size"),
        (["wait", "a", "--on-failure=maybe"], "--on-failure"),
    ],
)
def test_usage(run: Run, mock: MockService, words: list[str], said: str) -> None:
    done = run(*words)
    assert (done.code, done.out, mock.requests, len(done.err.splitlines())) == (2, "", [], 1)
    assert said in done.err
    assert done.err.endswith(" --help\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--base-url", "http://example.com"], "use https, or add --allow-http"),
        (["--base-url", "https://u:p@example.com"], "the base URL must not hold a user name or password\n"),
        (["--base-url", "nonsense"], "the base URL must look like https://"),
        (["--timeout", "-1"], "timeout must be a finite number of seconds above 0"),
    ],
)
def test_settings(run: Run, words: list[str], said: str) -> None:
    done = run("status", "a", *words)
    assert (done.code, said in done.err, "_" in done.err.split("Error")[1]) == (2, True, False)


def test_plain_http_when_told(run: Run, mock: MockService) -> None:
    mock.add("a")
    assert run("status", "a", "--base-url", "http://example.com", "--allow-http").code == 0


@pytest.mark.parametrize("key", [None, "", "  "])
def test_no_key(run: Run, key: str | None) -> None:
    done = run("status", "a", JIMMYAI_API_KEY=key)
    assert (done.code, done.err) == (2, "Error: no API key: set JIMMYAI_API_KEY, or use --api-key-file FILE\n")


def test_a_key_from_a_file_outranks_the_environment(run: Run, mock: MockService, tmp_path: Path) -> None:
    mock.add("a")
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n")
    assert run("status", "a", "--api-key-file", file, JIMMYAI_API_KEY="sk-wrong").code == 0
    assert run("status", "a", JIMMYAI_API_KEY="sk-wrong").code == 3


@pytest.mark.parametrize("content", ["", "sk-one\nsk-two\n", "Bearer sk-one", "schlüssel", "\xff"])
def test_a_file_that_holds_no_key(run: Run, tmp_path: Path, content: str) -> None:
    file = tmp_path / "key"
    file.write_text(content)
    done = run("status", "a", "--api-key-file", file)
    assert (done.code, len(done.err.splitlines()), "sk-" in done.err) == (2, 1, False)


def test_a_key_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    done = run("status", "a", "--api-key-file", tmp_path / "none")
    assert (done.code, done.err) == (2, f"Error: the key file {tmp_path / 'none'}: No such file or directory\n")


@pytest.mark.parametrize("command", ["status", "batch", "wait"])
@pytest.mark.parametrize(
    "words", [["--api-key", "sk-secret"], ["--api-key=sk-secret"], ["--apikey=sk-secret"], ["-ksk-secret"]]
)
def test_a_key_as_an_argument_is_refused_and_not_echoed(run: Run, command: str, words: list[str]) -> None:
    done = run(command, "a", *words)
    assert (done.code, "secret" in done.err + done.out) == (2, False)
    assert ("ps, the shell's history" in done.err) == words[0].startswith("--api-key")


def test_debug_shows_requests_and_the_traceback_but_no_key(run: Run) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        try:
            raise KeyError(f"the cause has {KEY}")
        except KeyError:
            raise RuntimeError(request.headers["authorization"]) from ValueError(KEY)

    done = run("status", "a", "--debug", client={"transport": httpx.MockTransport(answer)})
    assert done.code == 4
    assert "Traceback (most recent call last):" in done.err.splitlines()
    assert KEY not in done.err
    assert "RuntimeError: Bearer ***" in done.err


def test_debug_shows_retries(run: Run) -> None:
    done = run("status", "a", "--debug", client={"transport": answering(httpx.Response(503))})
    assert len(done.err.split("attempt 2, again in")) == 2
    assert "InternalServerError" in done.err
    quiet = run("status", "a", client={"transport": answering(httpx.Response(503))})
    assert len(quiet.err.splitlines()) == 1
