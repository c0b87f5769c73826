"""The lint names every silent loss with its place, and nothing else."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from codegen.lint_schemas import MEMBERS
from ruamel.yaml import YAML

from codegen import spec
from codegen.lint import findings

ROOT = Path(__file__).parents[2]
CLEAN = """
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /a:
    post:
      operationId: doIt
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/M"}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/M"}}}}}
components:
  schemas:
    M: {type: object, properties: {x: {type: string}}}
"""
DEFECTS = YAML(typ="safe").load(Path(__file__).with_name("defects.yaml"))


def laid_over(base: Any, patch: Any) -> Any:
    if not (isinstance(base, dict) and isinstance(patch, dict)):
        return deepcopy(patch)
    return {**base, **{key: laid_over(base.get(key), value) for key, value in patch.items()}}


def document(patch: Any) -> Any:
    return laid_over(spec.load(CLEAN.encode()), patch)


@pytest.mark.parametrize("case", DEFECTS["silent"], ids=lambda case: case["id"])
def test_a_silent_loss_is_named_with_place_and_reason(case: dict[str, Any]) -> None:
    broken = document(case["spec"])
    assert spec.problems(broken) == []  # nobody else would have said it
    [finding] = findings(broken)
    assert finding.where == case["where"]
    assert case["says"] in str(finding)
    assert str(finding).startswith(f"{finding.where}: {finding.reason}; ")


@pytest.mark.parametrize("name", sorted({*MEMBERS, "toDict", "From-Dict", "additionalProperties"}))
def test_a_property_named_like_a_part_of_every_model_is_refused(name: str) -> None:
    [finding] = findings(document({"components": {"schemas": {"M": {"properties": {name: {"type": "string"}}}}}}))
    assert finding.where == f"components.schemas.M.properties.{name}"
    assert "every generated model uses itself" in finding.reason


@pytest.mark.parametrize("case", DEFECTS["fine"], ids=lambda case: case["id"])
def test_what_the_generator_takes_is_not_refused(case: dict[str, Any]) -> None:
    taken = document(case["spec"])
    assert spec.problems(taken) == []
    assert findings(taken) == []


def test_all_findings_are_listed_at_once_and_each_once() -> None:
    both = [case["spec"] for case in DEFECTS["silent"] if case["id"] in ("no operationId", "array without items")]
    broken = document(laid_over(*both))
    assert [finding.where for finding in findings(broken)] == ["paths./b.get", "components.schemas.M.properties.list"]


def test_the_spec_of_this_package_is_clean() -> None:
    assert findings(spec.load((ROOT / "openapi.yaml").read_bytes())) == []
