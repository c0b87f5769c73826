"""Sample values for a schema, as they look on the wire: distinct, and never equal to a default."""

import base64
import json
import os
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis.strategies import SearchStrategy
from schemathesis.core.result import Ok

from .difference import exact
from .document import DOCUMENT
from .schema import Schema

AWKWARD = " é\"'\\/&=?#%41+;:,值\n "
INT64 = 2**53 + 1
SEVERAL = 3
START = datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
QUICK = settings(
    max_examples=int(os.environ.get("CONTRACT_EXAMPLES", "20")),
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],  # the place of a difference is named; a smaller value is not worth minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


# A value of a format, another one for each number; of any other format every text or number is one.
IN_FORMAT: dict[str | None, Callable[[int], Any]] = {
    "date-time": lambda number: (START + timedelta(days=number, microseconds=number)).isoformat(),
    "date": lambda number: (START + timedelta(days=number)).date().isoformat(),
    "uuid": lambda number: str(uuid.UUID(int=number + 2**100, version=4)),
    "binary": lambda number: f"\r\n--+++--{number}\r\n--+++--\r\n".encode() + b"\x00\xff",
    "byte": lambda number: base64.b64encode(f"{number}".encode()).decode(),
    "email": lambda number: f"user{number}@example.com",
    "uri": lambda number: f"https://example.com/{number}",
}


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
        number, default = next(self.numbers), [schema.node.get("default")]
        if schema.options:
            nulls = [option for option in schema.options if option.kind == "null"]
            return self.make(self.choose([*schema.options], nulls, nulls, number), label)
        match schema.kind:
            case "object":
                return self.make_object(schema, label)
            case "array":
                return self.make_list(schema, label)
            case "enum":
                values = schema.node["enum"]
                return self.choose(values, [each for each in values if not each], default, number)
            case "const":
                return schema.node["const"]
            case "boolean":
                return self.choose([True, False], [False], default, number)
            case "null":
                return None
            case "any" if not self.plain:
                return {f"{label}-{number}": [1, 1.5, True, None, [], {}, ""]}
        return self.make_scalar(schema, label, number)

    def choose(self, values: list[Any], falsy: list[Any], avoided: list[Any], number: int) -> Any:
        """Choose a falsy value if asked for, else each in its turn, but none to be avoided if others are left."""
        candidates = (self.falsy and falsy) or [each for each in values if each not in avoided] or values
        return candidates[number % len(candidates)]

    def make_object(self, schema: Schema, label: str) -> dict[str, Any]:
        """Return an object; a schema inside itself gets no optional property."""
        nested, all_ = schema in self.above, self.optional == "all"
        inner = replace(self, optional=self.optional if self.optional == "none" else "all", above=(*self.above, schema))
        wanted = schema.required if nested else schema.properties.keys() if all_ else {*schema.required, self.optional}
        result = {name: inner.make(each, name) for name, each in schema.properties.items() if name in wanted}
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

    def make_scalar(self, schema: Schema, label: str, number: int) -> Any:
        """Return a text or number of its own, or, if the schema takes neither, what a library makes of it."""
        empty: list[Any] = [b""] if schema.format == "binary" else ["", 0.0, 0]
        texts = [f"{number:04}-{label}"] if self.plain else [f" {number:04}-{label}{AWKWARD}", f"{number:04}"]
        whole = number + (INT64 if schema.format == "int64" else 0)
        formatted = [IN_FORMAT[schema.format](number)] if schema.format in IN_FORMAT else []
        for each in [*(empty if self.falsy else []), *formatted, *texts, number + 0.5, whole]:
            if schema.takes(each) and each != schema.node.get("default"):
                return each
        return simplest(exact(schema.node))


@cache
def simplest(node: str) -> Any:
    """Return the simplest value of a schema, which is given as JSON."""
    schema = Schema(json.loads(node))
    fits = values(schema).filter(lambda value: schema.takes(value) and str(value).isprintable())
    return find(
        fits, lambda _: True, settings=settings(QUICK, max_examples=1000, phases=[Phase.generate, Phase.shrink])
    )


def values(schema: Schema) -> SearchStrategy[Any]:
    """Return schemathesis's strategy for a schema: it is the body of an operation that is asked for nothing else."""
    body = {"required": True, "content": {"application/json": {"schema": dict(schema.node)}}}
    asked = {"post": {"requestBody": body, "responses": {"200": {"description": "Done"}}}}
    document = {**DOCUMENT, "paths": {"/": asked}, "security": []}
    (found,) = schemathesis.openapi.from_dict(document).get_all_operations()
    assert isinstance(found, Ok)
    return found.ok().as_strategy().map(lambda case: plain(case.body))


def plain(value: Any) -> Any:
    """Write whole numbers as such: to JSON Schema 4.0 is an integer."""

    def number(text: str) -> int | float:
        return int(float(text)) if float(text).is_integer() else float(text)

    return json.loads(json.dumps(value), parse_float=number)


def styles(schema: Schema | None = None) -> dict[str, Sampler]:
    """Return a sampler for every style, by its name; for a schema, one for each optional property alone, too."""
    alone = [name for name in schema.properties if name not in schema.required] if schema else []
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
    """Return a sample of every style, each value once; `alone` as in `styles`."""
    samples = ((style, sampler.make(schema)) for style, sampler in styles(schema if alone else None).items())
    return dict({repr(value): (style, value) for style, value in samples}.values())


def unknown(schema: Schema) -> dict[str, Any]:
    """Return properties that an object may have, but for which the spec has no names."""
    if schema.extra is None:
        return {}
    samplers = {"x-new": Sampler(), "x-falsy": Sampler(falsy=True)}
    made = {name: sampler.make(schema.extra, name) for name, sampler in samplers.items()}
    return made | ({"x-null": None, "x-empty": "", "x-no": False, "x-zero": 0} if schema.extra.kind == "any" else {})
