"""Every Python example of the README runs, on the mock."""

import inspect
import re
from pathlib import Path
from typing import Any

import pytest

from jimmy_ai_openapi_client import JimmyAI
from jimmy_ai_openapi_client.sdk import errors
from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService
from jimmy_ai_openapi_client.sdk.mock.fixture import mocked
from jimmy_ai_openapi_client.sdk.real_person import RealPerson

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=[re.sub(r"\W+", "-", text[:40]) for text in EXAMPLES])
def test_example_runs(example: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    clock = FakeClock()
    mock = MockService(api_key="sk-mock", clock=clock, polls=0)
    mock.add("id1", "id2", "id3")
    with mock.serve() as server:
        monkeypatch.setenv("JIMMYAI_API_KEY", "sk-mock")
        monkeypatch.setenv("JIMMYAI_BASE_URL", server.base_url)
        with JimmyAI(clock=clock) as jimmy:
            names: dict[str, Any] = {"ids": ["id1", "id2", "id3"], "base_url": server.base_url, "key": "sk-mock"}
            there = {
                "JimmyAI": JimmyAI,
                "MockService": MockService,
                "jimmy": jimmy,
                "mock": mock,
                "clock": clock,
                **names,
            }
            exec(example, there)
    for name in [name for name in there if name.startswith("test_")]:
        with mocked() as jimmy_mock:
            there[name](jimmy_mock)


@pytest.mark.parametrize("option", ["timeout", "max_retries", "batch_size", "concurrency"])
def test_the_readme_gives_the_presets_of_the_code(option: str) -> None:
    [(names, values)] = re.findall(rf"^\| (.*`{option}`.*?) \| (.*?) \|", README, re.MULTILINE)
    shown = dict(zip(re.findall(r"`(\w+)`", names), values.split(", "), strict=True))
    assert shown[option] == str(inspect.signature(JimmyAI).parameters[option].default)


def test_the_readme_says_how_long_a_wait_lasts() -> None:
    [seconds] = re.findall(r"`timeout` seconds \((\d+) by default\)", README)
    for name in ("wait", "wait_many", "as_completed"):
        assert inspect.signature(getattr(RealPerson, name)).parameters["timeout"].default == float(seconds)


def test_the_readme_draws_the_error_tree_of_the_code() -> None:
    tree = re.compile(r"^\W*(\w+Error)\b", re.MULTILINE)
    drawn = tree.findall(README.split("```\nJimmyAIError")[1].split("```")[0])
    assert ["JimmyAIError", *drawn] == tree.findall((errors.__doc__ or "").split("Errors hold")[0])
