"""`jimmy-ai mock` and `jimmy-ai demo`."""

import asyncio
import os
import re
import signal
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from jimmy_ai_openapi_client import APIConnectionError, JimmyAI, JimmyAIError
from jimmy_ai_openapi_client.sdk.cli.demo import SPEED, FastClock
from jimmy_ai_openapi_client.sdk.cli.serving import CAST
from jimmy_ai_openapi_client.sdk.mock import FakeClock

from .conftest import Done, Run
from .shell import ended, line, started


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def served(run: Run, port: int, number: signal.Signals, *words: object) -> tuple[Done, dict[str, str]]:
    """What the mock left behind, and what it knew, after a client has asked and a signal has come."""
    known: dict[str, str] = {}
    over = threading.Event()

    def ask() -> None:
        ids = [*CAST["assets"], "mine"]
        with JimmyAI(api_key="sk-mock", base_url=f"http://127.0.0.1:{port}", max_retries=0) as jimmy:
            while not (known or over.wait(0.02)):
                with suppress(APIConnectionError):  # until it listens
                    known.update({one: asset.status for one, asset in jimmy.real_person.batch_status(ids).items()})
        if not over.is_set():
            os.kill(os.getpid(), number)

    client = threading.Thread(target=ask)
    client.start()
    done = run("mock", "--port", port, *words, client={"clock": FakeClock()})
    over.set()
    client.join()
    return done, known


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_mock_is_served_until_a_signal(run: Run, port: int, number: signal.Signals) -> None:
    done, known = served(run, port, number)
    assert (done.code, done.out) == (0, f"http://127.0.0.1:{port}\n")
    assert known["portrait-1"] == "Active"
    assert list(known) == list(CAST["assets"])
    assert f"export JIMMYAI_BASE_URL=http://127.0.0.1:{port} JIMMYAI_API_KEY=sk-mock\n" in done.err
    assert re.search(r"^POST \S+/batch-status .*HTTP 200, code 0", done.err, re.MULTILINE)


def test_a_scenario(run: Run, port: int, tmp_path: Path) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_text("assets: {mine: {polls: 0, outcome: Failed}}\n")
    done, known = served(run, port, signal.SIGTERM, "--scenario", file, "--seed", 7, "--quiet")
    assert (done.code, known, "export" in done.err) == (0, {"mine": "Failed"}, False)


def test_a_scenario_that_is_wrong(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_text("assets: {mine: {loks: 0}}\n")
    wrong = run("mock", "--scenario", file)
    assert (wrong.code, wrong.out, len(wrong.err.splitlines())) == (2, "", 1)
    assert "loks" in wrong.err
    gone = run("mock", "--scenario", tmp_path / "none.yaml")
    assert (gone.code, gone.err) == (2, f"Error: {tmp_path / 'none.yaml'}: No such file or directory\n")


def test_a_port_that_is_taken(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("mock", "--port", port)
    assert (done.code, done.err.startswith(f"Error: port {port}: ")) == (2, True)


def test_a_mock_in_a_process_of_its_own() -> None:
    with started("", "mock") as mock:
        url = line(mock.stdout).decode().strip()
        with started(url, "status", "portrait-1") as client:
            assert ended(client)[0] == 0
        mock.send_signal(signal.SIGTERM)
        code, out, err = ended(mock)
    assert (code, out, "Traceback" in err) == (0, "", False)
    with pytest.raises(JimmyAIError), JimmyAI(api_key="sk-mock", base_url=url, max_retries=0) as jimmy:
        jimmy.real_person.status("portrait-1")


def test_the_demo_tells_the_whole_story(run: Run) -> None:
    done = run("demo", JIMMYAI_API_KEY=None)
    assert done.code == 0
    assert re.findall(r"^# exit code (\d)", done.out, re.MULTILINE) == ["0", "5", "1"]
    last = done.out.split("$ jimmy-ai wait")[1]
    assert re.findall(r"^[✓✗] +(\S+) +(\S+)", last, re.MULTILINE) == [
        ("portrait-1", "Active"),
        ("肖像-张伟", "Active"),
        ("portrait-3", "Failed"),
        ("portrait-4", "Active"),
    ]
    assert "InternalServerError (HTTP 200, code -1), attempt 1, again in" in done.err
    assert "POST" not in done.err
    assert "3 active, 1 failed after 0:" in done.err


def test_the_demo_on_a_terminal_has_a_bar(run: Run) -> None:
    assert "━" in run("demo", terminal=True).out


def test_the_demo_can_be_interrupted(run: Run) -> None:
    class Interrupting(FakeClock):
        def sleep(self, seconds: float) -> None:
            signal.raise_signal(signal.SIGINT)

    done = run("demo", client={"clock": Interrupting()})
    assert (done.code, done.out.count("$ jimmy-ai")) == (130, 1)


def test_a_fast_clock() -> None:
    clock = FastClock()
    before, after = time.monotonic(), clock.now() / SPEED
    assert before <= after <= time.monotonic()
    clock.sleep(0)
    asyncio.run(clock.asleep(0))
