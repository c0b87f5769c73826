"""Parameters: plain values alone, each under a name of its own, as the generated functions really send them."""

from collections.abc import Iterator

from codegen import walk
from codegen.lint.finding import Finding
from codegen.lint.kinds import allowed, kinds
from codegen.names import identifier
from codegen.walk import Node, Operation

STYLES = {"path": "simple", "header": "simple", "query": "form", "cookie": "form"}
UNSENDABLE = {  # types and formats that arrive as Python's own text for them, or end in a TypeError
    "path": {"boolean", "array", "object", "date-time"},
    "header": {"array", "object", "uuid", "date", "date-time"},
    "cookie": {"integer", "number", "boolean", "array", "object", "uuid", "date", "date-time"},
    "query": {"binary", "object"},
}
USED = {  # by the place of a parameter, the name that the generated function uses for it
    "path": ("quote", "quoting the path"),
    "header": ("headers", "the headers"),
    "cookie": ("cookies", "the cookies"),
    "query": ("params", "the query"),
}
TAKEN_HEADERS = {"authorization", "content-type", "content-length", "accept", "host", "cookie", "transfer-encoding"}
TAKEN_HEADERS |= {"accept-encoding", "connection", "user-agent"}
ELSEWHERE = {"", ".", ".."}  # steps of a path that lead to another one


def findings(spec: Node) -> Iterator[Finding]:
    for operation in walk.operations(spec):
        found = list(operation.parameters(spec))
        yield from _names(operation, found)
        for where, parameter in found:
            yield from _written(where, parameter)
            if "schema" in parameter:
                yield from _values(spec, where, parameter)
    for path in spec.get("paths", {}):
        if any(step.count("{") > 1 or (step.count("{") and not step.startswith("{")) for step in path.split("/")):
            reason = "a parameter that shares its segment with other text cannot be told from it"
            yield Finding(f"paths.{path}", reason, "give each parameter a segment of its own")


def _names(operation: Operation, parameters: list[tuple[str, Node]]) -> Iterator[Finding]:
    taken, seen = _taken(operation, [parameter for _, parameter in parameters]), dict[str, str]()
    for where, parameter in parameters:
        python = identifier(parameter["name"])
        if user := taken.get(python):
            reason = f"the generated function uses the name {python!r} itself, for {user}"
            yield Finding(where, reason, "leave the parameter out or give it another name")
        if first := seen.get(python):
            reason = f"another parameter has this name in Python, {python!r}: that of {first}"
            yield Finding(where, reason, "leave one of them out")
        seen[python] = where
        if parameter["in"] == "header" and parameter["name"].lower() in TAKEN_HEADERS:
            reason = f"the header {parameter['name']} replaces what the client sends itself"
            yield Finding(where, reason, "leave it out; the key is what `security` says")


def _written(where: str, parameter: Node) -> Iterator[Finding]:
    location, usual = parameter["in"], STYLES[parameter["in"]]
    if "schema" not in parameter:
        yield Finding(where, "a parameter described by content is left out", "describe it by schema")
    if location == "query" and parameter.get("explode") is False:
        yield Finding(where, "explode: false is ignored: a list is sent as a=1&a=2, not a=1,2", "use a plain string")
    if (style := parameter.get("style", usual)) != usual:
        yield Finding(where, f"style: {style} is ignored: it is sent as {usual}", "use a plain string")
    for key in ("allowReserved", "allowEmptyValue"):
        if parameter.get(key):
            yield Finding(where, f"{key} is ignored", "remove it")


def _values(spec: Node, where: str, parameter: Node) -> Iterator[Finding]:
    location, found = parameter["in"], kinds(spec, parameter["schema"])
    items = kinds(spec, walk.resolve(spec, parameter["schema"]).get("items"))
    plain = {kind for kind in found if kind in {"string", "integer", "number", "boolean", "array", "object"}}
    if "null" in found | items:
        reason = f"null cannot be written in a {location}"
        yield Finding(where, reason, "leave null out; what is not required can be left out of the request")
    elif not plain:
        yield Finding(where, "a parameter of no type arrives as Python's text for it", "say its type")
    elif len(plain) > 1:
        yield Finding(where, "text cannot be told from numbers here", "give it one type")
    for kind in sorted(found & UNSENDABLE[location]):
        reason = f"a {location} parameter of type {kind} is not sent as documented, or not at all"
        yield Finding(where, reason, "use a plain string")
    if "array" in found and parameter.get("required") and not walk.resolve(spec, parameter["schema"]).get("minItems"):
        yield Finding(where, "an empty list in a query is not there at all", "do not require it, or set minItems: 1")
    if "array" in found and items & {"array", "object"}:
        yield Finding(where, "only a list of plain values can be sent", "use a list of strings")
    if location == "path" and ELSEWHERE & set(map(str, allowed(spec, parameter["schema"]))):
        yield Finding(where, "a value that is empty or made of dots leads to another path", "leave that value out")


def _taken(operation: Operation, parameters: list[Node]) -> dict[str, str]:
    """The names which the generated function needs for itself, and what for."""
    taken = dict(USED[parameter["in"]] for parameter in parameters)
    for parameter in parameters:
        if parameter["in"] == "query":
            taken[f"json_{identifier(parameter['name'])}"] = f"the parameter {parameter['name']!r}"
    if "requestBody" in operation.node:
        taken |= {"body": "the request body", "headers": "the headers"}
    return taken
