"""Which operation of the spec a request means.

werkzeug's routing is not used: it answers HEAD for every GET, merges leading slashes, and takes identifiers alone as
names of variables, none of which a spec says.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from .exchange import Refusal
from .spec import Node, resolve

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


@dataclass(frozen=True)
class Operation:
    """One operation of the spec. `declared` is its text there, references not followed."""

    name: str
    method: str
    path: str
    declared: Node = field(repr=False)


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
