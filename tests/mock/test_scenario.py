"""Scenarios from files, and what is said of wrong ones; the examples show what right ones do."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from jimmy_ai_openapi_client import JimmyAI, WaitTimeoutError
from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService

from ..examples import raw

EXAMPLE = Path(__file__).parents[2] / "examples" / "scenario.yaml"
TOLD = YAML(typ="safe", pure=True).load(Path(__file__).with_name("scenarios.yaml"))


def test_the_example(clock: FakeClock) -> None:
    mock = MockService(clock=clock, seed=1)
    mock.load(EXAMPLE)
    assert list(mock.statuses()) == [f"portrait-{number}" for number in range(1, 7)]
    assert repr(mock.fault) == "Faults(code -1, HTTP 429, Retry-After: 1, HTTP 520, delay 0.3 s)"
    ids = [*(f"portrait-{number}" for number in range(1, 8)), "portrait 8"]
    jimmy = JimmyAI(api_key=mock.api_key, transport=mock.transport, clock=clock)
    with jimmy, pytest.raises(WaitTimeoutError) as caught:
        jimmy.real_person.wait_many(ids, timeout=60)
    result = caught.value.result
    assert list(result.active) == ["portrait-1", "portrait-2", "portrait-4", "portrait-5"]
    assert (result.active["portrait-4"].name, result.active["portrait-5"].asset_id) == ("人物-4", "asset-77")
    assert list(result.failed) == ["portrait-3", "portrait 8"]
    assert (list(result.missing), list(result.pending)) == (["portrait-7"], ["portrait-6"])


@pytest.mark.parametrize(("said", "fault"), TOLD["faults"].items())
def test_a_fault_says_what_it_is(mock: MockService, said: str, fault: Any) -> None:
    mock.load({"faults": [fault]})
    assert [one.text for one in mock.fault.planned] == [said]


@pytest.mark.parametrize(("content", "message"), TOLD["wrong"])
def test_a_wrong_one_changes_nothing(mock: MockService, tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "s.yaml").write_bytes(raw(content))
    with pytest.raises(ValueError) as caught:
        mock.load(str(tmp_path / "s.yaml"))
    assert str(caught.value).startswith(f"s.yaml{message}")
    assert "\n" not in str(caught.value)
    assert (mock.statuses(), mock.fault.planned) == ({}, [])


def test_files(mock: MockService, tmp_path: Path) -> None:
    """An empty one says nothing; `no` is an id in YAML 1.2; one that is not there is no scenario."""
    file = tmp_path / "s.yaml"
    file.write_text("")
    mock.load(file)
    file.write_text("assets: [no, 'on']")
    mock.load(file)
    assert list(mock.statuses()) == ["no", "on"]
    with pytest.raises(FileNotFoundError):
        mock.load(tmp_path / "other.yaml")
    with pytest.raises(ValueError, match=r"^scenario: no asets here"):
        mock.load({"asets": {}})
