"""What a case is: its scripts, and beside them what the caller must get."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from jimmy_ai_openapi_client import JimmyAIError

from .script import ASSET_ID, Kind, Script


@dataclass(frozen=True, slots=True)
class Value:
    """The asset comes back, with these attributes, after so many requests and pauses.

    For a batch: of the first id `present` (all that were asked, unless it says otherwise).
    """

    attributes: Mapping[str, object] = field(default_factory=dict)
    requests: int = 1
    pauses: tuple[float, ...] | None = None
    present: tuple[str, ...] | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Raises:
    """Exactly this class is raised, with these attributes, after so many requests and pauses.

    `seen`: how many requests the server must have seen, where that differs from the number sent; -1 for any.
    """

    error: type[JimmyAIError]
    attributes: Mapping[str, object] = field(default_factory=dict)
    requests: int = 1
    seen: int | None = None
    pauses: tuple[float, ...] | None = None
    says: str = ""


Want = Value | Raises


@dataclass(frozen=True, slots=True)
class Case:
    """`play` is one script a request, the last one for all that follow."""

    name: str
    play: tuple[Script, ...]
    want: Want
    batch: Want | None = None
    only: Kind | None = None
    ids: tuple[str, ...] = (ASSET_ID,)
    max_retries: int = 3
    timeout: float = 5.0
    random: float = 0.0

    def wanted(self, kind: Kind) -> Want:
        """What a call of this kind must give."""
        return self.batch if kind == "batch" and self.batch is not None else self.want
