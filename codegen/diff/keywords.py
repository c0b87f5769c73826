"""What each keyword of a schema says about how much room a value has."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from codegen import walk
from codegen.diff.change import code
from codegen.walk import Node

WORDS = {"title", "description", "example", "examples", "externalDocs", "deprecated", "$comment", "xml"}
UPPER = {"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains"}
LOWER = {"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains"}
NOUGHT = {"minLength", "minItems", "minProperties"}
ANYTHING = {"", ".*", "^.*$"}  # patterns that every text has
FORMATS = ("int32", "int64", "float", "double")  # each holds the one before it
STRUCTURE = {"properties", "required", "items", "allOf", "oneOf", "anyOf", "additionalProperties", "discriminator"}
SEVERAL = {"type", "enum", "const", "default"}
WIDER, NARROWER = (False, True), (True, False)
DEEPEST = 8  # schemas may contain themselves


class Room(NamedTuple):
    """A difference: whether fewer values fit than before, whether more do, and how to say so."""

    narrower: bool
    wider: bool
    sent: str
    received: str = ""  # if it reads differently from the other side


def flat(spec: Node, node: Any, depth: int = 0) -> Node:
    """The schema with its reference followed, its allOf merged, and `null` as one of its types."""
    schema: Node = dict(walk.resolve(spec, node))
    for part in schema.pop("allOf", []) if depth < DEEPEST else []:
        more = flat(spec, part, depth + 1)
        properties = {**more.get("properties", {}), **schema.get("properties", {})}
        required = [*more.get("required", []), *schema.get("required", [])]
        schema = {**more, **schema, **_tightest(more, schema), "properties": properties, "required": required}
    for group in ("oneOf", "anyOf"):
        members = [member for member in schema.get(group, []) if walk.resolve(spec, member).get("type") != "null"]
        if len(members) == 1 and depth < DEEPEST:
            nullable = len(schema.pop(group)) > 1
            schema = {**flat(spec, members[0], depth + 1), **schema}
            if nullable and (kinds := _kinds(schema)):
                schema["type"] = [*kinds, "null"]
    return schema


def _tightest(one: Node, other: Node) -> Node:
    """Of the limits that two schemas both set, the narrower one: a value must keep to both."""
    shared = one.keys() & other.keys()
    limits = {key: min(one[key], other[key]) for key in shared & UPPER}
    limits |= {key: max(one[key], other[key]) for key in shared & LOWER}
    if "enum" in shared:
        limits["enum"] = [value for value in other["enum"] if value in one["enum"]]
    return limits


def _plain(schema: Node) -> Node:
    """The same limits said in one way: none instead of nought, and inclusive for whole numbers."""
    found = {key: value for key, value in schema.items() if not (key in NOUGHT and value == 0)}
    if found.get("pattern") in ANYTHING:
        del found["pattern"]
    if _kinds(schema) - {"null"} == {"integer"}:
        for exclusive, inclusive, step, pick in (
            ("exclusiveMinimum", "minimum", 1, max),
            ("exclusiveMaximum", "maximum", -1, min),
        ):
            if isinstance(limit := found.pop(exclusive, None), int):
                found[inclusive] = pick(limit + step, found.get(inclusive, limit + step))
    return found


def keywords(old: Node, new: Node) -> Iterator[Room]:
    """What differs between two flat schemas, short of what is inside them."""
    old, new = _plain(old), _plain(new)
    yield from _types(_kinds(old), _kinds(new))
    yield from _values(_allowed(old), _allowed(new))
    if old.get("default") != new.get("default"):
        # To leave it out means something else now: those who send it must look.
        yield Room(*NARROWER, f"default {_shown(old.get('default'))} is now {_shown(new.get('default'))}")
    handled = WORDS | STRUCTURE | SEVERAL
    for key in sorted((old.keys() | new.keys()) - handled):
        if old.get(key) != new.get(key) and not key.startswith("x-"):
            yield _limit(key, old.get(key), new.get(key))
    for key in ("additionalProperties", "items"):
        before, after = old.get(key, True), new.get(key, True)
        if before != after and not (isinstance(before, dict) and isinstance(after, dict)):
            yield Room(before is True or after is False, after is True or before is False, f"{code(key)} changed")


def alternatives(schema: Node) -> dict[str, Any]:
    """The members of oneOf and anyOf, by their component or their whole text."""
    members = [*schema.get("oneOf", []), *schema.get("anyOf", [])]
    return {walk.component(member) or json.dumps(member, sort_keys=True, default=str): member for member in members}


def _types(old: set[str], new: set[str]) -> Iterator[Room]:
    known = old and new
    if known and ("null" in old) != ("null" in new):
        if "null" in new:
            yield Room(*WIDER, "null is now allowed", "may now be null")
        else:
            yield Room(*NARROWER, "null is no longer allowed", "is no longer null")
    before, after = (_spread(kinds - {"null"}) for kinds in (old, new))
    if before != after:
        lost, gained = not before or bool(after and before - after), not after or bool(before and after - before)
        yield Room(lost, gained, f"type {_named(old)} is now {_named(new)}")


def _spread(kinds: set[str]) -> set[str]:
    return kinds | {"integer"} if "number" in kinds else kinds


def _kinds(schema: Node) -> set[str]:
    """The types a value may have; none said is any."""
    kind = schema.get("type") or ("object" if "properties" in schema else [])
    return {kind} if isinstance(kind, str) else set(kind)


def _named(kinds: set[str]) -> str:
    return " or ".join(code(kind) for kind in sorted(kinds - {"null"})) or "anything"


def _allowed(schema: Node) -> list[Any] | None:
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    return None if values is None else list(values)


def _values(old: list[Any] | None, new: list[Any] | None) -> Iterator[Room]:
    if old == new:
        return
    if old is None or new is None:
        values = _shown(new or old, "nothing")
        yield Room(old is None, new is None, f"{'now' if old is None else 'no longer'} one of {values}")
        return
    for value in old:
        if value not in new:
            yield Room(*NARROWER, f"{_shown(value)} is no longer allowed", f"is no longer {_shown(value)}")
    for value in new:
        if value not in old:
            yield Room(*WIDER, f"{_shown(value)} is now allowed", f"may now also be {_shown(value)}")


def _limit(key: str, old: Any, new: Any) -> Room:
    sentence = f"{code(key)} {_shown(old)} is now {_shown(new)}"
    if key in UPPER | LOWER and all(isinstance(each, (int, float)) for each in (old, new)):
        up = new > old
        return Room(up == (key in LOWER), up == (key in UPPER), sentence)
    if key == "format" and {old, new} <= {*FORMATS, None}:
        was, now = (len(FORMATS) if each is None else FORMATS.index(each) for each in (old, new))
        return Room(now < was, now > was, sentence)
    if key == "uniqueItems":
        return Room(bool(new), bool(old), sentence)
    if key == "multipleOf" and old and new and not (old % new and new % old):
        return Room(new > old, old > new, sentence)
    return Room(new is not None, new is None or old is not None, sentence)


def _shown(value: Any, none: str = "none") -> str:
    return none if value is None else code(value if isinstance(value, str) else json.dumps(value, default=str))
