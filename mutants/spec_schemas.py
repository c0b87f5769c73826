"""Lies about schemas: names, properties, types, what is required, words."""

from collections.abc import Iterator
from typing import Any

from .spec_changes import Change, Editor, Node, references

TYPES: tuple[Node, ...] = (
    *({"type": each} for each in ("string", "integer", "number", "boolean", "null")),
    {"type": "object"},
    {"type": "array", "items": {"type": "string"}},
    {"type": "array", "items": {"type": "integer"}},
    *({"type": "string", "format": each} for each in ("date-time", "uuid")),
    {"type": "string", "enum": ["Processing", "Active", "Failed"]},
    {"type": ["string", "integer"]},
    {"const": "Active"},
    {},
)


def schema_changes(document: Node) -> Iterator[Change]:
    """Yield lies about each component."""
    edit, schemas = Editor(document), document["components"]["schemas"]
    names = list(schemas)
    for name in names:
        place = f"components.schemas.{name}"
        yield component_renamed(edit, schemas, name, f"{name}X")
        other = names[names.index(name) - 1]
        yield edit.put("component swapped", schemas, place, **{name: schemas[other], other: schemas[name]})
        yield edit.put("component added", schemas, place, **{f"{name}Copy": schemas[name]})
        yield from object_changes(edit, schemas[name], place)


def component_renamed(edit: Editor, schemas: Node, name: str, other: str) -> Change:
    """Rename a component wherever it is used."""
    users = [each for each in references(edit.document) if each["$ref"].endswith(f"/{name}")]
    before = [each["$ref"] for each in users]
    for each in users:
        each["$ref"] = f"#/components/schemas/{other}"
    made = edit.rename("component renamed", schemas, "components.schemas", name, other)
    for each, reference in zip(users, before, strict=True):
        each["$ref"] = reference
    return made


def object_changes(edit: Editor, schema: Node, place: str) -> Iterator[Change]:
    """Yield lies about an object and each of its properties."""
    properties, required = schema["properties"], schema.get("required", [])
    yield edit.put("description", schema, place, description="Lies")
    yield edit.put("title", schema, place, title="Lies")
    for extra in (False, {"type": "string"}, {"type": "integer"}):
        yield edit.put("additional properties", schema, place, additionalProperties=extra)
    for added in ({"type": "string"}, {"type": "integer", "default": 7}):
        yield edit.put("property added", schema, place, properties={**properties, "added": added})
    yield edit.put(
        "required added", schema, place, properties={**properties, "added": {}}, required=[*required, "added"]
    )
    if len(properties) > 1:
        yield edit.put("property order", schema, place, properties=dict(reversed(list(properties.items()))))
    for name in list(properties):
        inside = f"{place}.properties.{name}"
        toggled = [each for each in required if each != name] if name in required else [*required, name]
        yield edit.put("required toggled", schema, inside, required=toggled or None)
        rest = {key: value for key, value in properties.items() if key != name}
        kept = [each for each in required if each != name]
        yield edit.put("property removed", schema, inside, properties=rest, required=kept or None)
        for other in (f"{name}x", name.upper(), f"{name[0]}_{name[1:]}"):
            yield edit.put(
                "property renamed",
                schema,
                inside,
                properties={other if key == name else key: value for key, value in properties.items()},
                required=[other if each == name else each for each in required] or None,
            )
        yield from property_changes(edit, properties, name, inside)


def property_changes(edit: Editor, properties: Node, name: str, place: str) -> Iterator[Change]:
    """Yield lies about one property."""
    node = properties[name]
    words = {key: node[key] for key in ("description", "example") if key in node}
    for other in TYPES:
        yield edit.put("property retyped", properties, place, **{name: {**other, **words}})
    if "type" in node:
        yield edit.put("nullable", node, place, type=[node["type"], "null"])
        default: Any = {"string": "x", "integer": 7, "array": None}.get(node["type"])
        yield edit.put("default", node, place, default=default)
    if "$ref" in node:
        yield edit.put("nullable", properties, place, **{name: {"anyOf": [node, {"type": "null"}]}})
        for other in edit.document["components"]["schemas"]:
            yield edit.put("component swapped", node, place, **{"$ref": f"#/components/schemas/{other}"})
    else:
        for said in (None, "Lies", f"{node.get('description', '')} / Lost"):
            yield edit.put("description", node, place, description=said)
        yield edit.put("example", node, place, example="other" if node.get("type") == "string" else 5)
        yield edit.put("deprecated", node, place, deprecated=True)
    if isinstance(node.get("items"), dict):
        for other in (
            *TYPES,
            *({"$ref": f"#/components/schemas/{each}"} for each in edit.document["components"]["schemas"]),
        ):
            yield edit.put("item type", node, place, items=other)
