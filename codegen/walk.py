"""Where things are in a spec. A place is written as its keys joined by dots: `paths./x.post.requestBody`."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote

Node = dict[str, Any]
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
SCHEMA_MAPS = ("properties", "patternProperties", "dependentSchemas", "$defs")
SCHEMA_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
SCHEMA_ONES = ("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames")


class Operation(NamedTuple):
    where: str
    node: Node
    item: Node

    @property
    def path(self) -> str:
        return self.where.removeprefix("paths.").rpartition(".")[0]

    @property
    def method(self) -> str:
        return self.where.rpartition(".")[2]

    def parameters(self, spec: Node) -> Iterator[tuple[str, Node]]:
        """Its parameters and those of its path item, references followed; the operation's own win."""
        seen = set()
        above = self.where.rpartition(".")[0]
        for where, owner in ((self.where, self.node), (above, self.item)):
            for index, raw in enumerate(_list(owner.get("parameters"))):
                parameter = resolve(spec, raw)
                key = (parameter.get("name"), parameter.get("in"))
                if key not in seen and all(isinstance(part, str) for part in key):
                    seen.add(key)
                    yield f"{where}.parameters.{index}", parameter


def operations(spec: Node) -> Iterator[Operation]:
    for path, item in _dict(spec.get("paths")).items():
        for method in METHODS:
            if isinstance(item, dict) and isinstance(item.get(method), dict):
                yield Operation(f"paths.{path}.{method}", item[method], item)


def resolve(spec: Node, node: Any) -> Node:
    """The object that `node` is or refers to inside this document; empty if there is none."""
    seen: list[str] = []
    while isinstance(node, dict) and isinstance(reference := node.get("$ref"), str):
        if reference in seen:
            return {}
        seen.append(reference)
        node = target(spec, reference)
    return _dict(node)


def circular(spec: Node, node: Any, above: tuple[str, ...] = ()) -> bool:
    """Whether a reference, alone or in an allOf, leads to nothing but such references, and back."""
    node = _dict(node)
    if isinstance(reference := node.get("$ref"), str):
        return reference in above or circular(spec, target(spec, reference), (*above, reference))
    return bool(above) and any(circular(spec, member, above) for member in _list(node.get("allOf")))


def leads_to(spec: Node, node: Any, name: str) -> bool:
    """Whether a schema is that component, or an array of it, or a reference to one of these."""
    seen = set[str]()
    while isinstance(node, dict) and ("$ref" in node or "items" in node):
        if (reached := component(node)) == name:
            return True
        if reached in seen:
            return False
        seen |= {reached} - {""}
        node = target(spec, node["$ref"]) if "$ref" in node else node["items"]
    return False


def target(spec: Node, reference: str) -> Any:
    """What `#/a/b` points to; None if there is nothing."""
    node: Any = spec
    for part in unquote(reference.removeprefix("#")).split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(node, list) and key.isdecimal() and int(key) < len(node):
            node = node[int(key)]
        else:
            node = _dict(node).get(key)
    return node


def at(spec: Node, place: tuple[str, ...]) -> Any:
    """What is there, key by key; None if there is nothing."""
    node: Any = spec
    for key in place:
        node = _dict(node).get(key)
    return node


def component(node: Any) -> str:
    """The name of the schema that `node` refers to; empty if it is written in place."""
    reference = node.get("$ref") if isinstance(node, dict) else None
    prefix = "#/components/schemas/"
    return reference.removeprefix(prefix) if isinstance(reference, str) and reference.startswith(prefix) else ""


def schemas(spec: Node) -> Iterator[tuple[str, Node]]:
    """Every schema written in the document, each once, at the place where it is written."""
    yield from ((where, node) for where, node in written(spec) if isinstance(node, dict))


def written(spec: Node) -> Iterator[tuple[str, Any]]:
    """The same, with what stands in the place of a schema and is none, such as `true`."""
    components = _dict(spec.get("components"))
    for name, schema in _dict(components.get("schemas")).items():
        yield from _schema(f"components.schemas.{name}", schema)
    rest = {key: value for key, value in components.items() if key != "schemas"}
    yield from _holders("", {**spec, "components": rest})


def _holders(where: str, node: Any) -> Iterator[tuple[str, Any]]:
    for key, value in _items(node):
        if key == "schema":
            yield from _schema(f"{where}.schema", value)
        elif key not in ("example", "examples") and not key.startswith("x-"):
            yield from _holders(f"{where}.{key}".lstrip("."), value)


def _schema(where: str, node: Any) -> Iterator[tuple[str, Any]]:
    yield where, node
    if not isinstance(node, dict):
        return
    for group in (*SCHEMA_MAPS, *SCHEMA_LISTS):
        for key, value in _items(node.get(group)):
            yield from _schema(f"{where}.{group}.{key}", value)
    for key in SCHEMA_ONES:
        if key in node and not (key == "additionalProperties" and isinstance(node[key], bool)):
            yield from _schema(f"{where}.{key}", node[key])


def everything(node: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    """Every mapping of the document with its place."""
    if isinstance(node, dict):
        yield where, node
    for key, value in _items(node):
        yield from everything(value, f"{where}.{key}".lstrip("."))


def _items(node: Any) -> list[tuple[str, Any]]:
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [(str(key), value) for key, value in pairs]


def _dict(node: Any) -> Node:
    return node if isinstance(node, dict) else {}


def _list(node: Any) -> list[Any]:
    return node if isinstance(node, list) else []
