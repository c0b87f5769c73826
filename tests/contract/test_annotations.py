"""What a type checker sees is what the spec says: types, what may be left out, defaults."""

import inspect
from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any, ForwardRef, Literal, get_args, get_origin

import attrs
import httpx
import pytest

from jimmy_ai_openapi_client import types
from jimmy_ai_openapi_client.client import AuthenticatedClient, Client

from .difference import agree
from .generated import FUNCTIONS, MODELS, Place, annotations, class_of, function, module_of
from .naming import argument_names, attribute_names
from .schema import Schema
from .spec import OPERATIONS, Operation
from .values import build, scalar

ANY_CLIENT = AuthenticatedClient | Client


def typed(schema: Schema | None) -> Any:
    """Return the type of a value; None is what nothing is said of."""
    if schema is None:
        return Any
    if schema.options:
        return reduce(or_, (typed(option) for option in schema.options))
    match schema.kind:
        case "array":
            return list[typed(schema.items)]  # type: ignore[misc]
        case "object" | "enum":
            return class_of(schema)
        case "const":
            return Literal[schema.node["const"]]
    return scalar(schema)


def agree_on_type(where: str, found: Any, wanted: Any) -> None:
    """Fail, naming the place, unless two annotations are the same type, however they are written."""
    assert found == wanted, f"{where}, annotation: found {found}, but the spec wants {wanted}"


def wanted(schema: Schema, required: bool) -> Any:
    """Return the type of a value that may be left out unless it is required."""
    return typed(schema) if required else typed(schema) | types.Unset


def default_of(schema: Schema, required: bool, missing: Any) -> Any:
    """Return the default that a parameter or attribute must have; `missing` is the mark for none."""
    if schema.node.get("default") is not None:
        value = schema.node["default"]
        return build(schema, float(value) if schema.kind == "number" else value)
    return missing if required else types.UNSET


@pytest.mark.parametrize("place", MODELS)
def test_attributes(place: Place) -> None:
    """Each attribute of a model has the type and default of its property; unknown ones are a dict."""
    hints, schema = annotations(place.cls), place.schema
    fields, names = attrs.fields_dict(place.cls), attribute_names(schema)
    unknown = [] if schema.extra is None else ["additional_properties"]
    agree(f"{place.label}, attributes", sorted(fields), sorted([*names.values(), *unknown]))
    for name, attribute in names.items():
        each, required = schema.properties[name], name in schema.required
        where, field = f"{each.place} in {place.label}", fields[attribute]
        agree_on_type(where, hints[attribute], wanted(each, required))
        agree(f"{where}, default", field.default, default_of(each, required, attrs.NOTHING))
        agree(f"{where}, how it is given", (field.init, field.kw_only), (True, False))
    if schema.extra is not None:
        where = f"{place.label}, unknown properties"
        agree_on_type(where, hints["additional_properties"], dict[str, typed(schema.extra)])  # type: ignore[misc]
        agree(f"{where} as an argument", fields["additional_properties"].init, False)


@pytest.mark.parametrize("place", MODELS)
def test_methods(place: Place) -> None:
    """The methods of a model take and give dicts by text; `from_dict` gives the class that it was called on."""
    read = annotations(place.cls.from_dict)
    assert (get_origin(read["cls"]), get_args(read["cls"])) == (type, (read["return"],))
    assert read["return"].__bound__ == ForwardRef(place.cls.__name__)
    promised: dict[str, dict[str, Any]] = {"to_dict": {"return": dict[str, Any]}}
    promised["from_dict"] = {**read, "src_dict": Mapping[str, Any]}
    if place.schema.extra is not None:
        extra = get_args(annotations(place.cls)["additional_properties"])[1]
        promised["__getitem__"] = {"key": str, "return": extra}
        promised["__setitem__"] = {"key": str, "value": extra, "return": type(None)}
        promised["__delitem__"] = {"key": str, "return": type(None)}
        promised["__contains__"] = {"key": str, "return": bool}
        assert annotations(place.cls.additional_keys.fget) == {"return": list[str]}
    assert {name: annotations(getattr(place.cls, name)) for name in promised} == promised


@pytest.mark.parametrize(("operation", "variant"), FUNCTIONS)
def test_arguments(operation: Operation, variant: str) -> None:
    """The arguments are the client, the body and the parameters, typed, with defaults; all but the path by keyword."""
    called = function(operation, variant)
    hints, given = annotations(called), dict(inspect.signature(called).parameters)
    where, names = f"{operation.id} ({variant}), {operation.place}", argument_names(operation)
    empty = inspect.Parameter.empty
    client = AuthenticatedClient if operation.own_security else ANY_CLIENT
    expected: dict[str, tuple[Any, Any, bool]] = {"client": (client, empty, False)}
    if operation.body:
        body = reduce(or_, (wanted(each, operation.body_required) for each in operation.body.values()))
        expected["body"] = (body, empty if operation.body_required else types.UNSET, False)
    for each in operation.parameters:
        name = names[each.where, each.name]
        type_ = wanted(each.schema, each.required)
        default = default_of(each.schema, each.required, empty)
        expected[name] = (type_, default, each.where == "path")
    agree(f"{where}, arguments", given.keys(), expected.keys())
    for name, (type_, default, positional) in expected.items():
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD if positional else inspect.Parameter.KEYWORD_ONLY
        agree_on_type(f"{where}, {name}", hints[name], type_)
        agree(f"{where}, {name}, default", given[name].default, default)
        agree(f"{where}, {name}, kind", given[name].kind, kind)


@pytest.mark.parametrize(("operation", "variant"), FUNCTIONS)
def test_returns(operation: Operation, variant: str) -> None:
    """A detailed function promises a Response of what the answers hold; a plain one the same, or None."""
    hint = annotations(function(operation, variant))["return"]
    held = reduce(or_, (typed(answer.schema) for answer in operation.answers))
    promised = types.Response[held] if variant.endswith("_detailed") else held | None  # type: ignore[valid-type]
    agree_on_type(f"{operation.id} ({variant}), {operation.place}.responses", hint, promised)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_helpers(operation: Operation) -> None:
    """What the functions share takes what they take, and gives what they give."""
    module, public = module_of(operation), annotations(function(operation))
    taken = {name: hint for name, hint in public.items() if name not in {"client", "return"}}
    given = {"client": ANY_CLIENT, "response": httpx.Response}
    (answer,) = get_args(public["return"])
    parsed = answer if any(each.status == "default" for each in operation.answers) else answer | None
    promised = {
        "_get_kwargs": taken | {"return": dict[str, Any]},
        "_parse_response": given | {"return": parsed},
        "_build_response": given | {"return": public["return"]},
    }
    for name, hints in promised.items():
        agree_on_type(f"{operation.id}, {operation.place}, {name}", annotations(getattr(module, name)), hints)
