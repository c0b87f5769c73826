"""The part that the vendor documents stands in openapi.yaml unchanged."""

import copy
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from .containment import changes
from .document import DOCUMENT, load, resolve

DOCUMENTED = load(Path(__file__).with_name("documented.yaml"))


def whole(node: Any) -> Any:
    """Return a documented node with its references written out."""
    node = resolve(node, DOCUMENTED)
    if isinstance(node, Mapping):
        return {key: whole(each) for key, each in node.items()}
    return [whole(each) for each in node] if isinstance(node, list) else node


def nodes(node: Any, steps: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield every node below one, and how to get to it."""
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, each in members:
        yield (*steps, step), each
        yield from nodes(each, (*steps, step))


REMEDY = (
    "tests/contract/documented.yaml holds what the vendor documents, word for word. If the vendor's page says this "
    "now, write it there too, and say in the commit where it is documented; if not, openapi.yaml is wrong."
)
WHOLE = whole(DOCUMENTED)
SCHEMAS = [steps for steps, node in nodes(WHOLE) if isinstance(node, dict) and isinstance(node.get("type"), str)]
OPERATIONS = [steps for steps, node in nodes(WHOLE) if isinstance(node, dict) and "operationId" in node]


def spoiled(steps: tuple[Any, ...], spoil: Callable[[Any, Any], None]) -> dict[str, Any]:
    """Return the documented part after something was done to what stands at the last of the steps."""
    document = copy.deepcopy(WHOLE)
    node: Any = document
    for step in steps[:-1]:
        node = node[step]
    spoil(node, steps[-1])
    return document  # type: ignore[no-any-return]


def named(steps: tuple[Any, ...]) -> str:
    """Write steps as the id of a test."""
    return "/".join(map(str, steps[-4:]))


def test_contained() -> None:
    """Nothing of it is gone or different, and nothing is added where it would change what is there."""
    found = changes(DOCUMENTED, DOCUMENT)
    assert not found, f"{found}\n{REMEDY}"


@pytest.mark.parametrize("steps", [pytest.param(steps, id=named(steps)) for steps, _ in nodes(WHOLE)])
def test_a_loss_is_seen(steps: tuple[Any, ...]) -> None:
    """The comparison notices that any one thing is gone."""
    assert changes(DOCUMENTED, spoiled(steps, lambda node, key: node.pop(key)))


@pytest.mark.parametrize(
    "steps", [pytest.param(steps, id=named(steps)) for steps, node in nodes(WHOLE) if not isinstance(node, dict | list)]
)
def test_a_change_is_seen(steps: tuple[Any, ...]) -> None:
    """The comparison notices that any one value is another, or the same of another type."""

    def change(node: Any, key: Any) -> None:
        node[key] = float(node[key]) if type(node[key]) is int else f"{node[key]} "

    assert changes(DOCUMENTED, spoiled(steps, change))


@pytest.mark.parametrize("steps", [pytest.param(steps, id=named(steps)) for steps in SCHEMAS])
@pytest.mark.parametrize(
    "extra",
    [
        {"nullable": True},
        {"enum": ["Active"]},
        {"format": "uuid"},
        {"minLength": 1},
        {"default": "x"},
        {"title": "Other"},
        {"required": ["code"]},
        {"additionalProperties": False},
        {"deprecated": True},
    ],
    ids=lambda extra: next(iter(extra)),
)
def test_an_addition_to_a_schema_is_seen(steps: tuple[Any, ...], extra: dict[str, Any]) -> None:
    """The comparison notices a keyword that a documented schema does not have, or not so."""
    assert changes(DOCUMENTED, spoiled(steps, lambda node, key: node[key].update(extra)))


@pytest.mark.parametrize("steps", [pytest.param(steps, id=named(steps)) for steps in OPERATIONS])
@pytest.mark.parametrize("key", ["tags", "security", "servers", "parameters", "deprecated"])
def test_an_addition_to_an_operation_is_seen(steps: tuple[Any, ...], key: str) -> None:
    """The comparison notices what would change how an operation is called."""
    assert changes(DOCUMENTED, spoiled(steps, lambda node, last: node[last].update({key: []})))


def test_growth_is_allowed() -> None:
    """Examples, further operations, answers, components and optional properties are no change."""
    grown = copy.deepcopy(WHOLE)
    for steps, node in nodes(WHOLE):
        place = grown
        for step in steps:
            place = place[step]
        if steps[-1] in {"paths", "schemas", "securitySchemes", "responses", "properties"} and isinstance(node, dict):
            place["new"] = {"description": "new"}
        if len(steps) > 1 and steps[-2] == "content":
            place["examples"] = {"one": {"value": {}}}
    grown["tags"] = [{"name": "new"}]
    assert changes(DOCUMENTED, grown) == []
