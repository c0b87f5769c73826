"""`mock.fault`: make something go wrong."""

import copy
import inspect
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Unpack

from . import checks
from .exchange import Refusal, Reply
from .fault_queue import Fault, FaultQueue, PlannedFault, When
from .spec import Node

Change = Callable[[Node], bool]
"""Edits an envelope in place; False if there is nothing in it to change."""

PAGE = """<!DOCTYPE html>
<html><head><title>{title}</title></head>
<body><h1>{title}</h1><p>This page stands where an answer of the API should be.</p></body></html>
"""


class Faults(FaultQueue):
    """What can be made to go wrong. Each call plans one fault and returns it; `.cancel()` ends it, `.hits` counts.

        mock.fault.code(-1, times=3)                 # the next three requests
        mock.fault.status(503, chance=0.2)           # one request in five, from now on
        with mock.fault.delay(2, times=None): ...    # every request while the block runs

    Every kind takes `times` (default 1; None for all), `chance` (0 to 1) and `operation` (an operationId). A request
    meets the first planned fault that suits it, and beside it the first planned `delay`. Kinds that replace the answer
    come before the key is checked, and the API never sees the request: it counts as no poll. Wrong arguments raise
    `TypeError` or `ValueError`.
    """

    def code(self, code: int = -1, msg: str = "system busy, try again later", **when: Unpack[When]) -> PlannedFault:
        """HTTP 200 and an envelope with this code; -1 is the service's code for a transient error."""
        refusal = Refusal(200, checks.integer("code", code), checks.text("msg", msg))
        return self.plan(Fault(f"code {code}", refusal), when)

    def rate_limited(self, retry_after: float | str | None = 1, **when: Unpack[When]) -> PlannedFault:
        """HTTP 429 with a Retry-After header of so many seconds, or of any text.

        With None there is no such header.
        """
        if not isinstance(retry_after, str | None):
            checks.number("retry_after", retry_after)
        headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
        text = ", ".join(["HTTP 429", *(f"{name}: {value}" for name, value in headers.items())])
        return self.plan(Fault(text, Refusal(429, 429, "too many requests", headers=headers)), when)

    def status(self, status: int = 503, **when: Unpack[When]) -> PlannedFault:
        """An HTTP status from 200 to 599, such as 502 or 520, with the HTML page that proxies send along."""
        checks.integer("status", status, least=200, most=599)
        return self.plan(_page(f"HTTP {status}", status, f"Error {status}"), when)

    def html(self, **when: Unpack[When]) -> PlannedFault:
        """An HTML page with HTTP 200, like the one a firewall shows to check the browser."""
        return self.plan(_page("HTML page", 200, "Please wait"), when)

    def reset(self, **when: Unpack[When]) -> PlannedFault:
        """The connection is reset before an answer."""
        return self.plan(Fault("reset", Reply(0, reset=True)), when)

    def cut(self, keep: float = 0.5, **when: Unpack[When]) -> PlannedFault:
        """The connection ends after this part of the body, at least a byte short of it."""
        checks.number("keep", keep, most=1)

        def change(reply: Reply) -> Reply:
            size = len(reply.content)
            return replace(reply, cut=max(0, min(math.floor(size * keep), size - 1)))

        return self.plan(Fault("cut body", change=change), when)

    def delay(self, seconds: float = 1.0, **when: Unpack[When]) -> PlannedFault:
        """The answer comes after so many seconds on the mock's clock."""
        checks.number("seconds", seconds, most=86400)
        fault = Fault(f"delay {seconds:g} s", change=lambda reply: replace(reply, delay=seconds), delay=True)
        return self.plan(fault, when)

    def drip(self, seconds: float = 1.0, **when: Unpack[When]) -> PlannedFault:
        """The body comes in small pieces, spread over so many seconds on the mock's clock."""
        checks.number("seconds", seconds, most=86400)
        return self.plan(Fault(f"drip {seconds:g} s", change=lambda reply: replace(reply, drip=seconds)), when)

    def null_fields(self, *names: str, **when: Unpack[When]) -> PlannedFault:
        """These fields of every asset are null; all but asset_id and status if none is named."""
        for name in names:
            checks.text("a field", name)
        text = ": ".join(filter(None, ["null fields", ", ".join(names)]))
        return self.plan(_asset_fault(text, _nulls(names)), when)

    def unknown_status(self, status: str = "Reviewing", **when: Unpack[When]) -> PlannedFault:
        """Every asset has a status that is not documented."""
        change = _other_status(checks.text("status", status))
        return self.plan(_asset_fault(f"unknown status {status}", change), when)

    def missing_item(self, asset_id: str | None = None, **when: Unpack[When]) -> PlannedFault:
        """A batch answer leaves out this asset, or its first."""
        if asset_id is not None:
            checks.text("asset_id", asset_id)
        return self.plan(_item_fault("missing item", asset_id, list.remove), when)

    def duplicate_item(
        self, asset_id: str | None = None, status: str | None = None, **when: Unpack[When]
    ) -> PlannedFault:
        """A batch answer has this asset, or its first, twice; the second with another status if one is given."""
        given = {"asset_id": asset_id, "status": status}
        changed = {name: checks.text(name, value) for name, value in given.items() if value is not None}
        changed.pop("asset_id", None)
        text = "duplicate item" + f" with status {status}" * bool(status)
        fault = _item_fault(text, asset_id, lambda items, one: items.append({**one, **changed}))
        return self.plan(fault, when)


