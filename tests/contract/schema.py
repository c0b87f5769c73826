"""A schema of the spec, with its references followed and its allOf merged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from jsonschema.validators import extend  # type: ignore[import-untyped]
from openapi_schema_validator import OAS31Validator, oas31_format_checker

from .document import DOCUMENT, Node, look_up, resolve

COMPONENT = "#/components/schemas/"
# 1.0 is no whole number here, and what a file holds is text.
TYPES = OAS31Validator.TYPE_CHECKER.redefine("integer", lambda _, value: type(value) is int)
STRICT = extend(OAS31Validator, type_checker=TYPES.redefine("string", lambda _, value: isinstance(value, str | bytes)))
OWN = {"title", "description", "example", "examples", "additionalProperties"}


@dataclass(frozen=True)
class Schema:
    """One shape of value; `name` is the component it is, None when it is written in place.

    `place` says where it stands: the keys that lead there, joined by dots.
    """

    node: Node
    name: str | None = None
    place: str = field(default="", compare=False)

    @classmethod
    def of(cls, node: Any, place: str) -> "Schema":
        """Read a schema, a reference to one, or `true`, that stands at a place of openapi.yaml.

        A default belongs to the place where it is written: one behind a reference is not the default of this place. A
        component that is nothing but a reference is a component of its own.
        """
        name, own = None, node.get("default") if isinstance(node, Mapping) else None
        while isinstance(node, Mapping) and (reference := alias(node)):
            if name is None or "$ref" not in node:
                name = reference.removeprefix(COMPONENT) if reference.startswith(COMPONENT) else None
                place = reference.removeprefix("#/").replace("/", ".")
            node = look_up(reference)
            node = {key: each for key, each in node.items() if key != "default"}
            node |= {} if own is None else {"default": own}
        return cls(merged(node) if isinstance(node, Mapping) else {}, name, place)

    def at(self, step: str, node: Any) -> "Schema":
        """Read a schema that stands within this one."""
        return Schema.of(node, f"{self.place}.{step}" if step else self.place)

    @cached_property
    def kind(self) -> str:
        """One of: union, enum, const, object, array, string, integer, number, boolean, null, any."""
        node, written = self.node, self.node.get("type")
        if len(self.options) > 1:
            return "union"
        if "enum" in node and written != "boolean":
            return "enum"
        if "const" in node:
            return "const"
        if written is None and "properties" in node:
            return "object"
        return str(written or "any")

    @cached_property
    def options(self) -> tuple["Schema", ...]:
        """What a value may be: the members of oneOf, anyOf, a list of types, or a null beside the rest."""
        node = self.node
        words = ("oneOf", "anyOf")
        members = [self.at(f"{word}.{at}", each) for word in words for at, each in enumerate(node.get(word, ()))]
        if members:
            return tuple(option for member in members for option in (member.options or (member,)))
        written, values = node.get("type"), node.get("enum", ())
        if None in values:
            rest = {**node, "enum": [value for value in values if value is not None]}
            return self.at("", rest), self.at("", {"type": "null"})
        if isinstance(written, list) and not values:
            return tuple(self.at("", {**node, "type": each}) for each in written)
        return ()

    @property
    def format(self) -> str | None:
        """The format of a text or number: date-time, uuid, binary, int64."""
        return self.node.get("format")

    @cached_property
    def properties(self) -> dict[str, "Schema"]:
        """The named properties of an object."""
        return {name: self.at(f"properties.{name}", node) for name, node in self.node.get("properties", {}).items()}

    @property
    def required(self) -> frozenset[str]:
        """The names of the properties that must be there."""
        return frozenset(self.node.get("required", ()))

    @cached_property
    def extra(self) -> "Schema | None":
        """What a property that has no name in the spec may be; None when there may be none."""
        allowed = self.node.get("additionalProperties", True)
        return None if allowed is False else self.at("additionalProperties", allowed)

    @cached_property
    def items(self) -> "Schema":
        """What an array holds."""
        return self.at("items", self.node.get("items", True))

    @property
    def inner(self) -> list[tuple[str | None, "Schema"]]:
        """The schemas inside of this one, those of an object with the names of their properties."""
        if self.kind == "object":
            extra = [("additional_properties", self.extra)] if self.is_map and self.extra else []
            return [*self.properties.items(), *extra]
        return [(None, each) for each in (*self.options, *([self.items] if self.kind == "array" else ()))]

    def holds(self, format_: str, above: tuple["Schema", ...] = ()) -> bool:
        """Whether there is a value of a format anywhere inside."""
        deeper = [each for _, each in self.inner if each not in above]
        return self.format == format_ or any(each.holds(format_, (*above, self)) for each in deeper)

    def takes(self, value: Any) -> bool:
        """Whether a validator that no one here wrote takes a value for one of this schema."""
        return bool(STRICT({**DOCUMENT, **self.node}, format_checker=oas31_format_checker).is_valid(value))

    @property
    def is_map(self) -> bool:
        """Whether the unnamed properties are what the object is for: the spec says what they hold."""
        return self.kind == "object" and isinstance(self.node.get("additionalProperties"), Mapping)


def alias(node: Node) -> str | None:
    """Return the reference that the node stands for: a `$ref`, or the lonely member of a combination."""
    if "$ref" in node:
        return str(node["$ref"])
    members = [*node.get("allOf", ()), *node.get("anyOf", ()), *node.get("oneOf", ())]
    adds = {"properties", "required", "additionalProperties", "type"} & set(node)
    return members[0].get("$ref") if len(members) == 1 and not adds else None


def merged(node: Node) -> Node:
    """Fold the members of an allOf into one schema; what is written beside it comes last and wins.

    What a member says of itself alone (its title, whether it takes more properties) is not handed on.
    """
    if "allOf" not in node:
        return node
    own = {key: value for key, value in node.items() if key != "allOf"}
    members = [merged(resolve(member)) for member in node["allOf"]]
    parts = [*({key: part[key] for key in part if key not in OWN} for part in members), own]
    result: dict[str, Any] = {}
    for part in parts:
        properties = {**result.get("properties", {}), **part.get("properties", {})}
        required = [*result.get("required", ()), *part.get("required", ())]
        result |= part
        result |= {key: value for key, value in (("properties", properties), ("required", required)) if value}
    return result
