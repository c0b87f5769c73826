"""Every place in the spec where a model or an enum of the package comes from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from .generated import annotations, argument_names, attribute_names, class_of, function
from .schema import Schema
from .spec import COMPONENTS, OPERATIONS, Operation


@dataclass(frozen=True)
class Place:
    """A schema, and the annotation that the generated code has where it stands, looked up when asked for."""

    schema: Schema
    hint: Callable[[], Any]

    @property
    def label(self) -> str:
        """Where it stands in the spec."""
        return self.schema.place

    @property
    def cls(self) -> Any:
        """The generated class."""
        return class_of(self.schema, self.hint())


def roots() -> Iterator[Place]:
    """Yield the components, then what the operations hold in place."""
    for component in COMPONENTS.values():
        yield Place(component, lambda: None)
    for operation in OPERATIONS:
        for each in operation.parameters:
            yield Place(each.schema, argument(operation, (each.where, each.name)))
        for body in operation.body.values():
            yield Place(body, argument(operation))
        for answer in operation.answers:
            if answer.schema is not None:
                yield Place(answer.schema, argument(operation, returned=True))


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
    inner = [(each, place.hint) for each in schema.options]
    if schema.kind == "array":
        inner.append((schema.items, place.hint))
    if schema.kind == "object":
        names = attribute_names(schema)
        inner += [(each, attribute(place, names[name])) for name, each in schema.properties.items()]
        if schema.is_map and schema.extra:
            inner.append((schema.extra, attribute(place, "additional_properties")))
    for each, hint in inner:
        if each.name is None:
            yield from within(Place(each, hint))


def attribute(place: Place, name: str) -> Callable[[], Any]:
    """Return how to look up the annotation of an attribute."""
    return lambda: annotations(place.cls)[name]


def places(kind: str) -> list[Place]:
    """Return the places of one kind, each once."""
    return list({each.label: each for root in roots() for each in within(root) if each.schema.kind == kind}.values())


MODELS = places("object")
ENUMS = places("enum")
