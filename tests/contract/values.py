"""Between the wire and Python: build what a caller would pass, read what a caller gets.

Both go through constructors and attributes alone. The code under test that does the same (`to_dict`, `from_dict`) is
never asked, so it cannot agree with itself.
"""

import copy
import uuid
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from typing import Any

from jimmy_ai_openapi_client import types

from .difference import agree_on_value
from .generated import class_of
from .naming import attribute_names
from .schema import Schema

KINDS = {"string": str, "integer": int, "number": float, "boolean": bool, "null": type(None), "any": Any}
FORMATS = {"date-time": datetime, "date": date, "uuid": uuid.UUID, "binary": types.File}
PARSED: dict[Any, Any] = {datetime: datetime.fromisoformat, date: date.fromisoformat, uuid.UUID: uuid.UUID}
FILE_NAME, FILE_TYPE = "portrait.bin", "image/x-portrait"


def scalar(schema: Schema) -> Any:
    """Return the Python type of what is neither a union, a model, an enum nor a list."""
    named = FORMATS.get(schema.format or "") if schema.kind == "string" else None
    return named or KINDS[schema.kind]


def build(schema: Schema, wire: Any) -> Any:
    """Return the Python value for a value on the wire."""
    if schema.options:
        return build(next(option for option in schema.options if option.takes(wire)), wire)
    match schema.kind:
        case "object":
            return build_model(schema, wire)
        case "array":
            return [build(schema.items, item) for item in wire]
        case "enum":
            return class_of(schema)(wire)
        case "string" if schema.format == "binary":
            return types.File(payload=BytesIO(wire), file_name=FILE_NAME, mime_type=FILE_TYPE)
        case "string" if parsed := PARSED.get(scalar(schema)):
            return parsed(wire)
    return wire


def build_model(schema: Schema, wire: dict[str, Any]) -> Any:
    """Construct a model; what is absent is left out, or passed as UNSET where leaving it out means a default."""
    names = attribute_names(schema)
    arguments = {
        names[name]: build(each, wire[name]) if name in wire else types.UNSET
        for name, each in schema.properties.items()
        if name in wire or "default" in each.node
    }
    instance = class_of(schema)(**arguments)
    for name in wire.keys() - schema.properties.keys():
        assert schema.extra is not None, f"{schema.place}: {name} is not a property"
        instance[name] = build(schema.extra, wire[name])
    return instance


def read(schema: Schema, value: Any) -> Any:
    """Return what a Python value stands for on the wire; fail unless it is exactly of the promised type."""
    for option in schema.options:
        with suppress(AssertionError):
            return read(option, value)
    assert not schema.options, f"{schema.place}: found {value!r}, none of {[each.kind for each in schema.options]}"
    match schema.kind:
        case "object":
            return read_model(schema, value)
        case "array":
            assert type(value) is list, f"{schema.place}: found {value!r}, which is not a list"
            return [read(schema.items, item) for item in value]
        case "enum":
            assert type(value) is class_of(schema), f"{schema.place}: found {value!r}, no member of it"
            return value.value
        case "any" | "const":
            return value
    # JSON has one kind of number: a whole one may stand for itself.
    promised = {scalar(schema), int} if schema.kind == "number" else {scalar(schema)}
    assert type(value) in promised, f"{schema.place}: found {value!r}, which is none of {promised}"
    match value:
        case types.File():
            return value.payload.read()
        case uuid.UUID():
            return str(value)
        case date():
            return value.isoformat()
    return value


def read_model(schema: Schema, value: Any) -> dict[str, Any]:
    """Read each attribute by the name that the spec gives it; one that is UNSET is not there."""
    model, names = class_of(schema), attribute_names(schema)
    assert type(value) is model, f"{schema.place}: found {value!r}, which is not a {model.__name__}"
    found = {name: getattr(value, attribute) for name, attribute in names.items()}
    result = {name: read(schema.properties[name], each) for name, each in found.items() if each is not types.UNSET}
    if schema.extra is not None:
        extra = value.additional_properties
        named = [schema.properties[name].place for name in extra.keys() & names.keys()]
        assert not named, f"{named}: found among what {schema.place} has no names for"
        result |= {name: read(schema.extra, each) for name, each in extra.items()}
    return result


def agree_both_ways(where: str, schema: Schema, wire: dict[str, Any]) -> None:
    """Fail unless a model holds what was on the wire and writes it, whether it was read or constructed.

    Each attribute holds the property of its name, typed as promised; the argument stays as it was; writing changes
    nothing.
    """
    before = copy.deepcopy(wire)
    found, built = class_of(schema).from_dict(wire), build_model(schema, wire)
    agree_on_value(f"{where}, from_dict", schema, read_model(schema, found), before)
    agree_on_value(f"{where}, the argument of from_dict", schema, wire, before)
    for instance in (found, built, built):
        agree_on_value(f"{where}, to_dict", schema, instance.to_dict(), before)
