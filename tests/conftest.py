"""One fixture lets a test of the clients run on threads and on asyncio."""

import asyncio
import inspect
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from jimmy_ai_openapi_client import AsyncJimmyAI, JimmyAI

PROXIES = [name for word in ("HTTP", "HTTPS", "ALL", "NO") for name in (f"{word}_PROXY", f"{word.lower()}_proxy")]


# A script's shell lets what it runs in the background, and all that starts, ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the machine's key, address or proxies reaches a test."""
    for name in [*PROXIES, "JIMMYAI_API_KEY", "JIMMYAI_BASE_URL"]:
        monkeypatch.delenv(name, raising=False)


class Face:
    """A client; coroutines and async iterators are run where they are called."""

    def __init__(self, target: Any, runner: asyncio.Runner) -> None:
        self.target, self.runner = target, runner

    def __getattr__(self, name: str) -> Any:
        return self.plain(getattr(self.target, name))

    def plain(self, value: Any) -> Any:
        if inspect.ismethod(value):
            return lambda *args, **kwargs: self.plain(value(*args, **kwargs))
        if inspect.iscoroutine(value):
            return self.plain(self.runner.run(value))
        if inspect.isasyncgen(value):
            return self._stepped(value)
        return Face(value, self.runner) if type(value).__name__.endswith(("RealPerson", "JimmyAI")) else value

    def _stepped(self, generator: Any) -> Iterator[Any]:
        try:
            while True:
                try:
                    yield self.runner.run(anext(generator))
                except StopAsyncIteration:
                    return
        finally:
            self.runner.run(generator.aclose())


ON_THE_WIRE = {"server", "served", "url", "browser", "page"}
"""Fixtures that open a socket or start a process."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what runs over a socket because of a fixture, or of a parameter that says so."""
    for item in items:
        parameters = getattr(item, "callspec", None)
        values = parameters.params.values() if parameters else ()
        if ON_THE_WIRE.intersection(getattr(item, "fixturenames", ())) or "served" in map(str, values):
            item.add_marker("wire")


Connect = Callable[..., Any]


@pytest.fixture(params=["threads", "asyncio"])
def way(request: pytest.FixtureRequest) -> str:
    """Which of the two clients `connect` gives."""
    return str(request.param)


@pytest.fixture
def connect(way: str) -> Iterator[Connect]:
    """`connect(**options)` gives a client of either kind, called in the same way; it is closed at the end."""
    kind = JimmyAI if way == "threads" else AsyncJimmyAI
    with asyncio.Runner() as runner, ExitStack() as stack:

        def make(**options: Any) -> Any:
            client = Face(kind(**{"api_key": "sk-test", **options}), runner)
            stack.callback(client.close)
            return client

        yield make


# Not for the test runs that tests start.
SKIPPED = os.environ.pop("SKIPPED", None)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Leave in the file that SKIPPED names what was not tested, and why: `make test` ends with it."""
    if SKIPPED:
        skipped = Counter(str(report.longrepr[-1]) for report in terminalreporter.stats.get("skipped", ()))
        lines = [f"not tested: {reason.removeprefix('Skipped: ')} ({n} tests)" for reason, n in skipped.items()]
        Path(SKIPPED).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
