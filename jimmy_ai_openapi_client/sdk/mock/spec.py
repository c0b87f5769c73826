"""Read an OpenAPI document, and find out which of its operations a request means.

werkzeug's routing is not used: it answers HEAD for every GET, merges leading slashes, and takes identifiers alone as
names of variables, none of which a spec says.
"""

import io
import json
import os
import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from ruamel.yaml import YAML

from .exchange import Refusal

Node = dict[str, Any]
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
VARIABLE = re.compile(r"\{([^{}]+)\}")
Source = str | os.PathLike[str] | Mapping[str, Any] | None


def load(source: Source = None) -> Node:
    """The spec as plain JSON values: from a mapping, from a file, or the one in the package.

    YAML is read as version 1.2. Going through JSON turns keys such as `200` into text, dates back into text and
    anchors into copies.
    """
    if not isinstance(source, Mapping):
        file = files("jimmy_ai_openapi_client").joinpath("openapi.yaml") if source is None else Path(source)
        source = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    return dict(json.loads(json.dumps(source, default=str)))


def to_yaml(spec: Node) -> str:
    """The text of a spec."""
    text = io.StringIO()
    YAML(pure=True).dump(spec, text)
    return text.getvalue()


def resolve(spec: Node, node: Node) -> Node:
    """Follow `$ref`s within the document until something else is found."""
    while "$ref" in node:
        node = pointed(spec, node["$ref"])
    return node


def pointed(spec: Node, reference: str) -> Any:
    """What a `$ref` within the document (`#/...`) points to."""
    found: Any = spec
    for step in reference.removeprefix("#/").split("/"):
        key = unquote(step).replace("~1", "/").replace("~0", "~")
        found = found[int(key)] if isinstance(found, list) else found[key]
    return found


class Operation(NamedTuple):
    """One operation of the spec. `declared` is its text there, references not followed."""

    name: str
    method: str
    path: str
    declared: Node

    @property
    def steps(self) -> list[str | int]:
        """Where it stands in the spec."""
        return ["paths", self.path, self.method]


class Router:
    """Finds operations by method and path, with or without the path prefix of a server."""

    def __init__(self, spec: Node) -> None:
        """Read the paths of `spec`."""
        self.spec = spec
        self.operations = [
            Operation(declared.get("operationId", f"{method} {path}"), method, path, declared)
            for path, item in spec.get("paths", {}).items()
            for method, declared in resolve(spec, item).items()
            if method in METHODS
        ]
        prefix = "|".join(re.escape(urlsplit(one["url"]).path.rstrip("/")) for one in spec.get("servers", []))
        self._routes = [
            (re.compile(f"(?:{prefix})?{'([^/]+)'.join(map(re.escape, VARIABLE.split(one.path)[::2]))}"), one)
            for one in sorted(self.operations, key=lambda one: -one.path.count("{"))  # the most exact path last
        ]

    def route(self, method: str, path: str) -> tuple[Operation, dict[str, str]]:
        """The operation that a raw path means, and the values of the path's variables. Raises `Refusal`."""
        found = {one.method: (one, match) for pattern, one in self._routes if (match := pattern.fullmatch(path))}
        if method.lower() in found:
            operation, match = found[method.lower()]
            return operation, dict(zip(VARIABLE.findall(operation.path), map(unquote, match.groups()), strict=True))
        if not found:
            raise Refusal(404, 404, "no such path", location="#/paths")
        methods = ", ".join(sorted(found)).upper()
        raise Refusal(405, 405, f"use {methods}", location="#/paths", headers={"Allow": methods})

    def knows(self, path: str) -> bool:
        """Whether the spec has this path, whatever the method."""
        return any(pattern.fullmatch(path) for pattern, _ in self._routes)
