"""The operations of a spec, and which of them a path means."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote

from .spec import Node, resolve

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


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


def operations(spec: Node) -> Iterator[Operation]:
    """All of them, in the order of the spec."""
    for path, item in spec.get("paths", {}).items():
        for method, declared in resolve(spec, item).items():
            if method in METHODS:
                yield Operation(declared.get("operationId", f"{method} {path}"), method, path, declared)
