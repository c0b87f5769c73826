"""What differs between what the package has and what the spec says, and at which place of the spec."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from .notation import exact
from .schema import Schema

NOTHING = "nothing"
LONGEST = 200  # letters of a value in a message


def agree(where: str, found: Any, wanted: Any) -> None:
    """Fail, naming the place, unless what was found is what the spec wants; 1, 1.0 and true are three things."""
    same = type(found) is type(wanted) and found == wanted
    assert same, f"{where}: found {found!r}, but the spec wants {wanted!r}"


def agree_on_value(where: str, schema: Schema, found: Any, wanted: Any) -> None:
    """Fail, naming the place of every difference, unless two values on the wire are the same; `where` says whose."""
    lines = list(differences(schema, found, wanted))
    assert not lines, "\n".join([f"{where}:", *lines])


def differences(schema: Schema, found: Any, wanted: Any) -> Iterator[str]:
    """Yield a line for each place of a schema at which two values differ."""
    if isinstance(found, dict) and isinstance(wanted, dict):
        for name in [*wanted, *(name for name in found if name not in wanted)]:
            inner = schema.properties.get(name) or (schema.extra if schema.kind == "object" else None) or schema
            if name in found and name in wanted:
                yield from differences(inner, found[name], wanted[name])
            else:
                place = (
                    inner.place if name in schema.properties else f"{schema.place} ({name!r}, which it does not name)"
                )
                yield line(place, found.get(name, NOTHING), wanted.get(name, NOTHING))
    elif isinstance(found, list) and isinstance(wanted, list) and len(found) == len(wanted):
        for one, other in zip(found, wanted, strict=True):
            yield from differences(schema.items if schema.kind == "array" else schema, one, other)
    elif isinstance(found, bytes) or isinstance(wanted, bytes):
        if found != wanted:
            yield line(schema.place, found, wanted)
    elif exact(found) != exact(wanted) and not same_time(schema, found, wanted):
        yield line(schema.place, found, wanted)


def same_time(schema: Schema, found: Any, wanted: Any) -> bool:
    """Whether two texts are one instant, where the schema says that they are instants."""
    if not (isinstance(found, str) and isinstance(wanted, str)) or not any(
        each.format == "date-time" for each in (schema, *schema.options)
    ):
        return False
    try:
        return datetime.fromisoformat(found) == datetime.fromisoformat(wanted)
    except ValueError:
        return False


def line(place: str, found: Any, wanted: Any) -> str:
    """Write one difference."""
    return f"  {place}: found {short(found)}, but the spec wants {short(wanted)}"


def short(value: Any) -> str:
    """Write a value, a long one as its beginning and its length."""
    text = repr(value)
    size = f" ({len(value)} in all)" if isinstance(value, list) else ""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…{size}"
