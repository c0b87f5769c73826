"""Any value that a schema allows, as it looks on the wire, for property tests."""

import base64
from datetime import UTC
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from .samples import matching
from .schema import Schema

JSON: SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=4,
)
FORMATS: dict[str, SearchStrategy[Any]] = {
    "date-time": st.datetimes(timezones=st.just(UTC)).map(lambda at: at.isoformat()),
    "date": st.dates().map(lambda day: day.isoformat()),
    "uuid": st.uuids().map(str),
    "byte": st.binary(max_size=20).map(lambda raw: base64.b64encode(raw).decode()),
    "email": st.emails(),
    "uri": st.integers(0).map(lambda number: f"https://example.com/{number}"),
    "binary": st.binary(max_size=20),
}


def values(schema: Schema, above: tuple[Schema, ...] = ()) -> SearchStrategy[Any]:
    """Return a strategy for the values of a schema; inside itself it gets only what is required."""
    node = schema.node
    if schema.options:
        return st.one_of([values(option, above) for option in schema.options])
    match schema.kind:
        case "object":
            return objects(schema, above)
        case "array":
            most = 0 if schema in above else node.get("maxItems", 3)
            least = node.get("minItems", 0)
            return st.lists(values(schema.items, above), min_size=least, max_size=max(least, most))
        case "enum" | "const":
            return st.sampled_from(node.get("enum", [node.get("const")]))
        case "boolean":
            return st.booleans()
        case "integer":
            return st.integers(node.get("minimum"), node.get("maximum"))
        case "number":
            return st.floats(node.get("minimum"), node.get("maximum"), allow_nan=False, allow_infinity=False)
        case "null":
            return st.none()
        case "any":
            return JSON
    if schema.format in FORMATS:
        return FORMATS[schema.format]
    if "pattern" in node:
        return st.just(matching(node["pattern"], node.get("minLength", 0), node.get("maxLength")))
    return st.text(min_size=node.get("minLength", 0), max_size=node.get("maxLength"))


def objects(schema: Schema, above: tuple[Schema, ...]) -> SearchStrategy[dict[str, Any]]:
    """Return a strategy for objects: what is required, any of the rest, and some properties without a name."""
    inner = (*above, schema)
    wanted = schema.properties if schema not in above else {name: schema.properties[name] for name in schema.required}
    named = {name: values(each, inner) for name, each in wanted.items()}
    must = {name: each for name, each in named.items() if name in schema.required}
    may = {name: each for name, each in named.items() if name not in schema.required}
    fixed = st.fixed_dictionaries(must, optional=may)
    if schema.extra is None:
        return fixed
    others = st.text(max_size=5).filter(lambda name: name not in schema.properties)
    extra = st.dictionaries(others, values(schema.extra, inner), max_size=0 if schema in above else 2)
    return st.tuples(extra, fixed).map(lambda both: both[0] | both[1])
