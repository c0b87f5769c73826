"""What a type checker sees is what the spec says: types, what may be left out, defaults."""

import inspect
import uuid
from collections.abc import Mapping
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, ForwardRef, Literal, Union, get_args, get_origin

import attrs
import httpx
import pytest

from .difference import agree
from .generated import (
    FUNCTIONS,
    MODELS,
    Place,
    annotations,
    argument_names,
    attribute_names,
    class_of,
    client_module,
    function,
    module_of,
    types,
)
from .schema import Schema
from .spec import OPERATIONS, Operation
from .values import build

SCALARS = {"string": str, "integer": int, "number": float, "boolean": bool, "null": type(None), "any": Any}
FORMATS = {"date-time": datetime, "date": date, "uuid": uuid.UUID, "binary": types.File}


def typed(schema: Schema, hint: Any) -> frozenset[str]:
    """Return the types of a schema, one for each option."""
    if schema.options:
        return frozenset[str]().union(*(typed(option, hint) for option in schema.options))
    if schema.kind == "array":
        return frozenset({f"list[{shown(typed(schema.items, hint))}]"})
    if schema.kind in {"object", "enum"}:
        return frozenset({repr(class_of(schema, hint))})
    if schema.kind == "const":
        return frozenset({repr(Literal[schema.node["const"]])})
    by_format = FORMATS.get(schema.format or "") if schema.kind == "string" else None
    return frozenset({repr(by_format or SCALARS[schema.kind])})


def shown(members: frozenset[str]) -> str:
    """Write a union so that the order of its members does not matter."""
    return " | ".join(sorted(members))


def written(hint: Any) -> frozenset[str]:
    """Return the members of an annotation, written the same way."""
    if get_origin(hint) in {Union, type(int | str)}:
        return frozenset[str]().union(*(written(each) for each in get_args(hint)))
    if get_origin(hint) is list:
        return frozenset({f"list[{shown(written(get_args(hint)[0]))}]"})
    return frozenset({repr(hint)})


def wanted(schema: Schema, required: bool, hint: Any) -> frozenset[str]:
    """Return the types of a value that may be left out unless it is required."""
    return typed(schema, hint) | (frozenset() if required else frozenset({repr(types.Unset)}))


def default_of(schema: Schema, required: bool, hint: Any, missing: Any) -> Any:
    """Return the default that a parameter or attribute must have; `missing` is the mark for none."""
    if schema.node.get("default") is not None:
        value = schema.node["default"]
        return build(schema, float(value) if schema.kind == "number" else value, hint)
    return missing if required else types.UNSET


@pytest.mark.parametrize("place", MODELS)
def test_attributes(place: Place) -> None:
    """Each attribute of a model has the type and default of its property; unknown ones are a dict."""
    hints, schema = annotations(place.cls), place.schema
    fields = attrs.fields_dict(place.cls)
    for name, attribute in attribute_names(schema).items():
        each, required, hint = schema.properties[name], name in schema.required, hints[attribute]
        agree(f"{each.place}, annotation in {place.label}", written(hint), wanted(each, required, hint))
        default = default_of(each, required, hint, attrs.NOTHING)
        agree(f"{each.place}, default in {place.label}", fields[attribute].default, default)
        agree(f"{each.place}, how it is given", (fields[attribute].init, fields[attribute].kw_only), (True, False))
    if schema.extra is not None:
        hint = hints["additional_properties"]
        where = f"{place.label}, unknown properties"
        agree(where, (get_origin(hint), get_args(hint)[0]), (dict, str))
        agree(where, written(get_args(hint)[1]), typed(schema.extra, hint))
        agree(f"{where} as an argument", fields["additional_properties"].init, False)


