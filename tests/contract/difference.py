"""What differs between what the package has and what the spec says, and at which place of the spec."""

import json
from collections.abc import Iterator
from datetime import datetime
from reprlib import Repr
from typing import Any

from attrs import NOTHING

from .schema import Schema

SHORT = Repr()
SHORT.maxstring = SHORT.maxother = 200  # letters of a value in a message


def exact(value: Any) -> str:
    """Write a value so that two are equal only if their types are: 1, 1.0 and true are three things."""
    return json.dumps(value, sort_keys=True)


def agree(where: str, found: Any, wanted: Any) -> None:
    """Fail, naming the place, unless what was found is what the spec wants; 1, 1.0 and true are three things."""
    same = type(found) is type(wanted) and found == wanted
    assert same, f"{where}: found {found!r}, but the spec wants {wanted!r}"


def agree_on_value(where: str, schema: Schema, found: Any, wanted: Any) -> None:
    """Fail, naming the place of every difference, unless two values on the wire are the same; `where` says whose."""
    lines = [
        f"  {place}: found {SHORT.repr(one)}, but the spec wants {SHORT.repr(other)}"
        for place, one, other in differences(schema, found, wanted)
    ]
    assert not lines, "\n".join([f"{where}:", *lines])


def differences(schema: Schema, found: Any, wanted: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield each place of a schema at which two values differ, with both."""
    if isinstance(found, dict) and isinstance(wanted, dict):
        for name in {**wanted, **found}:
            inner = schema.properties.get(name) or schema.at(name, schema.node.get("additionalProperties"))
            yield from differences(inner, found.get(name, NOTHING), wanted.get(name, NOTHING))
    elif isinstance(found, list) and isinstance(wanted, list) and len(found) == len(wanted):
        for one, other in zip(found, wanted, strict=True):
            yield from differences(schema.items, one, other)
    elif type(found) is not type(wanted) or (found != wanted and not same_time(schema, found, wanted)):
        yield schema.place, found, wanted


def same_time(schema: Schema, found: Any, wanted: Any) -> bool:
    """Whether two texts are one instant, where the schema says that they are instants."""
    if not isinstance(found, str) or all(each.format != "date-time" for each in (schema, *schema.options)):
        return False
    try:
        return datetime.fromisoformat(found) == datetime.fromisoformat(wanted)
    except ValueError:
        return False
