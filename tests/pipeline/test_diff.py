"""The report on a change of the spec judges rightly, on the wire and in Python."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from .places import ROOT, asked

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("changes.yaml"))
ORDER = ["same", "text", "compatible", "breaking"]


def edited(text: str, edits: list[list[str]]) -> str:
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def pair(case: dict[str, Any]) -> list[str]:
    before = edited((ROOT / "openapi.yaml").read_text(encoding="utf-8"), case.get("before", []))
    return [before, edited(before, case["after"])]


@pytest.fixture(scope="module")
def reports() -> dict[str, Any]:
    answers = asked([pair(case) for case in CASES], Path(__file__).with_name("warm.py"))
    return {case["id"]: answer for case, answer in zip(CASES, answers, strict=True)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_change_is_judged_on_the_wire_and_in_python(reports: dict[str, Any], case: dict[str, Any]) -> None:
    report = reports[case["id"]]
    assert report["levels"] == [case["wire"], case["python"]], report["markdown"]
    for words in case["says"]:
        assert words in report["markdown"]
    assert report["json"]["level"] == max(report["levels"], key=ORDER.index)
