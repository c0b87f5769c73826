"""Choices and combinations: a member must be known by what it is, as the generated code takes the first that fits."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from codegen import walk
from codegen.lint.finding import Finding, unproved
from codegen.lint.kinds import allowed, types
from codegen.lint.schemas import WORDS
from codegen.walk import Node

DEEPEST = 8  # schemas may contain themselves


def findings(spec: Node) -> Iterator[Finding]:
    for where, schema in walk.schemas(spec):
        if "allOf" in schema:
            yield from _combined(spec, where, schema)
        if any(group in schema for group in ("anyOf", "oneOf", "discriminator")):
            yield from _choice(spec, where, schema)
        kind = schema.get("type")
        if isinstance(kind, list) and {"integer", "number"} <= set(kind):
            yield Finding(where, "a whole number is a number too", "keep one of the two")


def _combined(spec: Node, where: str, schema: Node) -> Iterator[Finding]:
    members = schema["allOf"]
    if len(members) == 1 and "properties" in schema:
        reason = "properties beside an allOf of one member are lost, and the model with them"
        yield Finding(where, reason, "move them into a second member")
    if len(members) == 1 and "$ref" not in members[0]:
        yield Finding(where, "an allOf of one member is no combination", "write that member without allOf")
    beside = schema.keys() - WORDS - {"allOf", "type", "properties", "required"}
    for key in sorted(key for key in beside if not key.startswith("x-")):
        yield unproved(where, f"{key} beside allOf")
    if len(members) == 1 and "$ref" in members[0]:
        return
    names = dict[str, int]()
    for index, member in enumerate([*members, {"properties": schema.get("properties", {}), "type": "object"}]):
        node = walk.resolve(spec, member)
        if (node and types(spec, node) != {"object"}) or {"anyOf", "oneOf"} & node.keys():
            yield Finding(f"{where}.allOf.{index}", "only objects can be combined", "write one schema without allOf")
        if node.get("additionalProperties", True) is not True:
            reason = "what its additionalProperties allow is lost"
            yield Finding(f"{where}.allOf.{index}", reason, "write the properties of all members into one object")
        for name in flat(spec, member)[0]:
            if names.setdefault(name, index) != index:
                reason = f"{name!r} is described by two members, and one description is lost"
                yield Finding(f"{where}.allOf.{index}", reason, "describe it once")


def _choice(spec: Node, where: str, schema: Node) -> Iterator[Finding]:
    members = [*schema.get("oneOf", []), *schema.get("anyOf", [])]
    for beside in ("properties", "allOf"):
        if members and beside in schema:
            yield Finding(where, f"{beside} beside oneOf or anyOf are dropped", "move them into the members")
    beside_all = schema.keys() - WORDS - {"oneOf", "anyOf", "discriminator", "properties", "allOf", "default"}
    for key in sorted(key for key in beside_all if members and not key.startswith("x-")):
        if not (key == "type" and schema["type"] == "object"):
            yield Finding(where, f"{key} beside oneOf or anyOf is dropped", "move it into the members")
    if "oneOf" in schema and "anyOf" in schema:
        yield unproved(where, "anyOf beside oneOf")
    if "discriminator" in schema:
        yield from _discriminator(spec, where, schema, members)
    for (first, one), (second, other) in combinations(enumerate(members), 2):
        if reason := _alike(spec, one, other):
            place = f"{where}.{'oneOf' if 'oneOf' in schema else 'anyOf'}.{second}"
            remedy = "give each a required property of its own, or one with a const, or keep one member"
            yield Finding(place, f"it cannot be told from member {first}: {reason}", remedy)


def _discriminator(spec: Node, where: str, schema: Node, members: list[Any]) -> Iterator[Finding]:
    name = schema["discriminator"].get("propertyName")
    if not members:
        yield Finding(where, "a discriminator without oneOf is ignored", "list the members under oneOf")
    for index, member in enumerate(members):
        properties, _ = flat(spec, member)
        if not allowed(spec, properties.get(name)):
            reason = f"the discriminator is ignored, so member {index} must tell itself apart"
            yield Finding(where, reason, f"give its property {name!r} a const")
        for value in allowed(spec, properties.get(name)):
            known = schema["discriminator"].get("mapping", {}).get(value, value)
            if walk.component(member) not in {known, walk.component({"$ref": known})}:
                reason = f"to validators {value!r} means a schema of that name, which member {index} is not"
                yield Finding(where, reason, f"add {value}: {member.get('$ref', '...')} to its mapping")


def _alike(spec: Node, one: Any, other: Any) -> str:
    """Why the generated code may take a value of the other for the one, which it tries first; empty if it cannot."""
    shared = types(spec, one) & types(spec, other)
    if {"integer", "number"} <= types(spec, one) | types(spec, other):
        return "a whole number is a number too"
    if not shared:
        return ""
    if shared != {"object"}:
        return f"both may be {' or '.join(sorted(shared - {'object'}))}"
    (mine, required), (theirs, needed) = flat(spec, one), flat(spec, other)
    if required - theirs.keys():
        return ""
    for name in required & needed:
        values = [allowed(spec, each[name]) for each in (mine, theirs) if name in each]
        if len(values) == 2 and all(values) and not set(map(str, values[0])) & set(map(str, values[1])):
            return ""
    return "what the one requires, the other may have too"


def flat(spec: Node, schema: Any, depth: int = 0) -> tuple[Node, set[str]]:
    """The properties of an object, and which it requires, with those of its allOf."""
    node = walk.resolve(spec, schema)
    properties, required = dict(node.get("properties", {})), set(node.get("required", []))
    for member in node.get("allOf", []) if depth < DEEPEST else []:
        more, needed = flat(spec, member, depth + 1)
        properties, required = {**more, **properties}, required | needed
    return properties, required
