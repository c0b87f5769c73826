"""The command in this process, on the mock and a clock that waits for nobody."""

import json
import math
import signal
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, repeat
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
    """`run("status", "id1", terminal=True, stdin=..., answers=[...], **environment)`.

    Requests meet the `answers` one after the other, the last again and again; None is the answer of the mock.
    Or a `handler` answers them all.
    """

    def call(
        *words: object,
        terminal: bool | None = None,
        stdin: str | bytes | None = None,
        clock: FakeClock = clock,
        answers: Iterable[httpx.Response | Exception | None] = (),
        handler: Callable[[httpx.Request], httpx.Response] | None = None,
        **environment: str | None,
    ) -> Done:
        *first, last = answers or [None]
        script = chain(first, repeat(last))

        def answer(request: httpx.Request) -> httpx.Response:
            given = next(script)
            if isinstance(given, Exception):
                raise given
            return given or mock.answer(request)

        session = Session(
            client={"transport": httpx.MockTransport(handler or answer), "clock": clock}, terminal=terminal
        )
        done = CliRunner().invoke(
            app,
            [str(word) for word in words],
            prog_name="jimmy-ai",
            obj=session,
            input=stdin,
            env={"COLUMNS": "80", **environment},
        )
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
