"""Requests, and what the mock answers and records: the examples of this folder.

`tests/contract` shows for every operation of the packaged spec that what it allows is taken, and all else refused.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService, RecordedRequest

from ..examples import examples, fits, raw
from .helpers import BATCH, GROWTH, KEY, SITE, STATUS


@dataclass(kw_only=True)
class Setting:
    """A scenario, and a mock with these options; the spec `growth` is the file of that name."""

    mock: dict[str, Any] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(kw_only=True)
class Step:
    """A request, what happens before it, and what must come of it. In texts `…` stands for anything on a line."""

    mock: dict[str, Any] = field(default_factory=dict)
    """A scenario that is loaded before."""
    sleep: float = 0
    """How long before."""

    one: str | None = None
    """An id to query alone,"""
    several: list[str] | None = None
    """or ids to query together,"""
    ask: str = ""
    """or a method and a path;"""
    send: dict[str, Any] = field(default_factory=dict)
    """with these arguments for httpx."""

    status: int = 200
    headers: dict[str, str | None] = field(default_factory=dict)
    """Some headers of the answer."""
    answer: Any = None
    """The JSON or the text of the answer,"""
    data: dict[str, Any] | None = None
    """or some of its data,"""
    items: list[dict[str, Any]] | None = None
    """or each of its items, as id and status."""
    raises: str = ""
    """Or what httpx raises instead."""
    now: float | None = None
    """The time afterwards."""
    seen: dict[str, Any] | None = field(default_factory=dict)
    """What is recorded of the request: no fault and no problem unless they are here. Null is nothing at all."""

    @property
    def request(self) -> tuple[str, str, dict[str, Any]]:
        """Method, path, and arguments for httpx."""
        send = dict(self.send)
        if "content" in send:
            send["content"] = raw(send["content"])
        if "headers" in send:
            send["headers"] = {raw(name): raw(value) for name, value in send["headers"].items()}
        if self.one is not None:
            return "POST", STATUS, {"json": {"asset_id": self.one}, **send}
        if self.several is not None:
            return "POST", BATCH, {"json": {"asset_ids": self.several}, **send}
        method, path = self.ask.split(" ", 1)
        return method, {"status": STATUS, "batch": BATCH}.get(path, path), send

    def check_answer(self, response: httpx.Response) -> None:
        """Fail unless the answer is the one expected."""
        assert response.status_code == self.status, response.text
        assert {name: response.headers.get(name) for name in self.headers} == self.headers
        assert not response.headers.keys() - {"content-type", "content-length", *map(str.lower, self.headers)}
        if isinstance(self.answer, str):
            assert fits(response.text, self.answer)
        elif self.answer is not None:
            assert response.json() == self.answer
        if self.data is not None:
            data = response.json()["data"]
            assert {name: data[name] for name in self.data} == self.data
        if self.items is not None:
            items = response.json()["data"]["items"]
            assert [{item["asset_id"]: item["status"]} for item in items] == self.items

    def check_record(self, requests: list[RecordedRequest]) -> None:
        """Fail unless what is recorded last is what is expected."""
        if self.seen is None:
            assert requests == []
            return
        last = requests[-1]
        for name in {"fault", "problem", *self.seen}:
            expected, recorded = self.seen.get(name), getattr(last, name)
            assert recorded == expected or fits(recorded, expected), (name, recorded)
        if last.problem and last.answer:  # the answer says the same, but not where
            assert last.answer["msg"] == last.problem.partition(" (#")[0]


FOLDER = Path(__file__).with_name("examples")
EXAMPLES = examples(FOLDER, Setting, Step)
Ask = Callable[..., httpx.Response]


def play(setting: Setting, steps: list[Step], asking: Callable[[MockService], AbstractContextManager[Ask]]) -> None:
    """Ask a mock, and look at what it answers and records."""
    options = dict(setting.options)
    if options.get("spec") == "growth":
        options["spec"] = GROWTH
    clock = FakeClock()
    mock = MockService(clock=clock, **options)
    mock.load(setting.mock)
    with asking(mock) as ask:
        for step in steps:
            mock.load(step.mock)
            clock.sleep(step.sleep)
            method, path, send = step.request
            if step.raises:
                with pytest.raises(httpx.HTTPError) as caught:
                    ask(method, path, **send)
                assert fits(f"{caught.typename}: {caught.value}", step.raises)
            else:
                step.check_answer(ask(method, path, **send))
            assert step.now is None or clock.now() == pytest.approx(step.now)
            step.check_record(mock.requests)


@contextmanager
def in_process(mock: MockService) -> Iterator[Ask]:
    with httpx.Client(transport=mock.transport, base_url=SITE, headers=KEY) as http:
        yield http.request


@contextmanager
def on_asyncio(mock: MockService) -> Iterator[Ask]:
    with asyncio.Runner() as runner:
        http = httpx.AsyncClient(transport=mock.transport, base_url=SITE, headers=KEY)
        yield lambda method, path, **send: runner.run(http.request(method, path, **send))
        runner.run(http.aclose())


@contextmanager
def over_a_socket(mock: MockService) -> Iterator[Ask]:
    # Proxies of the machine do not reach its loopback.
    with mock.serve() as server, httpx.Client(base_url=server.base_url, headers=KEY, trust_env=False) as http:
        yield http.request


@EXAMPLES
def test_in_process(setting: Setting, steps: list[Step]) -> None:
    play(setting, steps, in_process)


@examples(FOLDER / "in_process", Setting, Step)
def test_in_process_alone(setting: Setting, steps: list[Step]) -> None:
    play(setting, steps, in_process)


@EXAMPLES
def test_on_asyncio(setting: Setting, steps: list[Step]) -> None:
    play(setting, steps, on_asyncio)


@pytest.mark.wire
@EXAMPLES
def test_over_a_socket(setting: Setting, steps: list[Step]) -> None:
    play(setting, steps, over_a_socket)


@pytest.mark.wire
@examples(FOLDER / "page", Setting, Step)
def test_page(setting: Setting, steps: list[Step]) -> None:
    play(setting, steps, over_a_socket)
