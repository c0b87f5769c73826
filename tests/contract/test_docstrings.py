"""What `help()` shows is what the spec says."""

import inspect
import re
from importlib import import_module
from typing import Any

import pytest

from .difference import agree
from .generated import (
    FUNCTIONS,
    MODELS,
    PACKAGE,
    Place,
    annotations,
    argument_names,
    attribute_names,
    classes_in,
    client_module,
    errors,
    function,
    models,
    types,
)
from .naming import snake
from .schema import Schema
from .spec import OPERATIONS, Operation

ENTRANCES = {"enter", "exit", "aenter", "aexit"}
PLACES = ("path", "query", "header", "cookie", "body")


def squeezed(text: Any) -> str:
    """Return a text without white space: where it is wrapped, even within a long word, does not matter."""
    return re.sub(r"\s+", "", str(text or ""))


def agree_on_words(where: str, found: str, pattern: str) -> None:
    """Fail, naming the place, unless a squeezed text is what the spec says."""
    wanted = re.sub(r"\\(.)", r"\1", pattern)
    assert re.fullmatch(pattern, found), f"{where}: found {found!r}, but the spec wants {wanted!r}"


def described(name: str, schema: Schema) -> str:
    """Return a pattern of the line for an argument or attribute: its type, what the spec says of it, its example."""
    node = schema.node
    scalar = "example" in node and schema.kind in {"string", "integer", "number", "boolean"}
    example = rf"Example:{re.escape(squeezed(str(node['example'])))}\." if scalar else r"(Example:.*?\.)?"
    return rf"{name}\([^:]*\):{re.escape(squeezed(node.get('description')))}(Default:.*?\.)?{example}"


@pytest.mark.parametrize(("operation", "variant"), FUNCTIONS)
def test_function(operation: Operation, variant: str) -> None:
    """It says what the spec says of the operation and each argument, no more; what is raised, and what comes back."""
    names = argument_names(operation)
    parameters = sorted(operation.parameters, key=lambda each: operation.path.find(f"{{{each.name}}}"))
    lines = [(each.where, described(names[each.where, each.name], each.schema)) for each in parameters]
    lines += [("body", described("body", each)) for each in operation.body.values()]
    head, _, tail = squeezed(function(operation, variant).__doc__).partition("Raises:")
    start = squeezed(operation.summary + operation.description) + ("Args:" if lines else "")
    lines.sort(key=lambda line: PLACES.index(line[0]))
    where = f"{operation.id} ({variant}), {operation.place}, docstring"
    agree_on_words(where, head, re.escape(start) + "".join(line for _, line in lines))
    raised, _, returned = tail.partition("Returns:")
    agree_on_words(f"{where}, what is raised", raised, r"errors\.UnexpectedStatus:If.+httpx\.TimeoutException:If.+")
    agree(f"{where}, a Response", returned.startswith("Response["), variant.endswith("_detailed"))
    promised = {each.__name__ for each in classes_in(annotations(function(operation, variant))["return"])}
    agree(f"{where}, what comes back", set(re.findall(r"\w+", returned)) & set(vars(models)), promised)


@pytest.mark.parametrize("place", MODELS)
def test_model(place: Place) -> None:
    """It describes the model and each attribute as the spec does, the required ones first, and nothing else."""
    schema, names = place.schema, attribute_names(place.schema)
    ordered = sorted(schema.properties.items(), key=lambda item: item[0] not in schema.required)
    lines = "".join(described(names[name], each) for name, each in ordered)
    pattern = re.escape(squeezed(schema.node.get("description"))) + r"(Example:.*)?"
    pattern += f"Attributes:{lines}" if lines else ""
    agree_on_words(f"{place.label}, docstring", squeezed(place.cls.__doc__), pattern)


@pytest.mark.parametrize(
    "subject",
    [client_module.Client, client_module.AuthenticatedClient, errors.UnexpectedStatus, types.File, types.Response],
)
def test_fixed_parts(subject: Any) -> None:
    """The classes of the package itself, and their public methods, say what they are for."""
    methods = [each for key, each in vars(subject).items() if inspect.isfunction(each)]
    methods = [each for each in methods if each.__name__.strip("_") in ENTRANCES or not each.__name__.startswith("_")]
    assert all(squeezed(each.__doc__) for each in (subject, *methods))


@pytest.mark.parametrize(
    "name", sorted({"models", "api", *(f"api.{snake(each.tag, 'tag')}" for each in OPERATIONS), "errors", "types"})
)
def test_modules(name: str) -> None:
    """The modules that hold several things say which."""
    assert squeezed(import_module(f"{PACKAGE}.{name}").__doc__).startswith("Contains")
