"""Sample values for a schema, as they look on the wire: distinct, and never equal to a default."""

import base64
import math
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

from hypothesis import find, settings
from hypothesis.strategies import from_regex
from openapi_schema_validator import OAS31Validator

from .document import Node
from .notation import exact
from .schema import Schema

AWKWARD = " é\"'\\/&=?#%41+;:,值\n "
INT64 = 2**53 + 1
SEVERAL = 3
START = datetime(2026, 5, 1, 12, 30, tzinfo=UTC)


@dataclass
class Sampler:
    """Makes values of one style.

    `optional` is "all", "none", or the one property of the outermost object to have; `length` is that of lists and maps
    (of three, the first is the greatest and the others are equal, so that nothing may sort, reverse or thin them out);
    `falsy` prefers values that are false in Python; `plain` keeps to characters that a header can carry.
    """

    optional: str = "all"
    length: int = 1
    falsy: bool = False
    plain: bool = False
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    above: tuple[Schema, ...] = ()

    def make(self, schema: Schema, label: str = "value") -> Any:
        """Return a value that the schema allows."""
        number = next(self.numbers)
        if schema.options:
            return self.make(self.pick(schema, number), label)
        match schema.kind:
            case "object":
                return self.make_object(schema, label)
            case "array":
                return self.make_list(schema, label)
            case "enum":
                return self.choose(schema, schema.node["enum"], number)
            case "const":
                return schema.node["const"]
            case "boolean":
                return self.choose(schema, [False] if self.falsy else [True, False], number)
            case "integer" | "number":
                return self.make_number(schema, number)
            case "null":
                return None
            case "any" if not self.plain:
                return {f"{label}-{number}": [1, 1.5, True, None, [], {}, ""]}
        return self.make_text(schema, label, number)

    def pick(self, schema: Schema, number: int) -> Schema:
        """Choose among the options of a union: null for a falsy value, else each in its turn."""
        nulls = [option for option in schema.options if option.kind == "null"]
        others = [option for option in schema.options if option.kind != "null"] or nulls
        return nulls[0] if nulls and self.falsy else others[number % len(others)]

    def choose(self, schema: Schema, values: list[Any], number: int) -> Any:
        """Choose among values: a falsy one if asked for, else each in its turn, but not the default."""
        falsy = [value for value in values if self.falsy and not value]
        fresh = [value for value in values if value != schema.node.get("default")]
        candidates = falsy or fresh or values
        return candidates[number % len(candidates)]

    def make_object(self, schema: Schema, label: str) -> dict[str, Any]:
        """Return an object; a schema inside itself gets no optional property."""
        inner = Sampler(
            optional=self.optional if self.optional == "none" else "all",
            length=self.length,
            falsy=self.falsy,
            plain=self.plain,
            numbers=self.numbers,
            above=(*self.above, schema),
        )
        nested = schema in self.above
        wanted = schema.required | ({self.optional} if self.optional != "all" else set(schema.properties))
        result = {
            name: inner.make(each, name)
            for name, each in schema.properties.items()
            if name in (schema.required if nested else wanted)
        }
        if schema.is_map and schema.extra and not nested:
            for _ in range(0 if self.falsy or self.optional == "none" else min(self.length, SEVERAL)):
                result[f"{label}-{next(self.numbers)}"] = inner.make(schema.extra, label)
        return result

    def make_list(self, schema: Schema, label: str) -> list[Any]:
        """Return a list of the wanted length, as far as the schema allows it."""
        length = min(self.length, schema.node.get("maxItems", self.length))
        length = max(length, schema.node.get("minItems", 0))
        each = replace(self, length=1) if length > SEVERAL else self  # long lists hold short ones
        items = [each.make(schema.items, label) for _ in range(length)][::-1]
        if schema.node.get("uniqueItems"):
            return list({exact(item): item for item in items}.values())
        return [*items[:-1], items[-2]] if length > 2 else items

    def make_number(self, schema: Schema, number: int) -> int | float:
        """Return a number within the bounds; an int64 is too large to survive as a float."""
        node, whole = schema.node, schema.kind == "integer"
        zero = 0 if whole else 0.0
        if self.falsy and fits(node, zero):
            return zero
        low = max(node.get("minimum", -math.inf), node.get("exclusiveMinimum", -math.inf))
        high = min(node.get("maximum", math.inf), node.get("exclusiveMaximum", math.inf))
        step = node.get("multipleOf", 1 if whole else 0.5)
        start = low if math.isfinite(low) else high - 200 * step if math.isfinite(high) else 0
        start = INT64 if schema.format == "int64" and fits(node, INT64 + 200) else math.ceil(start / step) * step
        steps = [start + step * (number + each) for each in range(100)]
        steps += [start + step * each for each in range(400)]
        between = [low + (high - low) * (number % 7 + 1) / 9] if not whole and high - low < math.inf else []
        candidates = [int(each) if whole else float(each) for each in (*steps, *between)]
        return next(each for each in candidates if each != node.get("default") and fits(node, each))

    def make_text(self, schema: Schema, label: str, number: int) -> Any:
        """Return a text of the wanted format; bytes for `binary`."""
        node = schema.node
        formatted: dict[str, Callable[[], Any]] = {
            "date-time": (START + timedelta(days=number, microseconds=number)).isoformat,
            "date": lambda: (START + timedelta(days=number)).date().isoformat(),
            "uuid": lambda: str(uuid.UUID(int=number + 2**100, version=4)),
            "binary": lambda: b"" if self.falsy else f"\r\n--{label} {number}\r\n".encode() + b"\x00\xff",
            "byte": lambda: base64.b64encode(f"{label} {number}".encode()).decode(),
            "email": lambda: f"user{number}@example.com",
            "uri": lambda: f"https://example.com/{number}",
        }
        if schema.format in formatted:
            return formatted[schema.format]()
        if "pattern" in node:
            return matching(node["pattern"], node.get("minLength", 0), node.get("maxLength"))
        least, most = node.get("minLength", 0), node.get("maxLength", 1000)
        if self.falsy and least == 0:
            return ""
        digits = f"{number:04}"[-most:]
        text = f"{digits}-{label}" if self.plain else f" {digits}-{label}{AWKWARD}"
        return (text if len(text) <= most else digits).ljust(least, "x")


