"""What `help()` shows is what the spec says."""

import inspect
import re
from importlib import import_module
from typing import Any

import pytest

from .generated import (
    PACKAGE,
    annotations,
    argument_names,
    attribute_names,
    classes_in,
    client_module,
    errors,
    function,
    models,
    types,
    variants,
)
from .naming import snake
from .places import MODELS, Place
from .spec import OPERATIONS, Operation

FUNCTIONS = [
    pytest.param(operation, variant, id=f"{operation.id}-{variant}")
    for operation in OPERATIONS
    for variant in variants(operation)
]


def words(text: str | None) -> str:
    """Return a text on one line: where it is wrapped does not matter."""
    return re.sub(r"\s+", " ", text or "").strip()


@pytest.mark.parametrize(("operation", "variant"), FUNCTIONS)
def test_function(operation: Operation, variant: str) -> None:
    """It says what the spec says of the operation and of each parameter, what is raised, and what comes back."""
    text = words(inspect.getdoc(function(operation, variant)))
    assert words(f"{operation.summary} {operation.description}") in text
    for each in operation.parameters:
        assert f"{argument_names(operation)[each.where, each.name]} (" in text
        assert words(each.schema.node.get("description")) in text
    assert ("body (" in text) == bool(operation.body)
    for raised in ("errors.UnexpectedStatus: If", "httpx.TimeoutException: If"):
        assert raised in text
    returned = text.partition("Returns: ")[2]
    assert returned
    assert returned.startswith("Response[") == variant.endswith("_detailed")
    promised = classes_in(annotations(function(operation, variant))["return"])
    assert {each.__name__ for each in promised} == set(re.findall(r"\w+", returned)) & set(models.__all__)


@pytest.mark.parametrize("place", [pytest.param(each, id=each.label) for each in MODELS])
def test_model(place: Place) -> None:
    """It describes the model and each attribute as the spec does, with its example."""
    text = words(inspect.getdoc(place.cls))
    assert words(place.schema.node.get("description")) in text
    for name, each in place.schema.properties.items():
        described = re.search(rf"\b{attribute_names(place.schema)[name]} \([^:]*\): ?(.*)", text)
        assert described, f"{name} is not described"
        assert described.group(1).startswith(words(each.node.get("description")))
        if "example" in each.node and each.name is None:
            assert f"Example: {words(str(each.node['example']))}." in described.group(1)


@pytest.mark.parametrize(
    "name",
    ["client.Client", "client.AuthenticatedClient", "errors.UnexpectedStatus", "types.File", "types.Response"],
)
def test_fixed_parts(name: str) -> None:
    """The classes of the package itself, and their public methods, say what they are for."""
    module, _, kind = name.partition(".")
    subject: Any = getattr({"client": client_module, "errors": errors, "types": types}[module], kind)
    entrances = {"__enter__", "__exit__", "__aenter__", "__aexit__"}
    methods = [
        each
        for key, each in vars(subject).items()
        if inspect.isfunction(each) and (key in entrances or not key.startswith("_"))
    ]
    assert all(words(each.__doc__) for each in (subject, *methods))


@pytest.mark.parametrize(
    "name", sorted({"models", "api", *(f"api.{snake(each.tag, 'tag')}" for each in OPERATIONS), "errors", "types"})
)
def test_modules(name: str) -> None:
    """The modules that hold several things say which."""
    assert words(import_module(f"{PACKAGE}.{name}").__doc__).startswith("Contains ")
