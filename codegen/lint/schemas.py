"""Schemas whose generated models lose data or do not work."""

import math
import re
from collections.abc import Iterator

from codegen import walk
from codegen.lint.finding import Finding, unproved
from codegen.lint.kinds import is_a
from codegen.names import class_name, identifier
from codegen.walk import Node

WORDS = {"title", "description", "example", "examples", "deprecated", "externalDocs", "$comment", "xml"}
PROVED = WORDS | {"$ref", "type", "format", "enum", "const", "default", "allOf", "anyOf", "oneOf", "discriminator"}
PROVED |= {"properties", "required", "additionalProperties", "items", "minItems", "maxItems", "uniqueItems"}
PROVED |= {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength"}
PROVED |= {"pattern"}
FORMATS = {
    "string": {"date-time", "date", "uuid", "binary", "byte", "email", "uri", "url", "password"},
    "integer": {"int32", "int64"},
    "number": {"float", "double"},
}
MEMBERS = {  # attributes, methods and local names of every generated model
    *("to_dict", "from_dict", "to_multipart", "additional_properties", "additional_keys"),
    *("cls", "d", "src_dict", "field_dict"),
}
LOOP = {"prop", "prop_name"}  # local names of a model whose additional properties have a type
IMPORTED = {  # names that generated modules import or define
    *("Any", "AuthenticatedClient", "BinaryIO", "BytesIO", "Client", "Enum", "File", "FileTypes", "Generator"),
    *("HTTPStatus", "IntEnum", "Literal", "Mapping", "RequestFiles", "Response", "StrEnum", "T", "TextIO", "TypeVar"),
    *("UNSET", "UUID", "Unset"),
}
ROOMY = 64  # letters that a text of any format has room in
LONGEST = 150  # letters in the name of a class made of others' names: a file's name has 255 at most


def findings(spec: Node) -> Iterator[Finding]:
    yield from _modules(spec)
    for where, schema in walk.schemas(spec):
        yield from _keywords(where, schema)
        yield from _values(where, schema)
        yield from _properties(spec, where, schema)
        yield from _array(spec, where, schema)
        yield from _bounds(where, schema)
        yield from _text(where, schema)


def _bounds(where: str, schema: Node) -> Iterator[Finding]:
    """Limits that no value can keep to."""
    whole = 1 if is_a("integer", schema) else 0
    least = max(schema.get("minimum", -math.inf), schema.get("exclusiveMinimum", -math.inf) + whole)
    most = min(schema.get("maximum", math.inf), schema.get("exclusiveMaximum", math.inf) - whole)
    step = schema.get("multipleOf", whole)
    none = least > most or (step and math.isfinite(least) and math.ceil(least / step) * step > most)
    for size in ("Length", "Items"):
        none = none or schema.get(f"min{size}", 0) > schema.get(f"max{size}", math.inf)
    values = schema.get("items", {}).get("enum") if isinstance(schema.get("items"), dict) else None
    if none or (values and schema.get("uniqueItems") and schema.get("minItems", 0) > len(values)):
        yield Finding(where, "no value keeps to all its limits", "correct them")
    if schema.get("maxItems") == 0:
        yield Finding(where, "maxItems: 0 allows no items", "leave it out, or allow some")


def _modules(spec: Node) -> Iterator[Finding]:
    modules: dict[str, str] = {}
    for name, schema in spec.get("components", {}).get("schemas", {}).items():
        where = f"components.schemas.{name}"
        made = class_name(str(schema.get("title") or name))
        module = identifier(made)
        first = modules.setdefault(module, name)
        if first != name:
            reason = f"it becomes the module {module}.py, as {first} does; one is lost"
            yield Finding(where, reason, "give it a name (or title) that differs in more than case and underscores")
        if made in IMPORTED:
            yield Finding(where, f"generated modules use the name {made} themselves", "give it another name")
        if not name[:1].isalpha():
            yield Finding(where, "a class cannot be called so", "give it a name that begins with a letter")


def _keywords(where: str, schema: Node) -> Iterator[Finding]:
    for key in schema:
        if key == "nullable":
            yield Finding(where, "nullable is no word of OpenAPI 3.1", 'write type: [string, "null"]')
        elif key == "contentMediaType":
            yield Finding(where, "contentMediaType is ignored: bytes become text", "write format: binary")
        elif key not in PROVED and not key.startswith("x-"):
            yield unproved(where, key)
    if "$ref" in schema and (beside := sorted(schema.keys() - WORDS - {"$ref", "default"})):
        yield Finding(where, f"{', '.join(beside)} beside a $ref is ignored", "write it where the $ref leads")
    kind, form = schema.get("type"), schema.get("format")
    for each in [kind] if isinstance(kind, str) else kind or []:
        if each in FORMATS and form is not None and form not in FORMATS[each]:
            yield unproved(where, f"format: {form} of a {each}")


def _text(where: str, schema: Node) -> Iterator[Finding]:
    reference, form = schema.get("$ref"), schema.get("format")
    if isinstance(reference, str) and not re.fullmatch(r"#/components/schemas/[^/]+", reference):
        yield Finding(where, f"{reference!r} is no schema with a name", "make it a component, and refer to that")
    narrow = schema.get("minLength", 0) > 0 or schema.get("maxLength", ROOMY) < ROOMY or "pattern" in schema
    if form in FORMATS["string"] - {"binary", "password"} and narrow:
        yield unproved(where, f"a pattern or a length beside format: {form}")
    for value in [*schema.get("enum", []), schema.get("const")]:
        if isinstance(value, str) and re.search(r"[\n\r\t]", value):
            yield Finding(where, "a value with a line break or a tab becomes another text", "leave it out")
    if isinstance(schema.get("const"), str) and re.search(r"[\"'\\]", schema["const"]):
        yield Finding(where, "a const with a quote or a backslash becomes another text", "write type: string")


def _values(where: str, schema: Node) -> Iterator[Finding]:
    kind, values = schema.get("type"), schema.get("enum", [])
    plain = [value for value in values if value is not None]
    if isinstance(kind, list) and values:
        reason = "an enum beside a list of types becomes several enums that are the same"
        yield Finding(where, reason, 'leave the type out, or write anyOf with {type: "null"}')
    elif values and not plain:
        yield Finding(where, "an enum of null alone has no member", 'write type: "null"')
    elif None in values and isinstance(kind, str):
        yield Finding(where, f"null is no {kind}", "leave the type out")
    if len({type(value) for value in plain}) > 1 or any(type(value) not in {str, int} for value in plain):
        yield Finding(where, "an enum holds texts or whole numbers, not both", "write the type alone")
    names = dict[str, str]()
    for value in (value for value in plain if isinstance(value, str)):
        name = identifier(value).upper()
        if names.setdefault(name, value) != value:
            reason = f"{names[name]!r} and {value!r} become one member of the enum"
            yield Finding(where, reason, "write type: string, and the values in its description")
    if len(set(map(repr, values))) < len(values):
        yield Finding(where, "an enum names a value twice", "name it once")
    if "const" in schema and not isinstance(schema["const"], str):
        yield Finding(where, "a const that is no text becomes a wider type", "write an enum, or the type alone")
    if "default" in schema:
        yield from _default(where, schema)


def _default(where: str, schema: Node) -> Iterator[Finding]:
    value, remedy = schema["default"], "say it in the description"
    if isinstance(value, (list, dict)) or is_a("array", schema) or is_a("object", schema):
        yield Finding(where, "the default of a list or an object is lost", remedy)
    elif "$ref" in schema or any(group in schema for group in ("allOf", "anyOf", "oneOf")):
        yield Finding(where, "the default is lost beside a $ref, and in a choice", remedy)
    elif isinstance(value, str) and re.search(r"[\"'\\\n\r\t]", value):
        yield Finding(where, "a default with a quote or a backslash becomes another text", remedy)
    elif value is None or isinstance(schema.get("type"), list):
        yield Finding(where, "the default of what may be null is sent as if it had been asked for", remedy)


def _properties(spec: Node, where: str, schema: Node) -> Iterator[Finding]:
    properties = schema.get("properties", {})
    typed = isinstance(schema.get("additionalProperties"), dict) and schema["additionalProperties"]
    taken = MEMBERS | LOOP if typed else MEMBERS
    loops = {
        f"{identifier(name)}_item{ending}": name
        for name, value in properties.items()
        if is_a("array", walk.resolve(spec, value))
        for ending in ("", "_data")
    }
    seen = dict[str, str]()
    for name in properties:
        place, python = f"{where}.properties.{name}", identifier(name)
        if python in taken:
            reason = f"a property named {name} collides with {python!r}, which every generated model uses itself"
            yield Finding(place, reason, "give it another name")
        if python in loops:
            reason = f"its value is overwritten while the list {loops[python]!r} beside it is read"
            yield Finding(place, reason, "give it another name")
        if seen.setdefault(python, name) != name:
            reason = f"it becomes the attribute {python!r}, as {seen[python]!r} does"
            yield Finding(place, reason, "leave one of them out: it is then kept in additional_properties")
    for name in schema.get("required", []):
        if name not in properties and "allOf" not in schema:
            reason = f"it requires {name!r}, which is not described, so no model has it"
            yield Finding(where, reason, "describe it under properties")
    if properties and not {"type", "allOf"} & schema.keys():
        yield Finding(where, "what has properties need not be an object", "write type: object")
    named = re.sub(r"^.*components\.schemas\.|\.(properties|items)\b", "", where).replace(".", "")
    if len(named) > LONGEST and (properties or "enum" in schema):
        reason = f"the name of its class would have {len(named)} letters"
        yield Finding(where, reason, "make it a component with a shorter name")


def _array(spec: Node, where: str, schema: Node) -> Iterator[Finding]:
    if not is_a("array", schema):
        return
    if "items" not in schema:
        yield Finding(where, "an array without items cannot be generated", "say what it holds; items: {} is anything")
    items = schema.get("items")
    component = re.fullmatch(r"components\.schemas\.([^.]+)", where)
    if component and isinstance(items, dict) and ("properties" in items or "enum" in items):
        yield Finding(f"{where}.items", "items of an array component have no name", "make them a component")
    if component and walk.leads_to(spec, items, component[1]):
        yield Finding(where, f"the array {component[1]} holds itself", "put an object with a property between")
