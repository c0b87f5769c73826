"""The generated package, found by the names that the spec gives it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache, partial
from importlib import import_module
from types import ModuleType
from typing import Any, get_args, get_type_hints

import attrs

from jimmy_ai_openapi_client import models, types

from .naming import argument_names, attribute_names, pascal, snake
from .schema import Schema
from .spec import COMPONENTS, OPERATIONS, Operation

PACKAGE = "jimmy_ai_openapi_client"
VARIANTS = ("sync", "sync_detailed", "asyncio", "asyncio_detailed")


def module_name(operation: Operation) -> str:
    """Name the module of an operation: under its first tag, by its operationId."""
    return f"{snake(operation.tag, 'tag')}.{snake(operation.id)}"


def module_of(operation: Operation) -> ModuleType:
    """Import the module of an operation."""
    return import_module(f"{PACKAGE}.api.{module_name(operation)}")


def variants(operation: Operation) -> list[str]:
    """Name the functions an operation has; without a typed answer there is nothing for the plain ones to return."""
    return [name for name in VARIANTS if operation.has_value or name.endswith("_detailed")]


FUNCTIONS = [(operation, variant) for operation in OPERATIONS for variant in variants(operation)]


def function(operation: Operation, variant: str = "sync_detailed") -> Callable[..., Any]:
    """Return one of the functions of an operation."""
    return getattr(module_of(operation), variant)  # type: ignore[no-any-return]


@cache
def annotations(subject: Any) -> dict[str, Any]:
    """Return the annotations of a class or function as types, with models that are only imported for type checkers."""
    return get_type_hints(subject, localns=dict(vars(models)))


def classes_in(hint: Any) -> Iterator[type]:
    """Yield the models and enums that an annotation mentions."""
    if isinstance(hint, type) and (attrs.has(hint) or issubclass(hint, Enum)) and hint.__module__ != types.__name__:
        yield hint
    for part in get_args(hint):
        yield from classes_in(part)


def has_shape(candidate: Any, schema: Schema) -> bool:
    """Whether a class has the attributes, or the members, of a schema."""
    if issubclass(candidate, Enum):
        return schema.kind == "enum" and {each.value for each in candidate} == set(schema.node["enum"])
    fields = {each.name for each in attrs.fields(candidate)} - {"additional_properties"}
    return schema.kind == "object" and fields == set(attribute_names(schema).values())


@dataclass(frozen=True)
class Place:
    """A place in the spec where a model or an enum comes from, and the annotation that it has in the package."""

    schema: Schema
    owner: Callable[[], Any] | None = None
    """Gives the class or function that has the annotation; none for a component, which is found by its name."""
    name: str = ""
    """What is annotated: an argument, an attribute, or what comes back."""

    @property
    def label(self) -> str:
        """Where it stands in the spec."""
        return self.schema.place

    @property
    def cls(self) -> Any:
        """The generated class: that of the component, or the one in the annotation that has the shape of the schema."""
        if self.schema.name is not None:
            return getattr(models, pascal(self.schema.node.get("title") or self.schema.name))
        hint = annotations(self.owner())[self.name] if self.owner else None
        found = {each for each in classes_in(hint) if has_shape(each, self.schema)}
        assert len(found) == 1, f"{self.label}: {hint} names {len(found)} classes of its shape"
        return found.pop()


def roots() -> Iterator[Place]:
    """Yield the components, then what the operations hold in place."""
    yield from map(Place, COMPONENTS)
    for operation in OPERATIONS:
        owner, names = partial(function, operation), argument_names(operation)
        yield from (Place(each.schema, owner, names[each.where, each.name]) for each in operation.parameters)
        yield from (Place(body, owner, "body") for body in operation.body.values())
        yield from (Place(each.schema, owner, "return") for each in operation.answers if each.schema is not None)


def within(place: Place) -> Iterator[Place]:
    """Yield the place and those inside of it; a component has its own place, so a reference to one is not followed."""
    yield place
    for name, each in place.schema.inner:
        if each.name is None:
            yield from within(
                replace(place, schema=each) if name is None else Place(each, lambda: place.cls, snake(name))
            )


PLACES = {place.label: place for root in roots() for place in within(root) if place.schema.kind in {"object", "enum"}}
MODELS = [place for place in PLACES.values() if place.schema.kind == "object"]
ENUMS = [place for place in PLACES.values() if place.schema.kind == "enum"]
IN_JSON = [place for place in MODELS if not place.schema.holds("binary")]


def class_of(schema: Schema) -> Any:
    """Return the generated class of an object or enum."""
    return PLACES[schema.place].cls