@pytest.mark.parametrize("place", MODELS)
def test_methods(place: Place) -> None:
    """The methods of a model take and give dicts by text; `from_dict` gives the class that it was called on."""
    read = annotations(place.cls.from_dict)
    assert inspect.ismethod(place.cls.from_dict)
    assert read["src_dict"] == Mapping[str, Any]
    assert (get_origin(read["cls"]), get_args(read["cls"])) == (type, (read["return"],))
    assert read["return"].__bound__ == ForwardRef(place.cls.__name__)
    assert annotations(place.cls.to_dict) == {"return": dict[str, Any]}
    if place.schema.extra is not None:
        extra = get_args(annotations(place.cls)["additional_properties"])[1]
        assert annotations(place.cls.__getitem__) == {"key": str, "return": extra}
        assert annotations(place.cls.__setitem__) == {"key": str, "value": extra, "return": type(None)}
        assert annotations(place.cls.__delitem__) == {"key": str, "return": type(None)}
        assert annotations(place.cls.__contains__) == {"key": str, "return": bool}
        assert annotations(place.cls.additional_keys.fget) == {"return": list[str]}


@pytest.mark.parametrize(("operation", "variant"), FUNCTIONS)
def test_arguments(operation: Operation, variant: str) -> None:
    """The arguments are the client, the body and the parameters, typed, with defaults; all but the path by keyword."""
    called = function(operation, variant)
    hints, given = annotations(called), dict(inspect.signature(called).parameters)
    where = f"{operation.id} ({variant}), {operation.place}"
    names = argument_names(operation)
    client = given.pop("client")
    clients = client_module.AuthenticatedClient
    wanted_client = frozenset(map(repr, [clients] if operation.own_security else [clients, client_module.Client]))
    agree(f"{where}, client", written(hints["client"]), wanted_client)
    agree(f"{where}, client", (client.kind, client.default), (client.KEYWORD_ONLY, client.empty))
    if operation.body:
        body = given.pop("body")
        bodies = (wanted(each, operation.body_required, hints["body"]) for each in operation.body.values())
        agree(f"{where}.requestBody, annotation", written(hints["body"]), reduce(or_, bodies))
        default = body.empty if operation.body_required else types.UNSET
        agree(f"{where}.requestBody, argument", (body.kind, body.default), (body.KEYWORD_ONLY, default))
    for each in operation.parameters:
        name = names[each.where, each.name]
        found, hint = given.pop(name), hints[name]
        agree(f"{each.schema.place}, annotation", written(hint), wanted(each.schema, each.required, hint))
        agree(f"{each.schema.place}, default", found.default, default_of(each.schema, each.required, hint, found.empty))
        kind = found.POSITIONAL_OR_KEYWORD if each.where == "path" else found.KEYWORD_ONLY
        agree(f"{each.schema.place}, kind", found.kind, kind)
    agree(f"{where}, further arguments", list(given), [])


@pytest.mark.parametrize(("operation", "variant"), FUNCTIONS)
def test_returns(operation: Operation, variant: str) -> None:
    """A detailed function promises a Response of what the answers hold; a plain one the same, or None."""
    hint = annotations(function(operation, variant))["return"]
    schemas = [answer.schema for answer in operation.answers]
    held = reduce(or_, (typed(each, hint) if each is not None else frozenset({repr(Any)}) for each in schemas))
    where = f"{operation.id} ({variant}), {operation.place}.responses"
    if variant.endswith("_detailed"):
        agree(where, get_origin(hint), types.Response)
        agree(where, written(get_args(hint)[0]), held)
    else:
        agree(where, written(hint), held | {repr(type(None))})


@pytest.mark.parametrize("operation", OPERATIONS)
def test_helpers(operation: Operation) -> None:
    """What the functions share takes what they take, and gives what they give."""
    module, public = module_of(operation), annotations(function(operation))
    where = f"{operation.id}, {operation.place}"
    taken = {name: hint for name, hint in public.items() if name not in {"client", "return"}}
    agree(f"{where}, _get_kwargs", annotations(module._get_kwargs), taken | {"return": dict[str, Any]})
    clients = client_module.AuthenticatedClient | client_module.Client
    given = {"client": clients, "response": httpx.Response}
    answer = get_args(public["return"])[0]
    parsed = annotations(module._parse_response)
    agree(f"{where}, _parse_response", {name: parsed[name] for name in given}, given)
    nothing = set() if any(each.status == "default" for each in operation.answers) else {repr(type(None))}
    agree(f"{where}, _parse_response", written(parsed["return"]), written(answer) | nothing)
    agree(f"{where}, _build_response", annotations(module._build_response), given | {"return": public["return"]})
