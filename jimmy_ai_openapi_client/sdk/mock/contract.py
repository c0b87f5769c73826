"""What the spec lets in: routes and the verdict on one request."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx

from .judge import Judge
from .spec import Node, resolve

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


class Refused(Exception):  # noqa: N818  (an answer, not an error)
    """A request that the API does not serve: how it says so."""

    def __init__(self, status: int, code: int, msg: str, **headers: str) -> None:
        """An HTTP status, and code and text of the envelope."""
        super().__init__(msg)
        self.status, self.code, self.msg, self.headers = status, code, msg, headers


@dataclass(frozen=True)
class Operation:
    """One operation of the spec. `declared` is its text there, references not followed."""

    name: str
    method: str
    path: str
    declared: Node = field(repr=False)

    def match(self, path: str) -> dict[str, str] | None:
        """The values of the path's variables, or None when this is not its path."""
        found = self._pattern.fullmatch(path)
        if found is None:
            return None
        return {name: unquote(value) for name, value in zip(self._parts[1::2], found.groups(), strict=True)}

    @property
    def variables(self) -> int:
        """How many parts of the path are open; fewer is more exact."""
        return len(self._parts) // 2

    @cached_property
    def _parts(self) -> list[str]:
        return re.split(r"\{([^{}]+)\}", self.path)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("([^/]+)".join(map(re.escape, self._parts[::2])))


class Contract:
    """One spec, holding requests to it."""

    def __init__(self, spec: Node, judge: Judge) -> None:
        """`spec` as plain JSON values, `judge` made from the same."""
        self.operations = tuple(_operations(spec))
        self._judge = judge
        # A client may send requests to the server's path prefix or, as with the served mock, without it.
        self._prefixes = {"", *(urlsplit(server["url"]).path.rstrip("/") for server in spec.get("servers", []))}

    def route(self, method: str, path: str) -> tuple[Operation, dict[str, str]]:
        """The operation that a raw path means, and the values of the path's variables. Raises `Refused`."""
        found = [
            (operation, values)
            for prefix in self._prefixes
            if path.startswith(prefix)
            for operation in self.operations
            if (values := operation.match(path.removeprefix(prefix))) is not None
        ]
        if not found:
            raise Refused(404, 404, "no such path")
        for operation, values in sorted(found, key=lambda pair: pair[0].variables):
            if operation.method == method.lower():
                return operation, values
        allowed = ", ".join(sorted({operation.method.upper() for operation, _ in found}))
        raise Refused(405, 405, f"use {allowed}", Allow=allowed)

    def check(self, request: httpx.Request, operation: Operation, values: dict[str, Any]) -> None:
        """Raise `Refused` unless credentials, parameters and body are as the spec asks."""
        fault = self._judge.fault(request, operation.path, values)
        if fault:
            raise Refused(200, 20001 if fault.credentials else 20002, fault.text)


def _operations(spec: Node) -> Iterator[Operation]:
    for path, item in spec.get("paths", {}).items():
        for method, declared in resolve(spec, item).items():
            if method in METHODS:
                yield Operation(declared.get("operationId", f"{method} {path}"), method, path, declared)
