"""The contract with the shell, kept by real processes: pipes, exit codes, signals."""

import json
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from jimmy_ai_openapi_client.sdk.mock import MockService

from .shell import COMMAND, ended, environment, started


def bash(url: str, script: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a script in which `jimmy` is the command; a pipe fails if any of its parts does."""
    script = f'set -o pipefail\njimmy() {{ {" ".join(COMMAND)} "$@"; }}\n{script}'
    return subprocess.run(
        ["bash", "-c", script, "bash", *words], env=environment(url), capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("command", ["status a", "batch a nope", "wait a"])
def test_a_reader_of_a_table_that_has_enough(url: str, command: str) -> None:
    done = bash(url, f"jimmy {command} --table | true")
    assert (done.stderr, done.returncode) == ("", 141)


def test_a_reader_that_has_enough(url: str, api: MockService) -> None:
    ids = [f"id{number}" for number in range(4000)]
    api.add(*ids)
    done = bash(url, 'printf "%s\\n" "$@" | jimmy batch - | head -1', *ids)
    assert (json.loads(done.stdout)["id"], done.stderr, done.returncode) == ("id0", "", 141)


def test_a_reader_that_has_enough_ends_a_wait_at_its_next_look(url: str) -> None:
    done = bash(url, "jimmy wait a never | head -1")
    assert (json.loads(done.stdout)["id"], done.stderr, done.returncode) == ("a", "", 141)


@pytest.mark.wire
def test_one_ctrl_c_is_enough_with_requests_under_way() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        with started(url, "wait", "a", "b", "--batch-size=1", "--attempt-timeout=2") as process:
            held = [deaf.accept()[0] for _ in "ab"]
            process.send_signal(signal.SIGINT)
            code, out, err = ended(process)
        for connection in held:
            connection.close()
    assert (code, out, err.splitlines()[1:]) == (130, "", ["Interrupted"])


def test_a_wait_killed_without_a_warning_is_resumed(url: str, api: MockService, tmp_path: Path) -> None:
    file = tmp_path / "results.jsonl"
    words = ("wait", "a", "never", "b", "-o", file)
    with started(url, *words) as process:
        while not (file.exists() and file.read_bytes().count(b"\n") == 2):
            assert process.poll() is None
        with started(url, *words) as other:
            code, _, err = ended(other)
        assert (code, "another wait is writing to it" in err) == (2, True)
        process.kill()
        process.wait()
    with file.open("ab") as torn:
        torn.write(b'{"id": "nev')
    api.add("never")
    api.requests.clear()
    with started(url, *words) as process:
        code, out, err = ended(process)
    assert (code, out) == (0, "")
    assert err.startswith(f"{file} has 2 of 3 already\n3 active after ")
    assert [json.loads(one)["id"] for one in file.read_text().splitlines()] == ["a", "b", "never"]
    assert [request.body for request in api.requests] == [{"asset_ids": ["never"]}]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk(url: str) -> None:
    done = bash(url, "jimmy status a > /dev/full")
    assert (done.returncode, done.stderr) == (2, "Error: No space left on device\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize(
    ("command", "code"),
    [("batch a", 0), ("wait a", 0), ("wait never --timeout 0", 5), ("batch", 2), ("status a --base-url nonsense", 2)],
)
def test_an_exit_code_does_not_depend_on_stderr(url: str, command: str, code: int) -> None:
    assert bash(url, f"jimmy {command} 2> /dev/full").returncode == code


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_nor_does_a_warning(url: str, api: MockService) -> None:
    api.fault.unknown_status()
    assert bash(url, "jimmy wait a --timeout 0 2> /dev/full").returncode == 5
    assert bash(url, "jimmy wait a --timeout 1s").returncode == 0


def test_somebody_else_s_file_without_a_last_line_break(url: str, tmp_path: Path) -> None:
    file = tmp_path / "orders.json"
    file.write_text('{"id": "order-17", "total": 99.5}')
    done = bash(url, 'jimmy wait a -o "$1"', str(file))
    assert (done.returncode, file.read_text()) == (2, '{"id": "order-17", "total": 99.5}')
    assert "line 1: not a result of a wait" in done.stderr


def test_numbers_beyond_any_list(url: str) -> None:
    assert bash(url, f"jimmy batch a --batch-size {1 << 62} --concurrency {1 << 62}").returncode == 0


def test_closed_streams(url: str) -> None:
    for words, said in (("<&-", "stdin is closed"), ("0>/dev/null", "stdin: Bad file descriptor")):
        done = bash(url, f"jimmy batch - {words}")
        assert (done.returncode, done.stderr) == (2, f"Error: {said}\n")
    assert bash(url, "jimmy batch a nope >&- 2>&-").returncode == 1
    assert bash(url, "jimmy wait a 2>&-").returncode == 0


def test_a_terminal_of_another_encoding(url: str, api: MockService) -> None:
    api.add("肖像", name="名", polls=0)
    script = "PYTHONIOENCODING=ascii jimmy batch 肖像"
    assert json.loads(bash(url, script).stdout)["name"] == "名"
    assert r"\u8096" in bash(url, f"{script} --table").stdout
