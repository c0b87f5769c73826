"""Faults by name, for what is not written in Python: scenarios and the page."""

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

from .faults import Faults
from .plan import Planned, When

KINDS: dict[str, tuple[str, ...]] = {
    name: tuple(inspect.signature(make).parameters)[1:-1]
    for name, make in vars(Faults).items()
    if inspect.isfunction(make) and make.__annotations__.get("return") is Planned and not name.startswith("_")
}
"""The arguments of each kind; all take those of `When` too."""


def described() -> Iterator[dict[str, Any]]:
    """Each kind in words, with its foremost argument and what that is unless given."""
    for kind, arguments in KINDS.items():
        make = getattr(Faults, kind)
        argument = next(iter(arguments), None)
        preset = inspect.signature(make).parameters[argument].default if argument else None
        known = {"preset": preset} if isinstance(preset, int | float | str) else {}
        yield {"kind": kind, "says": inspect.getdoc(make), "argument": argument, **known}


def plan(faults: Faults, kind: Any, given: Mapping[str, Any]) -> Planned:
    """Plan the fault of that name. Raises `ValueError` or `TypeError`, saying what there is."""
    if not isinstance(kind, str) or kind not in KINDS:
        raise ValueError(f"no kind of fault {kind!r:.100}; there are {', '.join(KINDS)}")
    own = KINDS[kind]
    if strange := [str(name) for name in given if name not in own and name not in When.__annotations__]:
        raise ValueError(f"{kind} takes no {', '.join(strange)}; it takes {', '.join([*own, *When.__annotations__])}")
    named = dict(given)
    several = named.pop("names", ()) if "names" in own else ()
    if isinstance(several, str):
        raise TypeError("names must be a list of fields")
    planned: Planned = getattr(faults, kind)(*several, **named)
    return planned
