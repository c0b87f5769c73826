"""What the pinned generator would lose or break without saying so, and what nobody has tried yet.

An allow-list: what a case of tests/shapes/ proves is let in, and the rest is refused with its place, the reason
and what to write instead. Each rule was seen to be needed with 0.29.1.
"""

from collections.abc import Iterator

from codegen.lint import bodies, operations, parameters, schemas, text, unions
from codegen.lint.finding import Finding
from codegen.walk import Node

__all__ = ["Finding", "findings"]


def findings(spec: Node) -> list[Finding]:
    """Everything in a valid spec that must be written differently, all at once."""

    def each() -> Iterator[Finding]:
        for part in (text, operations, parameters, bodies, schemas, unions):
            yield from part.findings(spec)

    return list(dict.fromkeys(each()))
