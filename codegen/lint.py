"""What the pinned generator would lose or break without saying so. Each rule was seen to happen with 0.29.1.

Some of it (an operation without responses, an array without items) the generator does report, but without the place.
"""

from collections.abc import Iterator

from codegen import lint_answers, lint_operations, lint_schemas, lint_text
from codegen.finding import Finding
from codegen.walk import Node


def findings(spec: Node) -> list[Finding]:
    """Everything in a valid spec that must be written differently, all at once."""

    def each() -> Iterator[Finding]:
        yield from lint_text.findings(spec)
        yield from lint_answers.findings(spec)
        yield from lint_operations.findings(spec)
        yield from lint_schemas.findings(spec)

    return list(dict.fromkeys(each()))
