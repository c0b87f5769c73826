"""What the spec lets in: routes and the verdict on one request."""

from typing import Any
from urllib.parse import urlsplit

import httpx

from .judge import Judge
from .operation import Operation, operations
from .spec import Node


class Refused(Exception):  # noqa: N818  (an answer, not an error)
    """A request that the API does not serve: how it says so, and where the spec asks for something else."""

    def __init__(
        self, status: int, code: int, msg: str, *, place: str = "", headers: dict[str, str] | None = None
    ) -> None:
        """An HTTP status, and code and text of the envelope."""
        self.status, self.code, self.msg, self.place, self.headers = status, code, msg, place, headers or {}


class Contract:
    """One spec, holding requests to it."""

    def __init__(self, spec: Node, judge: Judge) -> None:
        """`spec` as plain JSON values, `judge` made from the same."""
        self.operations = tuple(operations(spec))
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
            raise Refused(404, 404, "no such path", place="#/paths")
        for operation, values in sorted(found, key=lambda pair: pair[0].variables):
            if operation.method == method.lower():
                return operation, values
        allowed = ", ".join(sorted({operation.method.upper() for operation, _ in found}))
        raise Refused(405, 405, f"use {allowed}", place="#/paths", headers={"Allow": allowed})

    def check(self, request: httpx.Request, operation: Operation, values: dict[str, Any]) -> None:
        """Raise `Refused` unless credentials, parameters and body are as the spec asks."""
        problem = self._judge.problem(request, operation, values)
        if problem:
            raise Refused(200, 20001 if problem.credentials else 20002, problem.text, place=problem.place)
