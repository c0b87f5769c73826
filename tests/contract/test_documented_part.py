"""The part that the vendor documents stands in openapi.yaml unchanged."""

import copy
import re
from collections.abc import Iterator, Mapping
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

from .difference import exact
from .document import DOCUMENT, Node, load, resolve

REMEDY = (
    "tests/contract/documented.yaml holds what the vendor documents, word for word. If the vendor's page says this "
    "now, write it there too, and say in the commit where it is documented; if not, openapi.yaml is wrong."
)
# What may be added, by its place: not where it would change what the documented part means.
ADDABLE = re.compile(
    r"""tags | webhooks | externalDocs | jsonSchemaDialect | components
    | info\.(summary|contact|license|termsOfService)
    | paths\.[^.]+ | components\.\w+(\.[^.]+)? | .*\.(properties|responses)\.[^.]+
    | paths\.[^.]+\.(get|put|post|delete|options|head|patch|trace) | paths\.[^.]+\.\w+\.externalDocs
    | .*\.content\.[^.]+\.examples? | (.*\.)?x-[^.]+""",
    re.VERBOSE,
)
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


def whole(node: Any, document: Node) -> Any:
    """Return a node with its references written out."""
    node = resolve(node, document)
    if isinstance(node, Mapping):
        return {key: whole(each, document) for key, each in node.items()}
    return node


DOCUMENTED = load(Path(__file__).with_name("documented.yaml"))
WHOLE = whole(DOCUMENTED, DOCUMENTED)


def changes(document: Node) -> list[str]:
    """Name each place where a document is not what the documented one says, references followed."""
    return list(compared(WHOLE, document, document, ""))


def compared(wanted: Any, found: Any, document: Node, place: str) -> Iterator[str]:
    """Compare two nodes that stand at the same place."""
    found = resolve(found, document)
    if isinstance(wanted, dict) and isinstance(found, Mapping):
        for key in {**wanted, **found}:
            step = f"{place}.{key}".lstrip(".")
            if key not in found:
                yield f"{step} is gone"
            elif key in wanted:
                yield from compared(wanted[key], found[key], document, step)
            elif not ADDABLE.fullmatch(step):
                yield f"{step} is added"
    elif exact(wanted) != exact(found):
        yield f"{place}: {found!r}, not {wanted!r}"


def nodes(node: Any, steps: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every node below one, and how to get to it."""
    for step, each in node.items() if isinstance(node, dict) else ():
        yield (*steps, step), each
        yield from nodes(each, (*steps, step))


def spoiled(node: Any) -> Iterator[Any]:
    """Yield what a node must not become: another value, the same of another type, one that means something else."""
    if not isinstance(node, dict):
        yield [node]
        yield float(node) if type(node) is int else f"{node} "
    elif isinstance(node.get("type"), str):
        yield from ({**node, **extra} for extra in FURTHER)
    elif "operationId" in node:
        yield from ({**node, name: []} for name in ("tags", "security", "servers", "parameters", "deprecated"))


def test_contained() -> None:
    """Nothing of it is gone or different, and nothing is added where it would change what is there."""
    found = changes(DOCUMENT)
    assert not found, f"{found}\n{REMEDY}"


def test_a_change_is_seen() -> None:
    """The comparison notices that any one thing is gone or other, or that what changes its meaning was added."""
    for steps, node in nodes(WHOLE):
        document = copy.deepcopy(WHOLE)
        owner = reduce(getitem, steps[:-1], document)
        for other in spoiled(node):
            owner[steps[-1]] = other
            assert changes(document), f"{steps} may be {other!r}"
        del owner[steps[-1]]
        assert changes(document), f"{steps} may be gone"


def test_growth_is_allowed() -> None:
    """Examples, further operations, answers, components and optional properties are no change."""
    grown = copy.deepcopy(WHOLE)
    grown["tags"] = [{"name": "new"}]
    for steps, _ in nodes(WHOLE):
        place = reduce(getitem, steps, grown)
        if steps[-1] in {"paths", "schemas", "securitySchemes", "responses", "properties"}:
            place["new"] = {"description": "new"}
        if steps[-2:-1] == ("content",):
            place["examples"] = {"one": {"value": {}}}
    assert changes(grown) == []
