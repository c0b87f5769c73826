"""What a mock knows and what is planned to go wrong."""

import os
import threading
from collections.abc import Collection, Mapping
from typing import Any

from ..clock import Clock
from . import checks, scenario
from .assets import PROCESSING, Shelf
from .faults import Faults
from .plan import Plan


class Stage:
    """Assets, their lives, and faults."""

    fault: Faults
    clock: Clock

    def __init__(
        self, operations: Collection[str], clock: Clock, looks: float, seconds: float | None, seed: float | str | None
    ) -> None:
        """`looks` and `seconds` are the life of assets that `add` says nothing of."""
        self.clock = clock
        self._life = (checks.number("looks", looks), seconds if seconds is None else checks.number("seconds", seconds))
        self._lock = threading.Lock()
        self._shelf = Shelf(clock)
        self._operations = operations
        self._plan = Plan(operations, seed)
        self.fault = Faults(self._plan)

    def add(
        self,
        *asset_ids: str,
        outcome: str = "Active",
        looks: float | None = None,
        seconds: float | None = None,
        **fields: Any,
    ) -> None:
        """Let the API know assets: Processing for `looks` looks, or for `seconds` if given, then `outcome` for good.

        A look is one query of that asset, single or in a batch; `math.inf` never ends. `fields` are shown as given and
        replace those made up (`asset_id`, `official_id`, `name`, ..., and ones the spec does not know); `asset_ref` is
        shown once the asset is Active. An asset is found by the id it was added under and by the `asset_id` and
        `official_id` it is shown with, so `add("id1", asset_id="a-7")` is answered as a-7 with `official_id` id1.
        Adding an id again starts it anew. Ids never added are unknown. Raises `TypeError` or `ValueError`.
        """
        checks.ids(asset_ids)
        checks.text("outcome", outcome)
        if looks is not None and seconds is not None:
            raise ValueError("an asset lives for looks or for seconds, not for both; give one of them")
        for one in {"asset_id", "official_id"} & fields.keys():
            if len(asset_ids) > 1:
                raise ValueError(f"one {one} cannot stand for several assets; add each by itself")
        if looks is None and seconds is None:
            looks, seconds = self._life
        looks = checks.number("looks", looks or 0)
        seconds = seconds if seconds is None else checks.number("seconds", seconds)
        with self._lock:
            self._shelf.add(asset_ids, outcome, looks, seconds, fields)

    def remove(self, *asset_ids: str) -> None:
        """Let the API forget assets. Raises `KeyError` for one it does not know."""
        with self._lock:
            self._shelf.remove(checks.ids(asset_ids))

    def finish(self, *asset_ids: str, outcome: str = "Active") -> None:
        """End the Processing of assets now. Raises `KeyError` for one that the API does not know."""
        if checks.text("outcome", outcome) == PROCESSING:
            raise ValueError(f"{PROCESSING} is no end; add the asset again to start it anew")
        with self._lock:
            self._shelf.finish(checks.ids(asset_ids), outcome)

    def refuse(self, *asset_ids: str) -> None:
        """Call ids malformed: every request that holds one is refused whole, with code 20002. `add` ends it."""
        with self._lock:
            self._shelf.refuse(checks.ids(asset_ids))

    def statuses(self) -> dict[str, str]:
        """The status of every asset, by the id it was added under; asking counts as no look."""
        with self._lock:
            return self._shelf.statuses()

    def newest(self, most: int) -> tuple[int, list[dict[str, str]]]:
        """How many assets there are, and id, status and rest of life of those added last."""
        with self._lock:
            return len(self._shelf), self._shelf.newest(most)

    def load(self, source: str | os.PathLike[str] | Mapping[str, Any]) -> None:
        """Set a scenario: a YAML file, or the same as a mapping.

            looks: 2                # or seconds: the life of assets below that have none of their own
            assets:                 # by id; a plain list of ids will do
              portrait-1: {}
              portrait-2: {seconds: 12.5, outcome: Failed}
              portrait-3: {looks: 0, official_id: off-3, extra: {size: 3}}
            unknown: [portrait-8]   # as if never added
            refused: ["bad id"]     # malformed: a request that holds it is refused whole
            faults:                 # in this order; what `mock.fault` has, by name
              - {kind: code, code: -1, times: 3}
              - {kind: delay, seconds: 0.5, times: null}

        An asset takes `looks`, `seconds`, `outcome`, the fields of the API, and others under `extra`. What is there
        already stays. A wrong scenario changes nothing and raises `ValueError`, naming the place and the remedy.
        """
        named, said = scenario.read(source)
        scenario.perform(named, said, Stage(self._operations, self.clock, *self._life, None))  # the rehearsal
        scenario.perform(named, said, self)
