"""The command in this process, on the mock and a clock that waits for nobody."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def mock(clock: FakeClock) -> MockService:
    return MockService(api_key=KEY, clock=clock, polls=0)


@dataclass
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """The lines of stdout, which must be JSON."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def by_id(self) -> dict[str, Any]:
        """The status of every id on stdout, which has each once."""
        assert len({one["id"] for one in self.lines}) == len(self.lines)
        return {one["id"]: one["status"] for one in self.lines}


Run = Callable[..., Done]


@pytest.fixture
def run(mock: MockService, clock: FakeClock) -> Run:
    """`run("status", "id1", terminal=True, stdin=..., width=80, client={...}, **environment)`."""

    def call(
        *words: object,
        terminal: bool | None = None,
        stdin: str | bytes | None = None,
        width: int = 80,
        client: dict[str, Any] | None = None,
        **environment: str | None,
    ) -> Done:
        session = Session(client={"transport": mock.transport, "clock": clock, **(client or {})}, terminal=terminal)
        done = CliRunner().invoke(
            app,
            [str(word) for word in words],
            prog_name="jimmy-ai",
            obj=session,
            input=stdin,
            env={"COLUMNS": str(width), **environment},
        )
        return Done(done.exit_code, done.stdout, done.stderr)

    return call
