"""Whether one OpenAPI document is contained, unchanged, in another."""

from collections.abc import Iterator, Mapping
from typing import Any

from .document import Node, resolve
from .spec import METHODS

MAPS = {"paths", "schemas", "securitySchemes", "responses", "properties"}
ADDABLE = {
    "document": {"tags", "webhooks", "externalDocs", "jsonSchemaDialect", "components"},
    "info": {"summary", "contact", "license", "termsOfService"},
    "path item": METHODS,
    "media type": {"example", "examples"},
    "operation": {"externalDocs"},
}


def changes(documented: Node, actual: Node) -> list[str]:
    """Name each place where the actual document is not what the documented one says, references followed."""
    return list(compare(documented, actual, (), (documented, actual)))


def compare(wanted: Any, found: Any, steps: tuple[str, ...], documents: tuple[Node, Node]) -> Iterator[str]:
    """Compare two nodes; more is allowed in a map of names, and where `addable` says so; lists are equal."""
    wanted, found = resolve(wanted, documents[0]), resolve(found, documents[1])
    place = "/".join(steps) or "the document"
    if isinstance(wanted, Mapping) and isinstance(found, Mapping):
        for key in wanted:
            if key in found:
                yield from compare(wanted[key], found[key], (*steps, key), documents)
            else:
                yield f"{place}: {key} is gone"
        yield from (f"{place}: {key} is added" for key in found if key not in wanted and not addable(steps, key))
    elif isinstance(wanted, list) and isinstance(found, list):
        if len(wanted) != len(found):
            yield f"{place}: {len(found)} entries, not {len(wanted)}"
        for index, (left, right) in enumerate(zip(wanted, found, strict=False)):
            yield from compare(left, right, (*steps, str(index)), documents)
    elif type(wanted) is not type(found) or wanted != found:
        yield f"{place}: {found!r}, not {wanted!r}"


def addable(steps: tuple[str, ...], key: str) -> bool:
    """Whether a key may be added at a place: not where it would change what the documented part means."""
    within = named(steps)
    return within in {*MAPS, "components"} or key.startswith("x-") or key in ADDABLE.get(within, ())


def named(steps: tuple[str, ...]) -> str:
    """Say what kind of thing stands at a place: a map by its own key, anything else by that of its parent."""
    match steps:
        case ():
            return "document"
        case ("info" | "components",):
            return steps[0]
        case ("paths", _):
            return "path item"
        case ("paths", _, _):
            return "operation"
        case (*_, "content", _):
            return "media type"
        case (*above, key) if key in MAPS and not MAPS & set(above[-1:]):
            return key
    return "closed"
