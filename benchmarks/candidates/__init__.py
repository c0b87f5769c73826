"""Who is measured. A module each, with a class `Sync` and a class `Async`: `one()`, `batch()`, `close()`; and `waited`.

Each runs in its own process, which hides what only the tools of this project bring.
"""

import importlib
from dataclasses import dataclass
from typing import Any

from ..absent import hide

OTHERS = (
    "brotli",
    "brotlicffi",
    "click",
    "h2",
    "pygments",
    "rich",
    "sniffio",
    "socksio",
    "trio",
    "uvloop",
    "zstandard",
)
"""What httpx looks for, and may find only because the tools of this project are installed beside it."""


@dataclass(frozen=True)
class Candidate:
    name: str
    module: str
    hidden: tuple[str, ...] = OTHERS

    def load(self) -> Any:
        """Its module, in a process that sees nothing of what is hidden."""
        hide(self.hidden)
        return importlib.import_module(f"{__name__}.{self.module}")


JSON = Candidate("json.loads", "plain_json")
SOCKET = Candidate("raw socket", "raw_socket")
RAW = Candidate("raw httpx", "raw_httpx")
GENERATED = Candidate("generated", "generated")
JIMMY = Candidate("JimmyAI", "jimmy")
AIOHTTP = Candidate("JimmyAI, aiohttp", "jimmy_aiohttp")
CANDIDATES = {one.name: one for one in (JSON, SOCKET, RAW, GENERATED, JIMMY, AIOHTTP)}


def names(*candidates: Candidate) -> list[str]:
    """Their names."""
    return [one.name for one in candidates]
