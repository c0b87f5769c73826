"""What the options of one command line add up to."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .signals import Signals

if TYPE_CHECKING:
    from ..client import JimmyAI
    from ..clock import Clock

LONGEST_KEY = 4096


@dataclass(repr=False)
class Session:
    """The options that commands share. Pass one as click's `obj` to put something in place of network, time, terminal.

    `client` holds arguments for `JimmyAI`; what is in it from the start outranks options. `terminal` says whether
    people read stdout and stderr, `table` whether results are shown as one; None means to look.
    """

    client: dict[str, Any] = field(default_factory=dict)
    terminal: bool | None = None
    table: bool | None = None
    quiet: bool = False
    no_color: bool = False
    debug: bool = False
    signals: Signals = field(default_factory=Signals)

    @property
    def clock(self) -> "Clock":
        """The time the client lives by."""
        from ..clock import Clock

        clock: Clock = self.client.setdefault("clock", Clock())
        return clock

    @contextmanager
    def connected(self) -> Generator["JimmyAI"]:
        """The client. Raises ConfigurationError before any request."""
        from ..client import JimmyAI
        from .logs import logged

        with logged(debug=self.debug, quiet=self.quiet), JimmyAI(**self.client) as jimmy:
            yield jimmy

    def read_key(self, path: str) -> None:
        """Take the key from a file. Raises OSError; what the file holds is judged by the client."""
        with open(path, encoding="utf-8", errors="replace") as file:  # noqa: PTH123  (as typed, for the error)
            self.client.setdefault("api_key", file.read(LONGEST_KEY).strip())

    def redacted(self, text: str) -> str:
        """The text without the key."""
        keys = (self.client.get("api_key"), os.environ.get("JIMMYAI_API_KEY"))
        for key in filter(None, ((key or "").strip() for key in keys)):
            text = text.replace(key, "***")
        return text
