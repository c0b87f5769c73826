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
    | info>(summary|contact|license|termsOfService)
    | paths>[^>]+ | components>[^>]+(>[^>]+)? | .*>(properties|responses)>[^>]+
    | paths>[^>]+>(get|put|post|delete|options|head|patch|trace) | paths>[^>]+>[^>]+>externalDocs
    | .*>content>[^>]+>examples? | (.*>)?x-[^>]+""",
    re.VERBOSE,
)
MAPS = {"paths", "schemas", "securitySchemes", "responses", "properties", "components"}


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
            step = f"{place}>{key}".lstrip(">")
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


def test_contained() -> None:
    """Nothing of it is gone or different, and nothing is added where it would change what is there."""
    found = changes(DOCUMENT)
    assert not found, f"{found}\n{REMEDY}"


def test_a_change_is_seen() -> None:
    """The comparison notices that any one thing is gone or other, or that something was added but to a map of names."""
    for steps, node in nodes(WHOLE):
        document = copy.deepcopy(WHOLE)
        owner = reduce(getitem, steps[:-1], document)
        if isinstance(node, dict):
            owner[steps[-1]]["deprecated"] = True
            assert bool(changes(document)) is (steps[-1] not in MAPS), f"{steps} may grow, or may not"
        owner[steps[-1]] = [node]
        assert changes(document), f"{steps} may be another"
        del owner[steps[-1]]
        assert changes(document), f"{steps} may be gone"
