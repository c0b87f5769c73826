"""`mock.fault`: make something go wrong."""

import inspect
import itertools
import json
import math
import random
import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self, TypedDict, Unpack

from . import checks
from .exchange import Refusal, Reply
from .spec import Node

PAGE = """<!DOCTYPE html>
<html><head><title>{title}</title></head>
<body><h1>{title}</h1><p>This page stands where an answer of the API should be.</p></body></html>
"""


class When(TypedDict, total=False):
    """The requests a fault applies to: the next `times` (1; None for all), of one `operation` (any), by `chance` (1.0).

    With a `chance` and no `times` it goes on until cancelled.
    """

    times: int | None
    chance: float
    operation: str | None


@dataclass(eq=False, kw_only=True, repr=False)
class PlannedFault:
    """A planned fault. Used as a context manager, it ends with the block."""

    text: str
    times: int | None
    """To how many more requests it applies; None is all."""
    chance: float
    operation: str | None
    number: int
    """Which of all planned faults it is."""
    hits: int = 0
    """To how many requests it has applied."""
    replacement: Reply | Refusal | None = None
    """An answer in place of the API's, which does not get the request."""
    change: Callable[[Reply], Reply | None] = lambda reply: reply
    """What becomes of the answer; None if there is nothing in it to change."""
    suits: Callable[[Node], object] = lambda _: True
    """Whether it can apply to an operation with this documented envelope."""
    delay: bool = False
    """Whether it goes along with another fault."""

    def __repr__(self) -> str:
        return f"<{self.text}: {self.hits} so far>"

    def cancel(self) -> None:
        """Apply it to no further request."""
        self.times = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.cancel()

    def count(self, hits: int) -> None:
        """Record that it applied to a request (1), or after all did not (-1)."""
        self.hits += hits
        if self.times is not None:
            self.times -= hits


