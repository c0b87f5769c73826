"""Documents written for OpenAPI 3.0, said in the words of 3.1."""

from typing import Any

from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from codegen.refused import RefusedError
from codegen.walk import Node, schemas

NULL = DoubleQuotedScalarString("null")  # not the value null, wherever it is written
LIMITS = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}


def modernised(document: Node, name: str) -> Node:
    """The same document, changed in place. What 3.0 and 3.1 both know stays as it is."""
    said = str(document.get("openapi"))
    if not said.startswith(("3.0.", "3.1.")):
        raise RefusedError(f"{name} is written for OpenAPI {said}", ["3.0 and 3.1 can be read"])
    for _, schema in list(schemas(document)):
        if schema.pop("nullable", False) is True:
            _nullable(schema)
        for key, limit in LIMITS.items():
            if isinstance(schema.get(key), bool) and schema.pop(key) and limit in schema:
                schema[key] = schema.pop(limit)
    return document


def _nullable(schema: dict[str, Any]) -> None:
    if isinstance(schema.get("type"), str):
        schema["type"] = [schema["type"], NULL]
        if "enum" in schema and None not in schema["enum"]:
            schema["enum"].append(None)
    elif reference := schema.pop("$ref", None):
        schema["anyOf"] = [{"$ref": reference}, {"type": NULL}]
    elif members := schema.pop("allOf", None):
        schema["anyOf"] = [members[0] if len(members) == 1 else {"allOf": members}, {"type": NULL}]
