"""A documentation page: Markdown in which one fenced yaml block is an OpenAPI document."""

import re
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from codegen import spec
from codegen.bounds import LARGEST
from codegen.refused import RefusedError
from codegen.tools import here
from codegen.walk import Node, schemas

FENCE = re.compile(
    r"^(?P<indent> {0,3})(?P<fence>`{3,}|~{3,}) *ya?ml\b[^\n]*\n(?P<text>.*?)^ {0,3}(?P=fence)[`~]* *$",
    re.MULTILINE | re.DOTALL,
)

NULL = DoubleQuotedScalarString("null")  # not the value null, wherever it is written
LIMITS = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}


class Page(NamedTuple):
    name: str
    document: Node
    written: Any  # the same with the page's own comments and styles, for putting it into another file


def read(name: str) -> Page:
    """From a file or an https URL. Whatever is no single sound OpenAPI document is refused."""
    remote = re.match(r"[a-z][a-z0-9+.-]+://", name)
    data = _fetched(name) if remote else _small(here(name))
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise RefusedError(f"{name} is not text", [str(error)]) from error
    blocks = [each for each in _blocks(text) if re.search(r"^openapi\s*:", each, re.MULTILINE)]
    if len(blocks) != 1:
        details = ["it must hold one ```yaml block with an `openapi:` line, as the vendor's pages do"]
        raise RefusedError(f"{name} holds {len(blocks)} OpenAPI documents", details)
    try:
        document = spec.load(blocks[0].encode(), aliases=False)
    except RefusedError as refusal:
        raise RefusedError(f"{name}: {str(refusal).replace('openapi.yaml', 'its OpenAPI block')}") from refusal
    round_trip = YAML(typ="rt")
    round_trip.preserve_quotes = True
    modernised(document, name)
    return Page(name, document, modernised(round_trip.load(blocks[0]), name))


def _blocks(text: str) -> list[str]:
    return [re.sub(rf"^ {{0,{len(found['indent'])}}}", "", found["text"], flags=re.MULTILINE)
            for found in FENCE.finditer(text)]  # fmt: skip


def _fetched(url: str) -> bytes:
    from codegen.fetch import fetch  # noqa: PLC0415 - httpx is loaded only where it is needed

    return fetch(url)


def _small(path: Path) -> bytes:
    size = path.stat().st_size
    if size > LARGEST:
        raise RefusedError(f"{path} has {size} bytes; {LARGEST} are taken at most")
    return path.read_bytes()


def modernised(document: Node, name: str) -> Node:
    """The same document in the words of OpenAPI 3.1, changed in place. What 3.0 and 3.1 both know stays as it is."""
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
