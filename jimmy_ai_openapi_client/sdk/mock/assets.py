"""Assets and their lives."""

import itertools
import math
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ..clock import Clock

PROCESSING = "Processing"


@dataclass(slots=True, eq=False)
class Asset:
    """One asset: Processing for a number of looks or until a time, then its outcome for good."""

    asset_id: str
    outcome: str
    looks: float
    ready: float
    created_at: str
    given: Mapping[str, Any]

    def status(self, now: float) -> str:
        """What it is at `now`; asking so counts as no look."""
        return self.outcome if self.looks <= 0 and now >= self.ready else PROCESSING

    def look(self, now: float) -> dict[str, Any]:
        """What the API says of it at `now`; this counts as one look."""
        status = self.status(now)
        self.looks -= 1
        shown = {
            "asset_id": self.asset_id,
            "official_id": self.asset_id,
            "status": status,
            "asset_ref": f"asset://{self.asset_id}",
            "name": self.asset_id,
            "url": f"https://cdn.example.com/{quote(self.asset_id, safe='', errors='replace')}.jpg",
            "created_at": self.created_at,
            **self.given,
        }
        if status != "Active":
            # The service says null here, which the spec does not allow.
            del shown["asset_ref"]
        return shown

    def left(self, now: float) -> str:
        """In words, how long it is still Processing."""
        if self.status(now) != PROCESSING:
            return ""
        amount, unit = (self.looks, "looks") if self.looks > 0 else (self.ready - now, "s")
        return "no end" if amount == math.inf else f"{math.ceil(amount)} {unit}"

    def finish(self, outcome: str) -> None:
        """End its life here and now."""
        self.outcome, self.looks, self.ready = outcome, 0, -math.inf


class Shelf:
    """All assets, found by the id they were added under or one they are shown with; and ids that are no ids."""

    def __init__(self, clock: Clock) -> None:
        """Keep time by `clock`."""
        self._clock = clock
        self._assets: dict[str, Asset] = {}
        self._aliases: dict[str, str] = {}
        self._malformed: set[str] = set()

    def __len__(self) -> int:
        return len(self._assets)

    def add(
        self, asset_ids: Iterable[str], outcome: str, looks: float, seconds: float | None, given: Mapping[str, Any]
    ) -> None:
        """Put assets there; one that is there already starts anew."""
        now = self._clock.now()
        created_at = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(self._clock.wall()))
        ready = -math.inf if seconds is None else now + seconds
        for asset_id in asset_ids:
            self._malformed.discard(asset_id)
            self._assets[asset_id] = Asset(asset_id, outcome, looks if seconds is None else 0, ready, created_at, given)
            for alias in ("official_id", "asset_id"):
                if isinstance(given.get(alias), str):
                    self._aliases[given[alias]] = asset_id

    def remove(self, asset_ids: Iterable[str]) -> None:
        """Take assets away; the API knows nothing of them from now on."""
        for asset_id in self._known(asset_ids):
            del self._assets[asset_id]

    def finish(self, asset_ids: Iterable[str], outcome: str) -> None:
        """End the Processing of assets."""
        for asset_id in self._known(asset_ids):
            self._assets[asset_id].finish(outcome)

    def refuse(self, asset_ids: Iterable[str]) -> None:
        """Call ids malformed from now on."""
        for asset_id in asset_ids:
            self._assets.pop(asset_id, None)
            self._malformed.add(asset_id)

    def malformed(self, ids: Iterable[str]) -> str | None:
        """The first of them that is malformed."""
        return next((one for one in ids if one in self._malformed), None) if self._malformed else None

    def look(self, ids: Iterable[str]) -> list[dict[str, Any]]:
        """What the API says of those it knows, in the order asked, each once."""
        now = self._clock.now()
        known = (self._assets.get(self._aliases.get(one, one) if one not in self._assets else one) for one in ids)
        return [asset.look(now) for asset in dict.fromkeys(known) if asset is not None]

    def statuses(self) -> dict[str, str]:
        """The status of every asset, by the id it was added under; this counts as no look."""
        now = self._clock.now()
        return {asset_id: asset.status(now) for asset_id, asset in self._assets.items()}

    def newest(self, most: int) -> list[dict[str, str]]:
        """Id, status and rest of life of those added last, the last first; this counts as no look."""
        now = self._clock.now()
        assets = itertools.islice(reversed(self._assets.values()), most)
        return [{"asset_id": one.asset_id, "status": one.status(now), "left": one.left(now)} for one in assets]

    def _known(self, asset_ids: Iterable[str]) -> list[str]:
        ids = list(dict.fromkeys(asset_ids))
        for one in ids:
            if one not in self._assets:
                raise KeyError(f"no asset {one[:100]!r}; add it first")
        return ids
