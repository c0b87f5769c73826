"""Values that fit a schema, made from nothing else."""

import math
from collections.abc import Iterator
from typing import Any

from openapi_schema_validator import OAS31Validator

from .spec import Node, pointed

Schema = Node | bool

TEXTS = {
    "date-time": "2026-05-01T12:00:00Z",
    "date": "2026-05-01",
    "time": "12:00:00Z",
    "duration": "PT1S",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "email": "someone@example.com",
    "uri": "https://example.com/",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "byte": "MA==",
}


class Unmakeable(Exception):  # noqa: N818  (often caught, then something is left out)
    """No value could be made for a schema: it is endless, or asks for more than this module knows."""


def make(spec: Node, schema: Schema, inside: tuple[str, ...] = ()) -> Any:
    """A value that fits `schema`: what the schema itself offers, else a plain one. Raises `Unmakeable`.

    `inside` names the references being followed: meeting one again means that the schema contains itself.
    """
    flat, inside = flatten(spec, schema, inside)
    for offered in ("example", "examples", "default", "const", "enum"):
        if offered in flat:
            return flat[offered][0] if offered in {"examples", "enum"} else flat[offered]
    for branches in ("oneOf", "anyOf"):
        if branches in flat:
            rest = {name: value for name, value in flat.items() if name != branches}
            made = _made(spec, [{"allOf": [rest, branch]} for branch in flat[branches]], inside)
            return next((value for value in made if value is not None), None)
    types = flat.get("type", "object" if "properties" in flat else "array" if "items" in flat else "null")
    type_ = types if isinstance(types, str) else next((one for one in types if one != "null"), "null")
    if type_ == "object":
        return _object(spec, flat, inside)
    if type_ == "array":
        return _array(spec, flat, inside)
    validator = OAS31Validator(flat)
    for candidate in _plain(type_, flat):
        if validator.is_valid(candidate):
            return candidate
    raise Unmakeable(f"no plain {type_} fits")


def flatten(spec: Node, schema: Schema, inside: tuple[str, ...] = ()) -> tuple[Node, tuple[str, ...]]:
    """The schema with its `$ref` and `allOf` merged in, and the references that it is inside of then."""
    if schema is False:
        raise Unmakeable("nothing fits `false`")
    node: Node = {} if isinstance(schema, bool) else schema
    parts: list[Schema] = list(node.get("allOf", []))
    if "$ref" in node:
        if node["$ref"] in inside:
            raise Unmakeable(f"{node['$ref']} contains itself")
        inside = (*inside, node["$ref"])
        parts.append(pointed(spec, node["$ref"]))
    flat, followed = Node(), inside
    for part in parts:
        piece, deeper = flatten(spec, part, inside)
        flat, followed = _merged(flat, piece), (*followed, *deeper)
    return _merged(flat, {name: value for name, value in node.items() if name not in {"$ref", "allOf"}}), followed


def _merged(one: Node, other: Node) -> Node:
    both = {**one, **other}
    if "properties" in one and "properties" in other:
        old, new = one["properties"], other["properties"]
        both["properties"] = {**old, **new, **{name: {"allOf": [old[name], new[name]]} for name in old.keys() & new}}
    if "required" in one and "required" in other:
        both["required"] = [*one["required"], *other["required"]]
    return both


def _made(spec: Node, choices: list[Node], inside: tuple[str, ...]) -> list[Any]:
    """A value for each of the choices that can be made. Raises `Unmakeable` if none can."""
    made, reason = list[Any](), Unmakeable("there is no choice")
    for choice in choices:
        try:
            made.append(make(spec, choice, inside))
        except Unmakeable as error:
            reason = error
    if not made:
        raise reason
    return made


def _object(spec: Node, flat: Node, inside: tuple[str, ...]) -> Node:
    required = dict.fromkeys(flat.get("required", []), flat.get("additionalProperties", True))
    made: Node = {}
    for name, schema in {**required, **flat.get("properties", {})}.items():
        try:
            made[name] = make(spec, schema, inside)
        except Unmakeable:
            if name in required:
                raise
    return made


def _array(spec: Node, flat: Node, inside: tuple[str, ...]) -> list[Any]:
    least = flat.get("minItems", 0)
    count = min(max(1, least), flat.get("maxItems", math.inf))
    if count > 1 and flat.get("uniqueItems"):
        raise Unmakeable(f"{count} different items")
    try:
        return [make(spec, flat.get("items", True), inside) for _ in range(count)]
    except Unmakeable:
        if least:
            raise
        return []


def _plain(type_: str, flat: Node) -> Iterator[Any]:
    """Candidates, the likeliest first."""
    if type_ == "string":
        # "0" rather than a word: an envelope whose `code` is text then reads as a success.
        yield TEXTS.get(flat.get("format", ""), "0")
        yield "0" * flat.get("minLength", 0)
        yield from TEXTS.values()
    elif type_ in {"integer", "number"}:
        yield 0
        edges = [
            flat[limit] for limit in ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum") if limit in flat
        ]
        step = flat.get("multipleOf", 1)
        for edge in edges:
            near = math.floor(edge / step) * step
            yield from (edge, near, near + step, near - step)
        yield sum(edges) / 2
    else:
        yield from (False, True) if type_ == "boolean" else (None,)
