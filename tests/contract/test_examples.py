"""Every example in the spec is a value of its schema, and one of an answer can be read as what it stands for."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator

from .document import DOCUMENT, resolve
from .generated import IN_JSON
from .schema import Schema
from .values import agree_both_ways


def examples(node: Any, place: str = "") -> Iterator[tuple[str, Schema, Any]]:
    """Yield each example below a node: its place, the schema that it is of, and its value."""
    if isinstance(node, list):
        for index, each in enumerate(node):
            yield from examples(each, f"{place}.{index}")
    if not isinstance(node, Mapping):
        return
    written = node.get("schema") or ({} if "schema" not in place else node)
    schema = Schema.of(written, place)
    for word in ("example", "default"):
        if word in node and written:
            yield f"{place}.{word}", schema, node[word]
    named = node.get("examples", {})
    for name, each in named.items() if isinstance(named, Mapping) else enumerate(named):
        shown = resolve(each)
        yield f"{place}.examples.{name}", schema, shown["value"] if isinstance(named, Mapping) else shown
    for key, each in node.items():
        if key not in {"example", "examples", "default"}:
            yield from examples(each, f"{place}.{key}".lstrip("."))


EXAMPLES = [pytest.param(*each, id=each[0]) for each in examples(DOCUMENT)]


@pytest.mark.parametrize(("place", "schema", "value"), EXAMPLES)
def test_is_a_value(place: str, schema: Schema, value: Any) -> None:
    """A validator that knows nothing of the suite finds nothing wrong with it, and the model of its schema reads it.

    The model has what the example says, in the attributes of the spec, and writes it again.
    """
    errors = OAS31Validator({**DOCUMENT, **schema.node}).iter_errors(value)
    assert not [f"{place}, {each.json_path}: {each.message}" for each in errors]
    if any(model.label == schema.place for model in IN_JSON):
        agree_both_ways(place, schema, value)
