"""One fixture lets a test of the clients run on threads and on asyncio."""

import asyncio
import inspect
import signal
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, ExitStack
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
    """A client whose coroutines and async iterators are run where they are called."""

    def __init__(self, target: Any, runner: asyncio.Runner) -> None:
        self.target, self._runner = target, runner

    def __getattr__(self, name: str) -> Any:
        return self._plain(getattr(self.target, name))

    def _plain(self, value: Any) -> Any:
        if inspect.ismethod(value):
            return lambda *args, **kwargs: self._plain(value(*args, **kwargs))
        if inspect.iscoroutine(value):
            return self._plain(self._runner.run(value))
        if inspect.isasyncgen(value):
            return self._stepped(value)
        return Face(value, self._runner) if type(value).__name__.endswith(("RealPerson", "JimmyAI")) else value

    def _stepped(self, generator: Any) -> Iterator[Any]:
        try:
            while True:
                try:
                    yield self._runner.run(anext(generator))
                except StopAsyncIteration:
                    return
        finally:
            self._runner.run(generator.aclose())


Connect = Callable[..., Any]


@pytest.fixture(params=["threads", "asyncio"])
def connect(request: pytest.FixtureRequest) -> Iterator[Connect]:
    """`connect(**options)` gives a JimmyAI, or an AsyncJimmyAI that is called in the same way; closed at the end."""
    with asyncio.Runner() as runner, ExitStack() as stack:
        closing = AsyncExitStack()

        def make(**options: Any) -> Any:
            options = {"api_key": "sk-test", **options}
            if request.param == "threads":
                return stack.enter_context(JimmyAI(**options))
            client = AsyncJimmyAI(**options)
            closing.push_async_exit(client)
            return Face(client, runner)

        yield make
        runner.run(closing.aclose())
