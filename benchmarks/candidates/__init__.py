"""Who is measured. A module each, with a class `Sync` and a class `Async`: `one()`, `batch()`, `held(ids)`, `close()`.

Each runs in its own process, which may hide modules, so that one environment serves with and without `fast`.
"""

import importlib
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from ..absent import hide

FAST = ("httptools", "msgspec")
"""What the extra `fast` brings."""
OTHERS = ("brotli", "brotlicffi", "click", "h2", "pygments", "rich", "socksio", "trio", "uvloop", "zstandard")
"""What httpx looks for, and may find only because the tools of this project are installed beside it."""


@dataclass(frozen=True)
class Candidate:
    name: str
    module: str
    hidden: tuple[str, ...] = (*OTHERS, *FAST, "sniffio")
    fast: bool = False

    def load(self) -> Any:
        """Its module, in a process that sees nothing of what is hidden."""
        hide(self.hidden)
        return importlib.import_module(f"{__name__}.{self.module}")


JSON = Candidate("json.loads", "plain_json")
SOCKET = Candidate("raw socket", "raw_socket")
RAW = Candidate("raw httpx", "raw_httpx")
GENERATED = Candidate("generated", "generated")
JIMMY = Candidate("JimmyAI", "jimmy", hidden=(*OTHERS, *FAST))
FAST_JIMMY = Candidate("JimmyAI, fast", "jimmy", hidden=OTHERS, fast=True)
CANDIDATES = {one.name: one for one in (JSON, SOCKET, RAW, GENERATED, JIMMY, FAST_JIMMY)}


def present(*candidates: Candidate) -> list[str]:
    """The names of those that can run here: `fast` needs its packages."""
    fast = any(find_spec(name) for name in FAST)
    return [one.name for one in candidates if fast or not one.fast]