class Faults:
    """Faults to plan. Each call plans one and returns it; `.cancel()` ends it, `.hits` counts.

        mock.fault.code(-1, times=3)                 # the next three requests
        mock.fault.status(503, chance=0.2)           # one request in five, from now on
        with mock.fault.delay(2, times=None): ...    # every request while the block runs

    Every kind takes `times` (default 1; None for all), `chance` (0 to 1) and `operation` (an operationId). Each request
    gets the first planned fault that applies to it, and also the first planned `delay`. Kinds that replace the answer
    come before the key is checked, and the API never sees the request: it counts as no poll. Wrong arguments raise
    `TypeError` or `ValueError`. The same seed and the same requests draw the same faults.
    """

    def __init__(self, operations: Collection[str], seed: float | str | None = None) -> None:
        """`operations` are the operationIds that a fault can be limited to."""
        self._operations = operations
        self._random = random.Random(seed)  # noqa: S311  (repeatable is the point)
        self._lock = threading.Lock()
        self._planned: list[PlannedFault] = []
        self._numbers = itertools.count(1)

    def __repr__(self) -> str:
        return f"Faults({', '.join(one.text for one in self.planned)})"

    def code(self, code: int = -1, msg: str = "system busy, try again later", **when: Unpack[When]) -> PlannedFault:
        """HTTP 200 and an envelope with this code; -1 is the service's code for a transient error."""
        refusal = Refusal(200, checks.integer("code", code), checks.text("msg", msg))
        return self._plan(f"code {code}", when, replacement=refusal)

    def rate_limited(self, retry_after: float | str | None = 1, **when: Unpack[When]) -> PlannedFault:
        """HTTP 429 with a Retry-After header of so many seconds, or of any text.

        With None there is no such header.
        """
        if not isinstance(retry_after, str | None):
            checks.number("retry_after", retry_after)
        headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
        text = "HTTP 429" + "".join(f", {name}: {value}" for name, value in headers.items())
        return self._plan(text, when, replacement=Refusal(429, 429, "too many requests", headers=headers))

    def status(self, status: int = 503, **when: Unpack[When]) -> PlannedFault:
        """An HTTP status from 200 to 599, such as 502 or 520, with the HTML page that proxies send along."""
        checks.integer("status", status, least=200, most=599)
        return self._plan(f"HTTP {status}", when, replacement=_page(status, f"Error {status}"))

    def html(self, **when: Unpack[When]) -> PlannedFault:
        """An HTML page with HTTP 200, like the one a firewall shows to check the browser."""
        return self._plan("HTML page", when, replacement=_page(200, "Please wait"))

    def reset(self, **when: Unpack[When]) -> PlannedFault:
        """The connection is reset before an answer."""
        return self._plan("reset", when, replacement=Reply(0, reset=True))

    def cut(self, keep: float = 0.5, **when: Unpack[When]) -> PlannedFault:
        """The connection ends after this part of the body, at least a byte short of it."""
        checks.number("keep", keep, most=1)

        def change(reply: Reply) -> Reply:
            size = len(reply.content)
            return replace(reply, cut=max(0, min(math.floor(size * keep), size - 1)))

        return self._plan("cut body", when, change=change)

    def delay(self, seconds: float = 1.0, **when: Unpack[When]) -> PlannedFault:
        """The answer comes after so many seconds on the mock's clock."""
        checks.number("seconds", seconds, most=86400)
        return self._plan(f"delay {seconds:g} s", when, change=lambda reply: replace(reply, delay=seconds), delay=True)

    def drip(self, seconds: float = 1.0, **when: Unpack[When]) -> PlannedFault:
        """The body comes in small pieces, spread over so many seconds on the mock's clock."""
        checks.number("seconds", seconds, most=86400)
        return self._plan(f"drip {seconds:g} s", when, change=lambda reply: replace(reply, drip=seconds))

    def null_fields(self, *names: str, **when: Unpack[When]) -> PlannedFault:
        """These fields of every asset are null; all but asset_id and status if none is named."""
        for name in names:
            checks.text("a field", name)

        def edit(asset: Node) -> None:
            asset.update(dict.fromkeys(names or {"asset_ref", *asset} - {"asset_id", "status"}))

        return self._plan(
            f"null fields: {', '.join(names)}" if names else "null fields", when, **_edited(_assets, edit)
        )

    def unknown_status(self, status: str = "Reviewing", **when: Unpack[When]) -> PlannedFault:
        """Every asset has a status that is not documented."""
        checks.text("status", status)

        def find(envelope: Node) -> list[Node]:
            return [asset for asset in _assets(envelope) if "status" in asset]

        return self._plan(f"unknown status {status}", when, **_edited(find, lambda asset: asset.update(status=status)))

    def missing_item(self, asset_id: str | None = None, **when: Unpack[When]) -> PlannedFault:
        """A batch answer leaves out this asset, or its first."""
        return self._plan("missing item", when, **_item_edited(asset_id, list.remove))

    def duplicate_item(
        self, asset_id: str | None = None, status: str | None = None, **when: Unpack[When]
    ) -> PlannedFault:
        """A batch answer has this asset, or its first, twice; the second with another status if one is given."""
        changed = {} if status is None else {"status": checks.text("status", status)}
        edited = _item_edited(asset_id, lambda items, one: items.append({**one, **changed}))
        return self._plan(f"duplicate item with status {status}" if status else "duplicate item", when, **edited)

    @property
    def planned(self) -> list[PlannedFault]:
        """The faults still to come, in the order planned."""
        with self._lock:
            self._planned = [one for one in self._planned if one.times != 0]
            return list(self._planned)

    def clear(self, *numbers: int) -> None:
        """Cancel the faults with these numbers, or all if none is given."""
        for one in self.planned:
            if not numbers or one.number in numbers:
                one.cancel()

    def draw(self, operation: str, documented: Callable[[], Node]) -> list[PlannedFault]:
        """The faults of a request: the first that applies to it, and also the first delay."""
        drawn: dict[bool, PlannedFault] = {}
        with self._lock:
            for one in self._planned:
                if one.times == 0 or one.delay in drawn or one.operation not in {None, operation}:
                    continue
                if one.suits(documented()) and (one.chance == 1 or self._random.random() < one.chance):
                    one.count(1)
                    drawn[one.delay] = one
        return list(drawn.values())

    def apply(self, drawn: list[PlannedFault], reply: Reply) -> tuple[Reply, str | None]:
        """What becomes of a reply, and which faults it met: one that finds nothing to change waits for another."""
        met = []
        for one in drawn:
            changed = one.change(reply)
            if changed:
                reply = changed
                met.append(one.text)
            else:
                with self._lock:
                    one.count(-1)
        return reply, ", ".join(met) or None

    def _plan(self, text: str, limits: When, **behaviour: Any) -> PlannedFault:
        """Plan a fault with this `behaviour`, the fields of a `PlannedFault`."""
        if strange := limits.keys() - When.__annotations__:
            raise TypeError(f"not an argument of a fault: {', '.join(sorted(strange))}")
        chance = checks.number("chance", limits.get("chance", 1.0), most=1)
        times = limits.get("times", 1 if chance == 1 else None)
        if times is not None:
            checks.integer("times", times, least=1)
        operation = limits.get("operation")
        if operation is not None and operation not in self._operations:
            raise ValueError(f"no operation {operation!r:.100}; the spec has {', '.join(self._operations)}")
        where: dict[str, Any] = {"times": times, "chance": chance, "operation": operation}
        with self._lock:
            self._planned.append(PlannedFault(text=text, number=next(self._numbers), **where, **behaviour))
            return self._planned[-1]


