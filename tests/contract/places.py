"""Every place in the spec where a model or an enum of the package comes from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from .generated import annotations, argument_names, attribute_names, class_of, function
from .schema import Schema
from .spec import COMPONENTS, OPERATIONS, Operation


@dataclass(frozen=True)
class Place:
    """A schema, where it stands, and the annotation that the generated code has there, looked up when asked for."""

    label: str
    schema: Schema
    hint: Callable[[], Any]

    @property
    def cls(self) -> Any:
        """The generated class."""
        return class_of(self.schema, self.hint())


def roots() -> Iterator[Place]:
    """Yield the components, then what the operations hold in place."""
    for component in COMPONENTS.values():
        yield Place(str(component.name), component, lambda: None)
    for operation in OPERATIONS:
        yield from (
            Place(f"{operation.id}.{each.where}.{each.name}", each.schema, argument(operation, (each.where, each.name)))
            for each in operation.parameters
        )
        yield from (
            Place(f"{operation.id}.{media}", each, argument(operation)) for media, each in operation.body.items()
        )
        yield from (
            Place(f"{operation.id}.{answer.status}", answer.schema, argument(operation, returned=True))
            for answer in operation.answers
            if answer.schema is not None
        )


def argument(operation: Operation, key: tuple[str, str] | None = None, returned: bool = False) -> Callable[[], Any]:
    """Return how to look up the annotation of a parameter, of the body, or of what comes back."""

    def hint() -> Any:
        name = "return" if returned else argument_names(operation)[key] if key else "body"
        return annotations(function(operation, "sync_detailed"))[name]

    return hint


def within(place: Place) -> Iterator[Place]:
    """Yield the place and those inside of it; a component has its own place, so a reference to one is not followed."""
    schema = place.schema
    yield place
    inner = [(f"|{index}", each, place.hint) for index, each in enumerate(schema.options)]
    if schema.kind == "array":
        inner.append(("[]", schema.items, place.hint))
    if schema.kind == "object":
        names = attribute_names(schema)
        inner += [(f".{name}", each, attribute(place, names[name])) for name, each in schema.properties.items()]
        if schema.is_map and schema.extra:
            inner.append((".*", schema.extra, attribute(place, "additional_properties")))
    for label, each, hint in inner:
        if each.name is None:
            yield from within(Place(place.label + label, each, hint))


def attribute(place: Place, name: str) -> Callable[[], Any]:
    """Return how to look up the annotation of an attribute."""
    return lambda: annotations(place.cls)[name]


def places(kind: str) -> list[Place]:
    """Return the places of one kind, each component once."""
    found = {place.label: place for root in roots() for place in within(root) if place.schema.kind == kind}
    named = {place.schema.name for place in found.values() if place.label == place.schema.name}
    return [each for each in found.values() if each.schema.name not in named or each.label == each.schema.name]


MODELS = places("object")
ENUMS = places("enum")
