"""Assets, what the API knows of them, and what becomes of them."""

import itertools
import json
import math
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ..clock import Clock
from . import checks
from .exchange import Refusal

PROCESSING = "Processing"


@dataclass(slots=True, eq=False)
class Asset:
    """One asset: Processing for a number of polls or until a time, then its outcome for good."""

    asset_id: str
    outcome: str
    polls: float
    ready: float
    created_at: str
    fields: Mapping[str, Any]

    def status(self, now: float) -> str:
        """What it is at `now`."""
        return self.outcome if self.polls <= 0 and now >= self.ready else PROCESSING

    def poll(self, now: float) -> dict[str, Any]:
        """What the API says of it at `now`; this counts as one poll."""
        status = self.status(now)
        self.polls -= 1
        shown = {
            "asset_id": self.asset_id,
            "official_id": self.asset_id,
            "status": status,
            "asset_ref": f"asset://{self.asset_id}",
            "name": self.asset_id,
            "url": f"https://cdn.example.com/{quote(self.asset_id, safe='', errors='replace')}.jpg",
            "created_at": self.created_at,
            **self.fields,
        }
        if status != "Active":
            # The service says null here, which the spec does not allow.
            del shown["asset_ref"]
        return shown

    def left(self, now: float) -> dict[str, float | None]:
        """How many polls and seconds it is still Processing at `now`; None without end."""
        left = ("polls", self.polls), ("seconds", self.ready - now)
        return {unit: None if amount == math.inf else max(0, amount) for unit, amount in left}


class AssetStore:
    """All assets, found by the id they were added under or one they are shown with; and ids that are malformed."""

    def __init__(self, clock: Clock | None = None, polls: float = 2) -> None:
        """`polls` is for assets that `add` gives neither `polls` nor `seconds`."""
        if not isinstance(clock, Clock | None):
            raise TypeError(f"clock must be a Clock, such as FakeClock(), not {clock!r:.100}")
        self.clock = clock or Clock()
        self._polls = checks.number("polls", polls)
        self._lock = threading.Lock()
        self._assets: dict[str, Asset] = {}
        self._aliases: dict[str, str] = {}
        self._malformed: set[str] = set()

    def add(
        self,
        *asset_ids: str,
        outcome: str = "Active",
        polls: float | None = None,
        seconds: float | None = None,
        **fields: Any,
    ) -> None:
        """Add assets: Processing for `polls` polls, or for `seconds` if given, then `outcome` for good.

        A poll is one query of that asset, alone or in a batch; `math.inf` never ends. `fields` are shown as given and
        replace generated ones (`asset_id`, `official_id`, `name`, ..., and others); `asset_ref` is
        shown once the asset is Active. An asset is found by the id it was added under and by the `asset_id` and
        `official_id` it is shown with, so `add("id1", asset_id="a-7")` is answered as a-7 with `official_id` id1.
        Adding an id again starts anew. Ids never added are unknown. Raises `TypeError` or `ValueError`.
        """
        _ids(asset_ids)
        checks.text("outcome", outcome)
        json.dumps(fields, allow_nan=False)  # or no answer could hold them
        if polls is not None and seconds is not None:
            raise ValueError("an asset is Processing for polls or for seconds, not for both; give one of them")
        if len(asset_ids) > 1 and (shared := {"asset_id", "official_id"} & fields.keys()):
            raise ValueError(f"one {shared.pop()} cannot stand for several assets; add each by itself")
        created_at = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(self.clock.wall()))
        if seconds is None:
            polls, ready = checks.number("polls", self._polls if polls is None else polls), -math.inf
        else:
            polls, ready = 0, self.clock.now() + checks.number("seconds", seconds)
        aliases = [fields[name] for name in ("official_id", "asset_id") if isinstance(fields.get(name), str)]
        with self._lock:
            for asset_id in asset_ids:
                self._malformed.discard(asset_id)
                self._assets[asset_id] = Asset(asset_id, outcome, polls, ready, created_at, fields)
                self._aliases.update(dict.fromkeys(aliases, asset_id))

    def remove(self, *asset_ids: str) -> None:
        """Remove assets: they are unknown from now on. Raises `KeyError` for an id that was not added."""
        with self._lock:
            for one in self._known(asset_ids):
                self._assets.pop(one.asset_id, None)

    def finish(self, *asset_ids: str, outcome: str = "Active") -> None:
        """End the Processing of assets now. Raises `KeyError` for an id that was not added."""
        if checks.text("outcome", outcome) == PROCESSING:
            raise ValueError(f"{PROCESSING} is not an outcome; add the asset again to start anew")
        with self._lock:
            for one in self._known(asset_ids):
                one.outcome, one.polls, one.ready = outcome, 0, -math.inf

    def refuse(self, *asset_ids: str) -> None:
        """Treat ids as malformed until they are added: a request with one of them is refused with code 20002."""
        with self._lock:
            for asset_id in _ids(asset_ids):
                self._assets.pop(asset_id, None)
                self._malformed.add(asset_id)

    def statuses(self) -> dict[str, str]:
        """The status of every asset, by the id it was added under; this counts as no poll."""
        now = self.clock.now()
        with self._lock:
            return {asset_id: asset.status(now) for asset_id, asset in self._assets.items()}

    def newest(self, count: int) -> list[dict[str, Any]]:
        """Id, status, and polls or seconds left of the assets added last, the last first; this counts as no poll.

        What never ends has None left.
        """
        now = self.clock.now()
        with self._lock:
            assets = list(itertools.islice(reversed(self._assets.values()), count))
        return [{"asset_id": one.asset_id, "status": one.status(now), **one.left(now)} for one in assets]

    def query(self, ids: list[str], argument: str) -> list[dict[str, Any]]:
        """What the API says of the assets it knows, in the order asked, each once. Raises `Refusal`."""
        now = self.clock.now()
        with self._lock:
            if malformed := [one for one in ids if one in self._malformed]:
                raise Refusal(200, 20002, f"{argument}: {malformed[0][:100]!r} is malformed")
            keys = (one if one in self._assets else self._aliases.get(one) for one in ids)
            return [self._assets[key].poll(now) for key in dict.fromkeys(keys) if key in self._assets]

    def _known(self, asset_ids: Iterable[str]) -> list[Asset]:
        if unknown := [one for one in asset_ids if one not in self._assets]:
            raise KeyError(f"no asset {unknown[0]!r:.100}; add it first")
        return [self._assets[one] for one in asset_ids]


def _ids(given: tuple[Any, ...]) -> tuple[str, ...]:
    """Ids, one an argument."""
    for one in given:
        if not isinstance(one, str):
            raise TypeError(f"ids are given as str, one an argument: mock.add(*ids), not {one!r:.100}")
    return given
