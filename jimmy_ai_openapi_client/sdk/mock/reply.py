"""What goes back for a request, and how it travels."""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .spec import Node

PIECES = 16
"""How many pieces a dripping body comes in."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the API. `code` is that of its envelope, None when it has none.

    It comes after `delay` seconds, its body over `drip` seconds; only `cut` bytes of the body come when that is given;
    `reset` ends the connection in place of all of it.
    """

    status: int
    content: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    code: int | str | None = None
    delay: float = 0.0
    drip: float = 0.0
    cut: int | None = None
    reset: bool = False

    @property
    def plain(self) -> bool:
        """Whether all of it arrives at once."""
        return not (self.delay or self.drip or self.reset) and self.cut is None

    def body(self) -> Iterator[tuple[float, bytes]]:
        """The body as it comes: seconds to wait, then bytes."""
        content = self.content[: self.cut]
        size = math.ceil(len(content) / PIECES) if self.drip else len(content)
        pieces = [content[at : at + size] for at in range(0, len(content), size or 1)]
        for piece in pieces:
            yield self.drip / len(pieces), piece


def envelope(status: int, value: Node, headers: Mapping[str, str] | None = None) -> Reply:
    """A JSON answer with the `code` of its envelope."""
    # Escaped, as an id may be text that has no bytes (half a surrogate pair).
    content = json.dumps(value).encode()
    return Reply(status, content, {"Content-Type": "application/json", **(headers or {})}, value.get("code"))
