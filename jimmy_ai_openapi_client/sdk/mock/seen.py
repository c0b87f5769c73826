"""What a mock remembers of a request."""

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that came in. It holds no header, so never the key."""

    operation: str | None
    content: bytes

    @property
    def body(self) -> Any:
        """The body as JSON; the bytes themselves when it is none."""
        try:
            return json.loads(self.content)
        except ValueError:
            return self.content
