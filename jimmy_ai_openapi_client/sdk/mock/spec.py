"""Read an OpenAPI document, and find out which of its operations a request means.

werkzeug's routing is not used: it answers HEAD for every GET, merges leading slashes, and takes identifiers alone as
names of variables, none of which a spec says.
"""

import io
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from ruamel.yaml import YAML

from .exchange import Refusal

Node = dict[str, Any]
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
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


def dumped(spec: Node, kind: str) -> str:
    """The text of a spec, as `yaml` or as `json`."""
    if kind == "json":
        return json.dumps(spec, indent=2, ensure_ascii=False)
    text = io.StringIO()
    YAML(pure=True).dump(spec, text)
    return text.getvalue()


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


@dataclass(frozen=True)
class Operation:
    """One operation of the spec. `declared` is its text there, references not followed."""

    name: str
    method: str
    path: str
    declared: Node = field(repr=False)

    @property
    def steps(self) -> list[str | int]:
        """Where it stands in the spec."""
        return ["paths", self.path, self.method]


class Router:
    """Finds operations by method and path, with or without the path prefix of a server."""

    def __init__(self, spec: Node) -> None:
        """Read the paths of `spec`."""
        self.operations = [
            Operation(declared.get("operationId", f"{method} {path}"), method, path, declared)
            for path, item in spec.get("paths", {}).items()
            for method, declared in resolve(spec, item).items()
            if method in METHODS
        ]
        servers = (urlsplit(server["url"]).path.rstrip("/") for server in spec.get("servers", []))
        prefix = "|".join(map(re.escape, {"", *servers}))
        routes = []
        for operation in self.operations:
            literals, names = (re.split(r"\{([^{}]+)\}", operation.path)[start::2] for start in (0, 1))
            pattern = re.compile(f"(?:{prefix}){'([^/]+)'.join(map(re.escape, literals))}")
            routes.append((pattern, names, operation))
        self._routes = sorted(routes, key=lambda route: len(route[1]))  # the most exact path first

    def route(self, method: str, path: str) -> tuple[Operation, dict[str, str]]:
        """The operation that a raw path means, and the values of the path's variables. Raises `Refusal`."""
        allowed = set()
        for pattern, names, operation in self._routes:
            found = pattern.fullmatch(path)
            if found and operation.method == method.lower():
                return operation, dict(zip(names, map(unquote, found.groups()), strict=True))
            if found:
                allowed.add(operation.method.upper())
        if not allowed:
            raise Refusal(404, 404, "no such path", location="#/paths")
        methods = ", ".join(sorted(allowed))
        raise Refusal(405, 405, f"use {methods}", location="#/paths", headers={"Allow": methods})

    def knows(self, path: str) -> bool:
        """Whether the spec has this path, whatever the method."""
        return any(pattern.fullmatch(path) for pattern, _, _ in self._routes)
