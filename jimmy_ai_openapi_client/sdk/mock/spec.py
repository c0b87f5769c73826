"""Read an OpenAPI document as the JSON that it stands for."""

import json
import os
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ruamel.yaml import YAML

Node = dict[str, Any]
Source = str | os.PathLike[str] | Mapping[str, Any] | None


def load(source: Source = None) -> Node:
    """The spec as plain JSON values: from a mapping, from a file, or the one in the package.

    YAML is read as version 1.2. Going through JSON turns keys such as `200` into text, dates back into text and
    anchors into copies.
    """
    if not isinstance(source, Mapping):
        file = files("jimmy_ai_openapi_client").joinpath("openapi.yaml") if source is None else Path(source)
        source = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    spec: Node = json.loads(json.dumps(source, default=str))
    return spec


def resolve(spec: Node, node: Node) -> Node:
    """Follow `$ref`s within the document until something else is found."""
    while "$ref" in node:
        node = pointed(spec, node["$ref"])
    return node


def pointed(spec: Node, reference: str) -> Node:
    """What a `$ref` within the document (`#/...`) points to."""
    found: Any = spec
    for step in reference.removeprefix("#/").split("/"):
        key = unquote(step).replace("~1", "/").replace("~0", "~")
        found = found[int(key)] if isinstance(found, list) else found[key]
    node: Node = found
    return node
