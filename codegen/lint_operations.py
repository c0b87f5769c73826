"""Operations and parameters that the generator drops, overwrites or sends wrongly."""

from collections.abc import Iterator
from typing import Any

from codegen import walk
from codegen.finding import Finding
from codegen.names import identifier
from codegen.walk import Node, Operation

UNSENDABLE = {  # types and formats that arrive as Python's own text for them, or end in a TypeError
    "path": {"boolean", "array", "object", "date-time"},
    "header": {"uuid"},
    "cookie": {"integer", "number", "boolean", "array", "object", "uuid", "date", "date-time"},
    "query": {"binary"},
}

DEEPEST = 8  # schemas may contain themselves


def findings(spec: Node) -> Iterator[Finding]:
    yield from _path_items(spec)
    modules: dict[tuple[str, str], str] = {}
    for operation in walk.operations(spec):
        yield from _operation(operation, modules)
        yield from _bodies(spec, operation)
        yield from _parameters(spec, operation)


def _path_items(spec: Node) -> Iterator[Finding]:
    for path, item in spec.get("paths", {}).items():
        if "$ref" in item:
            reason = "a path item that is a $ref is skipped, with all its operations"
            yield Finding(f"paths.{path}", reason, "write the operations here")
        if "servers" in item:
            yield _servers(f"paths.{path}")


def _operation(operation: Operation, modules: dict[tuple[str, str], str]) -> Iterator[Finding]:
    where, node, _ = operation
    if "responses" not in node:
        yield Finding(where, "an operation without responses cannot be generated", "document at least one response")
    if "servers" in node:
        yield _servers(where)
    if not (name := node.get("operationId")):
        yield Finding(where, "without an operationId its module is named after path and method", "give it one")
        return
    tag = (node.get("tags") or ["default"])[0]
    first = modules.setdefault((identifier(tag, "tag"), identifier(name)), where)
    if first != where:
        reason = f"operationId {name!r} becomes the module {identifier(name)}.py, as that of {first} does; one is lost"
        yield Finding(where, reason, "give it a name that differs in more than case and underscores")


def _servers(where: str) -> Finding:
    return Finding(where, "its own servers are ignored: every request goes to the client's base URL", "remove them")


def _bodies(spec: Node, operation: Operation) -> Iterator[Finding]:
    body = walk.resolve(spec, operation.node.get("requestBody"))
    if body.get("required") and len(types := body.get("content", {})) > 1:
        reason = f"a required body with {len(types)} content types gives a module that cannot be imported"
        yield Finding(f"{operation.where}.requestBody", reason, "keep one of them")


def _parameters(spec: Node, operation: Operation) -> Iterator[Finding]:
    parameters = list(operation.parameters(spec))
    taken = _taken(operation, [parameter for _, parameter in parameters])
    for where, parameter in parameters:
        name, location = parameter["name"], parameter["in"]
        if user := taken.get(identifier(name)):
            reason = f"the generated function uses the name {identifier(name)!r} itself, for {user}"
            yield Finding(where, reason, "leave the parameter out or give it another name")
        if "schema" not in parameter:
            yield Finding(where, "a parameter described by content is left out", "describe it by schema")
        for kind in sorted(_kinds(spec, parameter.get("schema")) & UNSENDABLE[location]):
            reason = f"a {location} parameter of type {kind} is not sent as documented, or not at all"
            yield Finding(where, reason, "use a plain string")
        if location == "query":
            yield from _style(where, parameter)


def _taken(operation: Operation, parameters: list[Node]) -> dict[str, str]:
    """The names which the generated function needs for itself, and what for."""
    names: dict[str, list[str]] = {location: [] for location in UNSENDABLE}
    for parameter in parameters:
        names[parameter["in"]].append(parameter["name"])
    taken = {f"json_{identifier(name)}": f"the parameter {name!r}" for name in names["query"]}
    if "requestBody" in operation.node:
        taken |= {"body": "the request body", "headers": "the headers"}
    if names["header"]:
        taken["headers"] = "the headers"
    if names["query"]:
        taken["params"] = "the query"
    if names["cookie"]:
        taken["cookies"] = "the cookies"
    if names["path"]:
        taken["quote"] = "quoting the path"
    return taken


def _style(where: str, parameter: Node) -> Iterator[Finding]:
    if parameter.get("explode") is False:
        yield Finding(where, "explode: false is ignored: a list is sent as a=1&a=2, not a=1,2", "use a plain string")
    if (style := parameter.get("style", "form")) != "form":
        yield Finding(where, f"style: {style} is ignored: it is sent as form", "use a plain string")


def _kinds(spec: Node, schema: Any, depth: int = 0) -> set[str]:
    """Every type and format that a value may have."""
    node = walk.resolve(spec, schema)
    kind = node.get("type")
    kinds = set(kind if isinstance(kind, list) else [kind or "", node.get("format", "")])
    if isinstance(kind, list):
        kinds.add(node.get("format", ""))
    if depth < DEEPEST:
        for group in ("allOf", "anyOf", "oneOf"):
            for member in node.get(group, []):
                kinds |= _kinds(spec, member, depth + 1)
    return kinds
