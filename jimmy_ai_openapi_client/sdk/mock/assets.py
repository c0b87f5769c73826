"""Assets and their lives."""

import math
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ..clock import Clock


@dataclass(slots=True, eq=False)
class Asset:
    """One asset: Processing for a number of looks or until a time, then its outcome for good."""

    asset_id: str
    outcome: str
    looks: float
    ready: float
    created_at: str
    given: Mapping[str, Any]

    def look(self, now: float) -> dict[str, Any]:
        """What the API says of it at `now`; this counts as one look."""
        status = self.outcome if self.looks <= 0 and now >= self.ready else "Processing"
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


class Shelf:
    """All assets, found by `asset_id` or `official_id`."""

    def __init__(self, clock: Clock) -> None:
        """Keep time by `clock`."""
        self._clock = clock
        self._assets: dict[str, Asset] = {}
        self._official: dict[str, str] = {}

    def add(
        self, asset_ids: Iterable[str], outcome: str, looks: float, seconds: float | None, given: Mapping[str, Any]
    ) -> None:
        """Put assets there; one that is there already starts anew."""
        now = self._clock.now()
        created_at = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(self._clock.wall()))
        ready = -math.inf if seconds is None else now + seconds
        for asset_id in asset_ids:
            self._assets[asset_id] = Asset(asset_id, outcome, looks if seconds is None else 0, ready, created_at, given)
            if "official_id" in given:
                self._official[given["official_id"]] = asset_id

    def remove(self, asset_ids: Iterable[str]) -> None:
        """Take assets away; the API knows nothing of them from now on."""
        for asset_id in asset_ids:
            del self._assets[asset_id]

    def look(self, ids: Iterable[str]) -> list[dict[str, Any]]:
        """What the API says of those it knows, in the order asked, each once."""
        now = self._clock.now()
        known = (self._assets.get(self._official.get(one, one) if one not in self._assets else one) for one in ids)
        return [asset.look(now) for asset in dict.fromkeys(known) if asset is not None]
