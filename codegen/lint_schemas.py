"""Schemas whose generated models lose data or do not work."""

from collections.abc import Iterator

from codegen import walk
from codegen.finding import Finding
from codegen.names import class_name, identifier
from codegen.walk import Node

MEMBERS = {  # attributes, methods and local names of every generated model
    *("to_dict", "from_dict", "to_multipart", "additional_properties", "additional_keys"),
    *("cls", "d", "src_dict", "field_dict"),
}
LOOP = {"prop", "prop_name"}  # local names of a model whose additional properties have a type

DEEPEST = 8  # schemas may contain themselves


def findings(spec: Node) -> Iterator[Finding]:
    yield from _modules(spec)
    for where, schema in walk.schemas(spec):
        yield from _properties(spec, where, schema)
        yield from _array(where, schema)
        yield from _union(spec, where, schema)
        if "contentMediaType" in schema:
            yield Finding(where, "contentMediaType is ignored: bytes become text", "write format: binary")


def _modules(spec: Node) -> Iterator[Finding]:
    modules: dict[str, str] = {}
    for name in spec.get("components", {}).get("schemas", {}):
        module = identifier(class_name(name))
        first = modules.setdefault(module, name)
        if first != name:
            where = f"components.schemas.{name}"
            reason = f"it becomes the module {module}.py, as {first} does; one is lost"
            yield Finding(where, reason, "give it a name that differs in more than case and underscores")


def _properties(spec: Node, where: str, schema: Node) -> Iterator[Finding]:
    properties = schema.get("properties", {})
    typed = isinstance(schema.get("additionalProperties"), dict) and schema["additionalProperties"]
    taken = MEMBERS | LOOP if typed else MEMBERS
    loops = {
        f"{identifier(name)}_item{ending}": name
        for name, value in properties.items()
        if _is_array(walk.resolve(spec, value))
        for ending in ("", "_data")
    }
    for name in properties:
        place, python = f"{where}.properties.{name}", identifier(name)
        if python in taken:
            reason = f"a property named {name} collides with {python!r}, which every generated model uses itself"
            yield Finding(place, reason, "give it another name")
        if python in loops:
            reason = f"its value is overwritten while the list {loops[python]!r} beside it is read"
            yield Finding(place, reason, "give it another name")


def _is_array(schema: Node) -> bool:
    kind = schema.get("type")
    return kind == "array" or (isinstance(kind, list) and "array" in kind)


def _array(where: str, schema: Node) -> Iterator[Finding]:
    if _is_array(schema) and "items" not in schema and not schema.get("prefixItems"):
        yield Finding(where, "an array without items cannot be generated", "say what it holds; items: {} is anything")


def _union(spec: Node, where: str, schema: Node) -> Iterator[Finding]:
    members = [*schema.get("oneOf", []), *schema.get("anyOf", [])]
    for beside in ("properties", "allOf"):
        if members and beside in schema:
            yield Finding(where, f"{beside} beside oneOf or anyOf are dropped", "move them into the members")
    if "discriminator" not in schema:
        return
    name = schema["discriminator"].get("propertyName")
    if not members:
        yield Finding(where, "a discriminator without oneOf is ignored", "list the members under oneOf")
    for index, member in enumerate(members):
        if not _fixed(spec, walk.resolve(spec, member), name):
            reason = f"the discriminator is ignored, so member {index} must tell itself apart"
            yield Finding(where, reason, f"give its property {name!r} a const")


def _fixed(spec: Node, schema: Node, name: str, depth: int = 0) -> bool:
    """Whether a value of this schema can be recognised by its property `name`."""
    tag = walk.resolve(spec, schema.get("properties", {}).get(name))
    if "const" in tag or "enum" in tag:
        return True
    parts = schema.get("allOf", []) if depth < DEEPEST else []
    return any(_fixed(spec, walk.resolve(spec, part), name, depth + 1) for part in parts)
