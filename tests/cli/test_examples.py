"""Commands, and what comes of them: the examples of this folder."""

import json
import shlex
from dataclasses import dataclass, field
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import httpx

from jimmy_ai_openapi_client.sdk.mock import MockService

from ..examples import examples, fits, raw
from .conftest import Run, statuses


@dataclass(kw_only=True)
class Step:
    """A command, what it meets, and what must come of it. In texts `…` stands for anything on a line."""

    run: str
    env: dict[str, str | None] = field(default_factory=dict)
    stdin: str | None = None
    terminal: bool | None = None
    faults: list[Any] = field(default_factory=list)
    """What the mock is told to do wrong."""
    answers: list[int | None] = field(default_factory=lambda: [None])
    """HTTP statuses, the last again and again; null is the answer of the mock."""

    code: int = 0
    out: str = ""
    lines: list[dict[str, Any]] | None = None
    """Instead of `out`: some fields of the JSON on each line."""
    ids: dict[str, str | None] | None = None
    """Instead of `out`: the status of each id, in this order."""
    err: str = ""
    says: str = ""
    """Instead of `err`: a part of its last line."""
    asked: list[str] | None = None
    """The ids in each request; a request that is repeated is here once."""
    kept: dict[str, str | None] | None = None
    """The status of each id in the file `results`."""


@dataclass(kw_only=True)
class Setting:
    """What is there: a scenario of the mock, and files in the working directory."""

    mock: dict[str, Any] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)


def answering(mock: MockService, answers: list[int | None]) -> httpx.MockTransport:
    script = chain(answers, repeat(answers[-1]))

    def answer(request: httpx.Request) -> httpx.Response:
        status = next(script)
        return httpx.Response(status) if status else mock.answer(request)

    return httpx.MockTransport(answer)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@examples(Path(__file__).with_name("examples"), Setting, Step)
def test_example(setting: Setting, steps: list[Step], run: Run, mock: MockService, folder: Path) -> None:
    mock.load(setting.mock)
    for name, text in setting.files.items():
        (folder / name).write_bytes(raw(text))
        (folder / name).chmod(0o600)
    for step in steps:
        mock.load({"faults": step.faults})
        mock.requests.clear()
        before = contents(folder)
        around: Any = {"terminal": step.terminal, "stdin": step.stdin, "transport": answering(mock, step.answers)}
        done = run(*shlex.split(step.run), **around, **step.env)

        assert done.code == step.code, done
        if step.ids is not None:
            assert list(statuses(done.out).items()) == list(step.ids.items())
        elif step.lines is not None:
            lines = zip(map(json.loads, done.out.splitlines()), step.lines, strict=True)
            assert [{name: line[name] for name in shown} for line, shown in lines] == step.lines
        else:
            assert fits(done.out, step.out), done.out

        *_, last = done.err.splitlines() or [""]
        assert step.says in last if step.says else fits(done.err, step.err), done.err
        assert last.isprintable()
        assert not any(part in last for part in ("secret", "..", "?."))

        if step.asked is not None:
            assert list(dict.fromkeys(" ".join(request.ids) for request in mock.requests)) == step.asked
        if step.kept is not None:
            assert statuses((folder / "results").read_text("utf-8")) == step.kept
        if step.code == 2:  # nothing is sent, and no file touched
            assert (mock.requests, contents(folder)) == ([], before)
