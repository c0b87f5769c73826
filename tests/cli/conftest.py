"""The command in this process, on the mock and a clock that waits for nobody."""

import json
import math
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from jimmy_ai_openapi_client.sdk.cli.app import app
from jimmy_ai_openapi_client.sdk.cli.session import Session
from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService

KEY = "sk-mock"


@pytest.fixture(autouse=True)
def _own_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the terminal the tests run in reaches the command."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("JIMMYAI_API_KEY", KEY)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with nothing in it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def mock(clock: FakeClock) -> MockService:
    return MockService(api_key=KEY, clock=clock, polls=0)


def statuses(lines: str) -> dict[str, str | None]:
    """The status of every id in lines of JSON, which have each once."""
    records = [json.loads(line) for line in lines.splitlines()]
    found = {one["id"]: one["status"] for one in records}
    assert len(found) == len(records)
    return found


@dataclass
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


class Stopping(FakeClock):
    """A signal comes in the first pause."""

    def __init__(self, number: signal.Signals) -> None:
        super().__init__()
        self._number = number

    def sleep(self, seconds: float) -> None:
        if seconds:
            signal.raise_signal(self._number)


@pytest.fixture
def run(mock: MockService, clock: FakeClock) -> Run:
    """`run("status", "id1", terminal=True, stdin=..., transport=..., **environment)`."""

    def call(
        *words: object,
        terminal: bool | None = None,
        stdin: str | bytes | None = None,
        clock: FakeClock = clock,
        transport: httpx.MockTransport = mock.transport,
        **environment: str | None,
    ) -> Done:
        session = Session(client={"transport": transport, "clock": clock}, terminal=terminal)
        around: Any = {"obj": session, "input": stdin, "env": {"COLUMNS": "80", **environment}}
        done = CliRunner().invoke(app, [str(word) for word in words], prog_name="jimmy-ai", **around)
        return Done(done.exit_code, done.stdout, done.stderr)

    return call


@pytest.fixture
def api() -> MockService:
    """What is served to commands that are processes of their own."""
    mock = MockService(api_key=KEY, polls=0)
    mock.add("a", "b", "肖像")
    mock.add("never", polls=math.inf)
    return mock


@pytest.fixture
def url(api: MockService) -> Iterator[str]:
    with api.serve() as server:
        yield server.base_url