def _page(text: str, status: int, title: str) -> Fault:
    content = PAGE.format(title=title).encode()
    return Fault(text, Reply(status, content, {"Content-Type": "text/html; charset=utf-8"}))


def _asset_fault(text: str, change: Change) -> Fault:
    """A fault of any answer that tells of assets."""
    return Fault(text, change=_applied(change), suits=lambda documented: change(copy.deepcopy(documented)))


def _item_fault(text: str, asset_id: str | None, change: Callable[[list[Any], Node], object]) -> Fault:
    """A fault of one item of a batch: the first, or the one with this id. `change` gets all items and that one."""

    def change_item(envelope: Node) -> bool:
        items = _items(envelope)
        for one in items:
            if isinstance(one, dict) and asset_id in {None, one.get("asset_id"), one.get("official_id")}:
                change(items, one)
                return True
        return False

    return Fault(text, change=_applied(change_item), suits=lambda documented: bool(_items(documented)))


def _nulls(names: tuple[str, ...]) -> Change:
    """Some fields are null."""

    def change(envelope: Node) -> bool:
        assets = _assets(envelope)
        for asset in assets:
            asset.update(dict.fromkeys(names or {"asset_ref", *asset} - {"asset_id", "status"}))
        return bool(assets)

    return change


def _other_status(status: str) -> Change:
    """A status that is not documented."""

    def change(envelope: Node) -> bool:
        assets = [asset for asset in _assets(envelope) if "status" in asset]
        for asset in assets:
            asset["status"] = status
        return bool(assets)

    return change


def _applied(change: Change) -> Callable[[Reply], Reply | None]:
    def changed(reply: Reply) -> Reply | None:
        envelope = json.loads(reply.content)
        return replace(reply, content=json.dumps(envelope).encode()) if change(envelope) else None

    return changed


def _items(envelope: Node) -> list[Any]:
    data = envelope.get("data")
    items = data.get("items") if isinstance(data, dict) else None
    return items if isinstance(items, list) else []


def _assets(envelope: Node) -> list[Node]:
    """The items of a batch, or the one thing asked for."""
    told = _items(envelope) or [envelope.get("data")]
    return [one for one in told if isinstance(one, dict) and "items" not in one]


KINDS: dict[str, tuple[str, ...]] = {
    name: tuple(inspect.signature(make).parameters)[1:-1]
    for name, make in vars(Faults).items()
    if inspect.isfunction(make)
}
"""The arguments of each kind of fault; all take those of `When` too."""


def plan_by_name(faults: Faults, kind: Any, given: Mapping[str, Any]) -> PlannedFault:
    """Plan the fault of that name. Raises `ValueError` or `TypeError`, listing what there is."""
    if not isinstance(kind, str) or kind not in KINDS:
        raise ValueError(f"no kind of fault {kind!r:.100}; there are {', '.join(KINDS)}")
    accepted = [*KINDS[kind], *When.__annotations__]
    if strange := [str(name) for name in given if name not in accepted]:
        raise ValueError(f"{kind} does not take {', '.join(strange)}; it takes {', '.join(accepted)}")
    arguments = dict(given)
    names = arguments.pop("names", ()) if "names" in accepted else ()
    if isinstance(names, str):
        raise TypeError("names must be a list of fields")
    planned: PlannedFault = getattr(faults, kind)(*names, **arguments)
    return planned
