"""What the pinned generator would lose or break without saying so, and what nobody has tried yet.

An allow-list: what a case of tests/shapes/ proves is let in, and the rest is refused with its place, the reason
and what to write instead. Each rule was seen to be needed with 0.29.1.
"""

from itertools import chain

from codegen.lint import bodies, operations, parameters, schemas, text, unions
from codegen.lint.finding import Finding
from codegen.walk import Node

__all__ = ["Finding", "findings"]


def findings(spec: Node) -> list[Finding]:
    """Everything in a valid spec that must be written differently, all at once."""
    parts = (text, operations, parameters, bodies, schemas, unions)
    return list(dict.fromkeys(chain.from_iterable(part.findings(spec) for part in parts)))
