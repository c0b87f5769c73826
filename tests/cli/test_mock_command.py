"""`jimmy-ai mock` and `jimmy-ai demo`."""

import json
import os
import re
import signal
import subprocess
import time
from contextvars import copy_context
from pathlib import Path
from threading import Event

import pytest

from jimmy_ai_openapi_client import JimmyAI
from jimmy_ai_openapi_client.sdk.cli.mock import SPEED, FastClock
from jimmy_ai_openapi_client.sdk.clock import cancelled

from .conftest import Run, Stopping
from .shell import ended, line, started

BEHIND_A_PROXY = {"PATH": os.environ["PATH"], "http_proxy": "http://127.0.0.1:9"}


def test_the_demo_tells_the_whole_story(run: Run) -> None:
    done = run("demo", JIMMYAI_API_KEY=None)
    assert done.code == 0
    assert re.findall(r"^# exit code (\d)", done.out, re.MULTILINE) == ["0", "5", "1"]
    last = done.out.split("$ jimmy-ai wait")[1]
    rows = dict(re.findall(r"^[✓✗] +(\S+) +(\S+)", last, re.MULTILINE))
    assert rows == {"portrait-1": "Active", "肖像-张伟": "Active", "portrait-3": "Failed", "portrait-4": "Active"}
    assert "InternalServerError (HTTP 200, code -1), attempt 1, again in" in done.err
    assert "POST" not in done.err
    assert "3 active, 1 failed after 0:00:" in done.err


class Asked(Event):
    """Is waited for by no one: it keeps for how long somebody would have."""

    seconds: float | None = None

    def wait(self, timeout: float | None = None) -> bool:
        self.seconds = timeout
        return False


def test_the_time_of_the_demo_runs_fast() -> None:
    clock, event = FastClock(), Asked()
    earlier, now, later = time.monotonic(), clock.now(), time.monotonic()
    assert SPEED * earlier <= now <= SPEED * later
    context = copy_context()
    context.run(cancelled.set, event)
    context.run(clock.sleep, 4.0)
    assert event.seconds == 4.0 / SPEED


def test_the_demo_can_be_interrupted(run: Run) -> None:
    done = run("demo", clock=Stopping(signal.SIGINT))
    assert (done.code, done.out.count("$ jimmy-ai")) == (130, 1)


@pytest.mark.wire
@pytest.mark.parametrize("quiet", [False, True])
def test_a_mock_answers_though_nobody_reads_its_lines(quiet: bool) -> None:
    with started("", "mock", *["--quiet"] * quiet) as mock:
        url = line(mock.stdout).decode().strip()
        if not quiet:
            assert all(line(mock.stderr) for _ in range(3))
        assert mock.stderr
        mock.stderr.close()
        with JimmyAI(api_key="sk-mock", base_url=url, httpx_args={"trust_env": False}) as jimmy:
            assert jimmy.real_person.status("portrait-1").is_active
            assert jimmy.real_person.status("portrait-1").is_active
        mock.send_signal(signal.SIGINT)
        assert mock.wait() == 0


@pytest.mark.wire
def test_quiet_keeps_the_lines_of_requests_back() -> None:
    with started("", "mock", "--quiet") as mock:
        url = line(mock.stdout).decode().strip()
        with JimmyAI(api_key="sk-mock", base_url=url, httpx_args={"trust_env": False}) as jimmy:
            jimmy.real_person.status("portrait-1")
        mock.send_signal(signal.SIGINT)
        assert ended(mock) == (0, "", "")


@pytest.mark.wire
@pytest.mark.parametrize(("number", "first"), [(signal.SIGINT, "portrait-1"), (signal.SIGTERM, "mine")])
def test_a_mock_is_served_until_a_signal(number: signal.Signals, first: str, tmp_path: Path) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_text("assets: {mine: {seconds: 0, outcome: Failed}}\n")
    with started("", "mock", *(["--scenario", file] if first == "mine" else [])) as mock:
        url = line(mock.stdout).decode().strip()
        serving, variables, curl = (line(mock.stderr).decode() for _ in range(3))
        pasted = subprocess.run(curl, shell=True, capture_output=True, check=True, env=BEHIND_A_PROXY)
        with started(url, "mock", "--port", url.rpartition(":")[2]) as second:
            assert ended(second)[0] == 2
        mock.send_signal(number)
        code, rest, err = ended(mock)
    assert (code, rest, "Traceback" in err) == (0, "", False)
    assert variables == f"  export JIMMYAI_BASE_URL={url} JIMMYAI_API_KEY=sk-mock\n"
    assert first in serving
    assert json.loads(pasted.stdout)["data"]["asset_id"] == first
    assert re.search(r"^POST \S+/status .*HTTP 200, code 0", err, re.MULTILINE)
