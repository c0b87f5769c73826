"""The table of shapes: what may stand in an operation, and what must happen to it.

Each file beside this one is a topic. Each YAML document in it is a case:

    case: what it is, in words
    schema: a schema, as the property `value` of a model that is sent and answered
    parameters: those of the operation (`path` says where it is)
    body, answer: a map of media types to schemas
    schemas: components
    operation, spec: whatever else, laid over the operation or the document
    refused: words of the refusal; without it the case is green
    instead: the same again, for what the refusal says to write: it is green
"""

import json
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

HOME = Path(__file__).parent
BEARER = {"securitySchemes": {"bearerAuth": {"type": "http", "scheme": "bearer"}}}
MODEL = {"$ref": "#/components/schemas/Shape"}
JSON = "application/json"
COMPONENT = "#/components/schemas/"


class Case(NamedTuple):
    """One row of the table, and what it is called where there are others."""

    id: str
    shape: dict[str, Any]
    refused: str | None = None


def cases() -> Iterator[Case]:
    """Every case, and for each refusal that names a remedy the remedy, as a case of its own."""
    for topic, rows in topics().items():
        for row in rows:
            shape, name = dict(row), f"{topic}: {row['case']}"
            refused, instead = shape.pop("refused", None), shape.pop("instead", None)
            yield Case(name, shape, refused)
            if instead:
                yield Case(f"{name}, written otherwise", instead)


@cache
def topics() -> dict[str, list[dict[str, Any]]]:
    """The rows of each file, as they are written."""
    reader = YAML(typ="safe", pure=True)
    files = sorted(HOME.glob("*.yaml"))
    return {file.stem: list(reader.load_all(file.read_text(encoding="utf-8"))) for file in files}


def document(shape: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI document of a case: one operation beside what it needs."""
    shape = deepcopy(shape)
    schemas = shape.get("schemas", {})
    body, answer = shape.get("body"), shape.get("answer", {JSON: {"type": "object"}})
    if "schema" in shape:
        schemas["Shape"] = {"type": "object", "properties": {"value": shape["schema"]}}
        body = answer = {JSON: MODEL}
    operation: dict[str, Any] = {
        "operationId": "tryShape",
        "parameters": shape.get("parameters", []),
        "responses": {"200": {"description": "Done", "content": content(answer)}},
    }
    if body:
        operation["requestBody"] = {"required": True, "content": content(body)}
    method = shape.get("method", "post" if body else "get")
    made = {
        "openapi": "3.1.0",
        "info": {"title": "Shapes", "version": "1.0.0"},
        "servers": [{"url": "https://api.example.com"}],
        "security": [{"bearerAuth": []}],
        "paths": {shape.get("path", "/shape"): {method: laid_over(operation, shape.get("operation", {}))}},
        "components": {**BEARER, "schemas": schemas},
    }
    result: dict[str, Any] = laid_over(made, shape.get("spec", {}))
    return result


def together(group: list[Case]) -> dict[str, Any]:
    """One document of many cases: each has its number in its names and paths."""
    found: dict[str, Any] = document({})
    found["paths"] = {}
    for number, case in enumerate(group):
        text = json.dumps(document(case.shape)).replace(COMPONENT, f"{COMPONENT}N{number}")
        each = json.loads(text.replace('"tryShape"', f'"n{number}TryShape"'))
        found["paths"] |= {f"/n{number}{path}": item for path, item in each["paths"].items()}
        schemas = each["components"]["schemas"].items()
        found["components"]["schemas"] |= {f"N{number}{name}": schema for name, schema in schemas}
    return found


def alone(case: Case) -> bool:
    """Whether a case says more than can stand beside others."""
    return bool({"spec", "operation"} & case.shape.keys()) or "Another Name" in str(case.shape)


def written(whole: dict[str, Any]) -> str:
    """A document as the text of a file."""
    writer, text = YAML(typ="safe", pure=True), StringIO()
    writer.representer.ignore_aliases = lambda _: True
    writer.dump(whole, text)
    return text.getvalue()


def content(schemas: dict[str, Any]) -> dict[str, Any]:
    """Media types with a schema each."""
    return {media: {"schema": schema} for media, schema in schemas.items()}


def laid_over(base: Any, patch: Any) -> Any:
    """`base` with what `patch` says; null takes a key away."""
    if not (isinstance(base, dict) and isinstance(patch, dict)):
        return patch
    merged = {**base, **{key: laid_over(base.get(key), value) for key, value in patch.items()}}
    return {key: value for key, value in merged.items() if value is not None or key not in patch}
