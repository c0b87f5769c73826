"""What a mock remembers of a request."""

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that came in, and what was answered. It holds no header and no query, so never the key.

    `operation` is None for a path or method that the spec does not have. `status` and `code` are what the answer said,
    None for an answer or envelope that never was. `fault` names what was made to go wrong, `problem` what was wrong
    with the request, and where the spec says so.
    """

    operation: str | None
    content: bytes
    method: str = field(kw_only=True)
    path: str = field(kw_only=True)
    status: int | None = field(kw_only=True)
    code: int | str | None = field(kw_only=True)
    fault: str | None = field(kw_only=True)
    problem: str | None = field(kw_only=True)

    @property
    def body(self) -> Any:
        """The body as JSON; the bytes themselves when it is none."""
        try:
            return json.loads(self.content)
        except ValueError:
            return self.content