def _page(status: int, title: str) -> Reply:
    return Reply(status, PAGE.format(title=title).encode(), {"Content-Type": "text/html; charset=utf-8"})


def _edited(find: Callable[[Node], list[Any]], edit: Callable[[Any], object]) -> dict[str, Any]:
    """The behaviour of a fault that edits, in place, whatever is found in the envelope of an answer."""

    def change(reply: Reply) -> Reply | None:
        envelope = json.loads(reply.content)
        found = find(envelope)
        for one in found:
            edit(one)
        return replace(reply, content=json.dumps(envelope).encode()) if found else None

    return {"change": change, "suits": find}


def _item_edited(asset_id: str | None, edit: Callable[[list[Any], Node], object]) -> dict[str, Any]:
    """The same for one item of a batch: the first, or the one with this id. `edit` gets all items and that one."""
    if asset_id is not None:
        checks.text("asset_id", asset_id)

    def find(envelope: Node) -> list[Any]:
        items = _items(envelope)
        ids = ((one, {None, one.get("asset_id"), one.get("official_id")}) for one in items if isinstance(one, dict))
        return [(items, one) for one, names in ids if asset_id in names][:1]

    return {**_edited(find, lambda found: edit(*found)), "suits": _items}


def _items(envelope: Node) -> list[Any]:
    data = envelope.get("data")
    items = data.get("items") if isinstance(data, dict) else None
    return items if isinstance(items, list) else []


def _assets(envelope: Node) -> list[Node]:
    """The items of a batch, or the one thing asked for."""
    told = _items(envelope) or [envelope.get("data")]
    return [one for one in told if isinstance(one, dict) and "items" not in one]


KINDS: dict[str, dict[str, Any]] = {
    name: {one.name: one.default for one in list(inspect.signature(make).parameters.values())[1:-1]}
    for name, make in vars(Faults).items()
    if "when" in getattr(make, "__annotations__", {})
}
"""The arguments of each kind of fault and their defaults; all take those of `When` too."""


def plan_by_name(faults: Faults, kind: Any, given: Mapping[str, Any]) -> PlannedFault:
    """Plan the fault of that name. Raises `ValueError` or `TypeError`, listing what there is."""
    if not isinstance(kind, str) or kind not in KINDS:
        raise ValueError(f"no kind of fault {kind!r:.100}; there are {', '.join(KINDS)}")
    accepted = [*KINDS[kind], *When.__annotations__]
    if strange := [str(name) for name in given if name not in accepted]:
        raise ValueError(f"{kind} does not take {', '.join(strange)}; it takes {', '.join(accepted)}")
    names, rest = given.get("names", ()), {name: value for name, value in given.items() if name != "names"}
    if isinstance(names, str):
        raise TypeError("names must be a list of fields")
    planned: PlannedFault = getattr(faults, kind)(*names, **rest)
    return planned
