"""`jimmy-ai wait`, its results on stdout."""

import math
import signal
from pathlib import Path

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService

from .conftest import Run, Stopping


def test_each_result_once_as_it_becomes_final(run: Run, mock: MockService) -> None:
    mock.add("slow", seconds=60)
    mock.add("failed", seconds=20, outcome="Failed")
    mock.add("done")
    done = run("wait", "slow", "nope", "failed", "done")
    assert done.code == 1
    assert list(done.by_id.items()) == [("done", "Active"), ("nope", None), ("failed", "Failed"), ("slow", "Active")]
    assert done.err.startswith("2 active, 1 failed, 1 missing after 0:01:")


def test_an_id_is_named_as_it_was_asked_for(run: Run, mock: MockService) -> None:
    """Even where two ids asked for are one asset to the service."""
    mock.add("a1", official_id="o1")
    mock.add("a2", official_id="o2")
    done = run("wait", "o1", "a2", "o2", "--batch-size=1")
    assert [(one["id"], one["asset_id"]) for one in done.lines] == [("o1", "a1"), ("a2", "a2"), ("o2", "a2")]


@pytest.mark.parametrize(
    ("text", "seconds"), [("7", 7), ("90s", 90), ("1.5m", 90), ("0h10m", 600), ("1h30m", 5400), ("0", 0)]
)
def test_the_deadline(run: Run, mock: MockService, clock: FakeClock, text: str, seconds: float) -> None:
    mock.add("a", polls=math.inf)
    mock.add("b")
    done = run("wait", "a", "b", "--timeout", text)
    assert (done.code, done.by_id) == (5, {"b": "Active"})
    assert clock.now() == pytest.approx(seconds, abs=5)
    summary, error = done.err.splitlines()
    assert summary.startswith("1 active, 1 pending after ")
    assert error.startswith("Error: 1 of 2 assets active, 1 pending ('a') after")
    assert error.endswith("Run it again, or raise --timeout")


def test_trouble_that_stays_keeps_what_is_known(run: Run, mock: MockService) -> None:
    mock.add("a")
    mock.add("b", polls=5)
    done = run("wait", "a", "b", answers=[None, None, None, httpx.Response(503)])
    assert (done.code, done.by_id) == (4, {"a": "Active"})
    assert "1 active, 1 pending after" in done.err
    assert "HTTP 503" in done.err.splitlines()[-1]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_keeps_what_is_known(run: Run, mock: MockService, number: signal.Signals, code: int) -> None:
    mock.add("a")
    mock.add("b", polls=math.inf)
    before = signal.getsignal(number)
    done = run("wait", "a", "b", clock=Stopping(number))
    assert (done.code, done.by_id) == (code, {"a": "Active"})
    assert done.err.startswith("1 active, 1 pending after 0:00:")
    assert done.err.splitlines()[1:] == ["Interrupted" if number == signal.SIGINT else "Terminated"]
    assert signal.getsignal(number) is before


def test_an_unknown_status_is_waited_for_and_told(run: Run, mock: MockService) -> None:
    mock.add("a", outcome="Reviewing")
    done = run("wait", "a", "--timeout", "10")
    assert (done.code, done.err.count("unknown status 'Reviewing', taken as not final")) == (5, 1)
    quiet = run("wait", "a", "--timeout", "10", "--quiet")
    assert quiet.err.startswith("Error: ")
    assert len(quiet.err.splitlines()) == 1


def test_a_gateway_says_nothing_of_an_id(run: Run, tmp_path: Path) -> None:
    """Its 400 is neither shown nor kept as a status; the id is asked for again the next time."""
    file = tmp_path / "results.jsonl"
    done = run("wait", "a", "-o", file, answers=[httpx.Response(400, text="<html>")])
    assert (done.code, done.out) == (3, "")
    assert file.read_text("utf-8") == ""
