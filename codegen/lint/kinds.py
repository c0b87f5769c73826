"""What a value of a schema may be."""

from collections.abc import Iterator
from typing import Any

from codegen import walk
from codegen.walk import Node

DEEPEST = 8  # schemas may contain themselves
TYPES: dict[type, str] = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}


def kinds(spec: Node, schema: Any, depth: int = 0) -> set[str]:
    """Every type and format that a value may have."""
    node = walk.resolve(spec, schema)
    found = {kind for each in _typed(node) for kind in each}
    if depth < DEEPEST:
        for member in members(node):
            found |= kinds(spec, member, depth + 1)
    return found


def within(spec: Node, schema: Any, depth: int = 0) -> set[str]:
    """Every type and format of a value and of what is inside it."""
    node, found = walk.resolve(spec, schema), kinds(spec, schema)
    inner = [*node.get("properties", {}).values(), node.get("items"), node.get("additionalProperties"), *members(node)]
    return found.union(*(within(spec, each, depth + 1) for each in inner if isinstance(each, dict) and depth < DEEPEST))


def types(spec: Node, schema: Any) -> set[str]:
    """The JSON types alone; what says nothing of them may be any."""
    known = {"string", "integer", "number", "boolean", "array", "object", "null"}
    return kinds(spec, schema) & known or known


def members(node: Node) -> list[Any]:
    """What an allOf, anyOf or oneOf holds."""
    return [member for group in ("allOf", "anyOf", "oneOf") for member in node.get(group, [])]


def allowed(spec: Node, schema: Any) -> list[Any]:
    """The values that an enum or a const names."""
    node = walk.resolve(spec, schema)
    return [*node.get("enum", []), *([node["const"]] if "const" in node else [])]


def is_a(kind: str, schema: Node) -> bool:
    """Whether a schema says this type, perhaps beside null."""
    written = schema.get("type")
    return written == kind or (isinstance(written, list) and kind in written)


def _typed(node: Node) -> Iterator[set[str]]:
    written = node.get("type")
    if written is not None:
        yield {written} if isinstance(written, str) else set(written)
    elif "enum" in node or "const" in node:
        yield {TYPES.get(type(value), "object") for value in allowed({}, node)}
    elif "properties" in node or "additionalProperties" in node:
        yield {"object"}
    if None in node.get("enum", []):
        yield {"null"}
    if "format" in node:
        yield {node["format"]}
