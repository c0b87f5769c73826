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
FURTHER: tuple[dict[str, Any], ...] = (
    {"nullable": True},
    {"enum": ["Active"]},
    {"format": "uuid"},
    {"minLength": 1},
    {"default": "x"},
    {"title": "Other"},
    {"required": ["code"]},
    {"additionalProperties": False},
    {"deprecated": True},
)
Steps = tuple[Any, ...]
Spoil = Callable[[Any, Any], object]


def change(owner: Any, key: Any) -> None:
    """Make one value another, or the same of another type."""
    owner[key] = float(owner[key]) if type(owner[key]) is int else f"{owner[key]} "


def added(extra: dict[str, Any]) -> Spoil:
    """Return what adds keywords to a node."""
    return lambda owner, key: owner[key].update(extra)


def spoils() -> Iterator[tuple[str, Steps, Spoil]]:
    """Yield what must be noticed: that any one thing is gone or other, or that what changes its meaning was added."""
    for steps, node in nodes(WHOLE):
        yield "gone", steps, lambda owner, key: owner.pop(key)
        if not isinstance(node, dict | list):
            yield "other", steps, change
        elif isinstance(node, dict) and isinstance(node.get("type"), str):
            yield from ((f"added {extra}", steps, added(extra)) for extra in FURTHER)
        elif "operationId" in node:
            names = ("tags", "security", "servers", "parameters", "deprecated")
            yield from ((f"added {name}", steps, added({name: []})) for name in names)


def test_contained() -> None:
    """Nothing of it is gone or different, and nothing is added where it would change what is there."""
    found = changes(DOCUMENTED, DOCUMENT)
    assert not found, f"{found}\n{REMEDY}"


@pytest.mark.parametrize(
    ("steps", "spoil"),
    [pytest.param(steps, spoil, id=f"{'/'.join(map(str, steps[-4:]))} {why}") for why, steps, spoil in spoils()],
)
def test_a_change_is_seen(steps: Steps, spoil: Spoil) -> None:
    """The comparison notices it."""
    document = copy.deepcopy(WHOLE)
    owner: Any = document
    for step in steps[:-1]:
        owner = owner[step]
    spoil(owner, steps[-1])
    assert changes(DOCUMENTED, document)


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
