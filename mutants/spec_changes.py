"""What can be done to a mapping of the spec, and undone."""

import copy
from collections.abc import Iterator
from typing import Any

Node = dict[str, Any]
Change = tuple[str, str, str, Node]
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class Editor:
    """Tells lies about one document; each leaves the document as it was."""

    def __init__(self, document: Node) -> None:
        self.document = document

    def put(self, operator: str, node: Node, place: str, **changes: Any) -> Change:
        """Write other values, or None to remove one, at a place; the order of the others stays."""
        kept = dict(node)
        node.update(changes)
        for key in [key for key, value in changes.items() if value is None]:
            node.pop(key, None)
        made = copy.deepcopy(self.document)
        node.clear()
        node.update(kept)
        said = ", ".join(f"{key}: {kept.get(key, '(none)')!r:.60} -> {value!r:.60}" for key, value in changes.items())
        return operator, place, said, made

    def rename(self, operator: str, node: Node, place: str, key: str, name: str) -> Change:
        """Give a member another name; its place among the others stays."""
        kept = dict(node)
        node.clear()
        node.update({name if each == key else each: value for each, value in kept.items()})
        made = copy.deepcopy(self.document)
        node.clear()
        node.update(kept)
        return operator, f"{place}.{key}", f"{key} -> {name}", made


def operations(document: Node) -> Iterator[tuple[str, Node, str, Node]]:
    """Yield path, path item, method and operation."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, item, method, item[method]


def references(node: Any) -> Iterator[Node]:
    """Yield every mapping that is a reference."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node
        for each in node.values():
            yield from references(each)
    elif isinstance(node, list):
        for each in node:
            yield from references(each)
