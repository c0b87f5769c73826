"""Words for people that differ: they change docstrings, not programs."""

from collections.abc import Iterator
from typing import Any

from codegen.diff.change import Change, Level, code
from codegen.diff.keywords import WORDS

WORDY = WORDS | {"summary", "info", "termsOfService", "contact", "license"}
NAMES = {"properties", "patternProperties", "schemas", "paths", "$defs"}  # what is below is named by people


def changes(old: Any, new: Any, place: str = "", *, named: bool = False) -> Iterator[Change]:
    """Each place that is in both versions and speaks differently."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in new if named else [*new, *(key for key in old if key not in new)]:
            if key in WORDY and not named:
                if old.get(key) != new.get(key):
                    yield Change(Level.text, code(_short(place)) if place else "the document", str(key))
            elif key in old and key in new:
                below = f"{place}.{key}".lstrip(".")
                yield from changes(old[key], new[key], below, named=key in NAMES and not named)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from changes(before, after, f"{place}.{index}")


def _short(place: str) -> str:
    return place.removeprefix("components.schemas.").removeprefix("paths.").replace(".properties.", ".")
