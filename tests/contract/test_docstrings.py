"""What `help()` shows is what the spec says."""

import inspect
import re
from importlib import import_module
from typing import Any

import pytest

from jimmy_ai_openapi_client import errors, models, types
from jimmy_ai_openapi_client.client import AuthenticatedClient, Client

from .difference import agree
from .generated import FUNCTIONS, MODELS, PACKAGE, Place, annotations, classes_in, function
from .naming import argument_names, attribute_names, snake
from .schema import Schema
from .spec import OPERATIONS, Operation

PLACES = ("path", "query", "header", "cookie")


def squeezed(text: Any) -> str:
    """Return a text without white space: where it is wrapped, even within a long word, does not matter."""
    return re.sub(r"\s+", "", str(text or ""))


def agree_on_words(where: str, found: Any, pattern: str) -> re.Match[str]:
    """Fail, naming the place, unless a docstring is what the spec says; return the match of the pattern."""
    match = re.fullmatch(pattern, squeezed(found.__doc__))
    wanted = re.sub(r"\\(.)", r"\1", pattern)
    assert match, f"{where}, docstring: found {squeezed(found.__doc__)!r}, but the spec wants {wanted!r}"
    return match


def described(name: str, schema: Schema) -> str:
    """Return a pattern of the line for an argument or attribute: its type, what the spec says of it, its example."""
    node = schema.node
    scalar = "example" in node and schema.kind in {"string", "integer", "number", "boolean"}
    example = rf"Example:{re.escape(squeezed(str(node['example'])))}\." if scalar else r"(?:Example:.*?\.)?"
    return rf"{name}\([^:]*\):{re.escape(squeezed(node.get('description')))}(?:Default:.*?\.)?{example}"


@pytest.mark.parametrize(("operation", "variant"), FUNCTIONS)
def test_function(operation: Operation, variant: str) -> None:
    """It says what the spec says of the operation and each argument, no more; what is raised, and what comes back."""
    names, called = argument_names(operation), function(operation, variant)
    parameters = sorted(operation.parameters, key=lambda each: operation.path.find(f"{{{each.name}}}"))
    parameters.sort(key=lambda each: PLACES.index(each.where))
    lines = [described(names[each.where, each.name], each.schema) for each in parameters]
    lines += [described("body", each) for each in operation.body.values()]
    start = re.escape(squeezed(operation.words) + ("Args:" if lines else ""))
    raised = r"Raises:errors\.UnexpectedStatus:If.+httpx\.TimeoutException:If.+"
    where = f"{operation.id} ({variant}), {operation.place}"
    returned = agree_on_words(where, called, f"{start}{''.join(lines)}{raised}Returns:(.+)")[1]
    agree(f"{where}, a Response", returned.startswith("Response["), variant.endswith("_detailed"))
    promised = {each.__name__ for each in classes_in(annotations(called)["return"])}
    agree(f"{where}, what comes back", set(re.findall(r"\w+", returned)) & set(vars(models)), promised)


@pytest.mark.parametrize("place", MODELS)
def test_model(place: Place) -> None:
    """It describes the model and each attribute as the spec does, the required ones first, and nothing else."""
    schema, names = place.schema, attribute_names(place.schema)
    ordered = sorted(schema.properties.items(), key=lambda item: item[0] not in schema.required)
    lines = "".join(described(names[name], each) for name, each in ordered)
    start = re.escape(squeezed(schema.node.get("description")))
    agree_on_words(place.label, place.cls, f"{start}(?:Example:.*)?{'Attributes:' if lines else ''}{lines}")


MODULES = ["models", "api", "errors", "types", *sorted({f"api.{snake(each.tag, 'tag')}" for each in OPERATIONS})]
CLASSES = [Client, AuthenticatedClient, errors.UnexpectedStatus, types.File, types.Response]


@pytest.mark.parametrize("subject", [*(import_module(f"{PACKAGE}.{name}") for name in MODULES), *CLASSES])
def test_fixed_parts(subject: Any) -> None:
    """The modules that hold several things, the classes of the package itself and their methods say what for."""
    methods = [each for name, each in vars(subject).items() if inspect.isfunction(each) and name != "__init__"]
    assert all(squeezed(each.__doc__) for each in (subject, *methods))