def fits(node: Node, value: Any) -> bool:
    """Whether a value is one of a plain schema."""
    return bool(OAS31Validator(dict(node)).is_valid(value))


@cache
def matching(pattern: str, least: int, most: int | None) -> str:
    """Return the simplest text that matches a pattern."""
    fits = from_regex(pattern).filter(lambda text: least <= len(text) <= (most or 1000) and text.isprintable())
    return find(fits, lambda _: True, settings=settings(database=None, derandomize=True))


def styles(schema: Schema | None = None) -> dict[str, Sampler]:
    """Return a sampler for every style, by its name; for a schema, one for each optional property alone, too."""
    alone = schema.optional if schema and schema.kind == "object" else []
    return {
        "required": Sampler(optional="none"),
        "all-empty": Sampler(length=0),
        "all-one": Sampler(length=1),
        "all-three": Sampler(length=3),
        "all-many": Sampler(length=130),
        "falsy": Sampler(falsy=True),
        **{f"only-{name}": Sampler(optional=name, length=2) for name in alone},
    }


def distinct(schema: Schema, *, alone: bool = False) -> dict[str, Any]:
    """Return a sample of every style, without those that are the same as one before; `alone` as in `styles`."""
    found: dict[str, Any] = {}
    for style, sampler in styles(schema if alone else None).items():
        value = sampler.make(schema)
        if repr(value) not in map(repr, found.values()):
            found[style] = value
    return found


def unknown(schema: Schema) -> dict[str, Any]:
    """Return properties that an object may have, but for which the spec has no names."""
    if schema.extra is None:
        return {}
    made = {
        "x-new": Sampler().make(schema.extra, "x-new"),
        "x-falsy": Sampler(falsy=True).make(schema.extra, "x-falsy"),
    }
    return made | ({"x-null": None, "x-empty": "", "x-no": False, "x-zero": 0} if schema.extra.kind == "any" else {})
