"""Every example in the spec is a value of its schema, and one of an answer can be read as what it stands for."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator

from .difference import agree_on_value
from .document import DOCUMENT, Node, resolve
from .places import MODELS
from .spec import COMPONENTS
from .values import read_model


def examples(node: Any, place: str = "") -> Iterator[tuple[str, Node, Any]]:
    """Yield each example below a node: its place, the schema that it is of, and its value."""
    if isinstance(node, list):
        for index, each in enumerate(node):
            yield from examples(each, f"{place}.{index}")
    if not isinstance(node, Mapping):
        return
    schema = node.get("schema") or ({} if "schemas" not in place and "schema" not in place else node)
    for word in ("example", "default"):
        if word in node and schema:
            yield f"{place}.{word}", schema, node[word]
    named = node.get("examples", {})
    for name, each in named.items() if isinstance(named, Mapping) else enumerate(named):
        shown = resolve(each, DOCUMENT)
        yield f"{place}.examples.{name}", schema, shown["value"] if isinstance(named, Mapping) else shown
    for key, each in node.items():
        if key not in {"example", "examples", "default"}:
            yield from examples(each, f"{place}.{key}".lstrip("."))


EXAMPLES = [pytest.param(place, schema, value, id=place) for place, schema, value in examples(DOCUMENT)]


@pytest.mark.parametrize(("place", "schema", "value"), EXAMPLES)
def test_is_a_value(place: str, schema: Node, value: Any) -> None:
    """A validator that knows nothing of the suite finds nothing wrong with it."""
    errors = [f"{each.json_path}: {each.message}" for each in OAS31Validator({**DOCUMENT, **schema}).iter_errors(value)]
    assert not errors, f"{place}: {errors}"


IN_MODELS = [
    pytest.param(place, model, value, id=place)
    for place, schema, value in examples(DOCUMENT)
    for model in MODELS
    if "$ref" in schema and model.schema.name == schema["$ref"].rpartition("/")[2]
]


@pytest.mark.parametrize(("place", "model", "value"), IN_MODELS)
def test_is_read(place: str, model: Any, value: Any) -> None:
    """The generated model has what the example says, in the attributes of the spec, and writes it again."""
    instance = model.cls.from_dict(value)
    schema = COMPONENTS[model.schema.name]
    agree_on_value(f"{place}, from_dict", schema, read_model(schema, instance, model.cls), value)
    agree_on_value(f"{place}, to_dict", schema, instance.to_dict(), value)
