"""Where in the spec something stands, as a pointer that a reader can follow."""

from collections.abc import Iterable
from fnmatch import fnmatch
from typing import Any

from .operation import Operation
from .spec import Node, resolve


def in_body(spec: Node, operation: Operation, media_type: str, steps: Iterable[Any]) -> str:
    """In the schema of the body."""
    declared = resolve(spec, operation.declared.get("requestBody", {})).get("content", {})
    kind = next((kind for kind in declared if fnmatch(media_type, kind)), None)
    return of_body(spec, operation, "content", *([] if kind is None else [kind, "schema", *steps]))


def of_body(spec: Node, operation: Operation, *steps: Any) -> str:
    """Beside the schema of the body."""
    return _place(spec, *_home(operation), "requestBody", *steps)


def of_parameter(spec: Node, operation: Operation, where: str, name: str, steps: Iterable[Any]) -> str:
    """In a parameter of the operation, or of its path."""
    own, shared = operation.declared, resolve(spec, spec["paths"][operation.path])
    declared = [
        ((*home, "parameters", index), resolve(spec, parameter))
        for home, holder in ((_home(operation), own), (("paths", operation.path), shared))
        for index, parameter in enumerate(holder.get("parameters", []))
    ]
    found = next(home for home, parameter in declared if (parameter["in"], parameter["name"]) == (where, name))
    return _place(spec, *found, *steps)


def parameters(spec: Node, operation: Operation) -> list[Node]:
    """The parameters of the operation, then those of its path."""
    holders = operation.declared, resolve(spec, spec["paths"][operation.path])
    return [resolve(spec, parameter) for holder in holders for parameter in holder.get("parameters", [])]


def of_security(spec: Node, operation: Operation) -> str:
    """The first scheme that the operation asks for."""
    holder = operation.declared if "security" in operation.declared else spec
    schemes = [scheme for requirement in holder["security"] for scheme in requirement]
    return _place(spec, "components", "securitySchemes", schemes[0])


def _home(operation: Operation) -> tuple[str, ...]:
    return "paths", operation.path, operation.method


def _place(spec: Node, *steps: Any) -> str:
    """A pointer to what the steps reach, through references: these vanish from it."""
    pointer, here = "#", spec
    for step in steps:
        while isinstance(here, dict) and step not in here and "$ref" in here:
            pointer, here = here["$ref"], resolve(spec, {"$ref": here["$ref"]})
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):  # a discriminator leads to a schema that is not below it
            break
        pointer += "/" + str(step).replace("~", "~0").replace("/", "~1")
    return pointer
