"""--diff takes a stand on each rule that oasdiff publishes: oasdiff.yaml holds a change, the verdict and the reason."""

import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from codegen import lint
from codegen.diff import operations, texts
from codegen.diff.change import Level, worst
from codegen.diff.pairs import pairs
from tests.shapes import JSON, document

TABLE: dict[str, Any] = YAML(typ="safe", pure=True).load(Path(__file__).with_name("oasdiff.yaml"))
LEVELS = {rule: level for level, rules in TABLE["published"].items() for rule in rules.split()}


def expanded(rules: str) -> list[str]:
    """Each rule that the names with braces stand for."""
    names = [re.split(r"\{([^}]*)\}", name) for name in rules.split()]
    choices = [[part.split(",") if at % 2 else [part] for at, part in enumerate(parts)] for parts in names]
    return ["".join(each) for choice in choices for each in product(*choice)]


STANDS = [(rule, row) for row in TABLE["stands"] for rule in expanded(row["rules"])]


def shape(rule: str, row: dict[str, Any], side: int) -> dict[str, Any]:
    """The one or the other side of a change, as a shape of tests/shapes/."""
    if "shapes" in row:
        return dict(row["shapes"][side])
    for place in ("body", "answer"):
        if place in row:
            return {"method": "post", place: {JSON: {"type": "object", **row[place][side]}}}
    schema, parts = row["schemas"][side], {"schemas": dict(row.get("components", {})), "method": "post"}
    if "-parameter" in rule:
        return parts | {"parameters": [{"name": "q", "in": "query", "schema": schema}]}
    if "-header" in rule:
        return parts | {"operation": {"responses": {"200": {"headers": {"X-A": {"schema": schema}}}}}}
    held = {"type": "object", "properties": {"value": schema}} if "-property" in rule else schema
    return parts | {"body" if rule.startswith("request") else "answer": {JSON: held}}


def test_no_rule_is_left_out() -> None:
    rules = [rule for rule, _ in STANDS]
    assert len(rules) >= 500
    assert sorted(rules) == sorted(LEVELS)


@pytest.mark.parametrize(("rule", "row"), STANDS, ids=[rule for rule, _ in STANDS])
def test_the_verdict_is_the_one_of_the_table(rule: str, row: dict[str, Any]) -> None:
    """Where it is not oasdiff's, the table says why."""
    old, new = (document(shape(rule, row, side)) for side in (0, 1))
    if row["ours"] == "refused":
        assert lint.findings(old) or lint.findings(new)
        return
    assert [*lint.findings(old), *lint.findings(new)] == []
    found = [*operations.changes(old, new, pairs(old, new)), *texts.changes(old, new)]
    assert worst(found).name == row["ours"], [str(each) for each in found]
    assert "why" in row or (worst(found) is Level.breaking) == (LEVELS[rule] in {"ERR", "WARN"})
