"""The lint's verdict on every shape of the table, and the page that is made of it; `make shapes` tries the shapes."""

from pathlib import Path

import pytest

from codegen import spec
from codegen.lint import findings
from codegen.lint.schemas import MEMBERS, PROVED, WORDS

from . import Case, cases, document, topics
from .page import PAGE, rendered, verdict

ROOT = Path(__file__).parents[2]
CASES = [pytest.param(case, id=case.id) for case in cases()]


@pytest.mark.parametrize("case", CASES)
def test_a_shape_is_taken_or_refused_as_the_table_says(case: Case) -> None:
    reasons = verdict(case.shape)
    if case.refused is None:
        assert reasons == []
    else:
        assert any(case.refused in reason for reason in reasons), reasons


def test_there_are_many_shapes_each_under_a_name_of_its_own() -> None:
    names = [case.id for case in cases()]
    assert len(names) >= 150
    assert sorted(set(names)) == sorted(names)


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == rendered(), "run python -m tests.shapes.page"


@pytest.mark.parametrize("name", sorted({*MEMBERS, "toDict", "From-Dict", "additionalProperties"}))
def test_a_property_named_like_a_part_of_every_model_is_refused(name: str) -> None:
    [finding] = findings(document({"schema": {"type": "object", "properties": {name: {"type": "string"}}}}))
    assert finding.where == f"components.schemas.Shape.properties.value.properties.{name}"
    assert "every generated model uses itself" in finding.reason


def test_all_findings_are_listed_at_once_each_with_its_place_and_once() -> None:
    parameters = [{"name": "q", "in": "query", "schema": {"type": ["string", "null"]}}]
    found = findings(document({"parameters": parameters, "schemas": {"M": {"type": "array"}}}))
    assert [finding.where for finding in found] == ["paths./shape.get.parameters.0", "components.schemas.M"]
    assert all(str(finding).startswith(f"{finding.where}: {finding.reason}; ") for finding in found)


def test_the_spec_of_this_package_is_clean() -> None:
    assert findings(spec.load((ROOT / "openapi.yaml").read_bytes())) == []


def test_every_word_that_the_lint_takes_has_a_case() -> None:

    green = str([row for rows in topics().values() for row in rows if "refused" not in row])
    assert [word for word in sorted(PROVED - WORDS) if f"'{word}'" not in green] == []
