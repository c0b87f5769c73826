"""Operations that the generator drops or overwrites, and what stands around them."""

import re
from collections.abc import Iterator

from codegen import walk
from codegen.lint.finding import Finding, unproved
from codegen.names import identifier
from codegen.walk import Node, Operation

METHODS = {"get", "post", "put", "patch", "delete"}
PROVED = {"operationId", "tags", "summary", "description", "externalDocs", "deprecated"}
PROVED |= {"parameters", "requestBody", "responses", "security", "servers"}


def findings(spec: Node) -> Iterator[Finding]:
    address = next((str(each.get("url")) for each in spec.get("servers", [])), "")
    if not re.fullmatch(r"https?://[^{}]*[^{}/]", address):
        remedy = "write where the service is, such as https://api.example.com, without a slash at the end"
        yield Finding("servers", f"the address of the first server is {address!r}", remedy)
    if "webhooks" in spec:
        yield Finding("webhooks", "they are left out", "remove them")
    for path, item in spec.get("paths", {}).items():
        if "$ref" in item:
            reason = "a path item that is a $ref is skipped, with all its operations"
            yield Finding(f"paths.{path}", reason, "write the operations here")
        if "servers" in item:
            yield _servers(f"paths.{path}")
    yield from _schemes(spec)
    modules: dict[tuple[str, str], str] = {}
    for operation in walk.operations(spec):
        yield from _operation(operation, modules)
        yield from _security(spec, operation.where, operation.node)
    yield from _security(spec, "(root)", spec)


def _operation(operation: Operation, modules: dict[tuple[str, str], str]) -> Iterator[Finding]:
    where, node, _ = operation
    if operation.method not in METHODS:
        yield unproved(where, f"the method {operation.method}")
    if "responses" not in node:
        yield Finding(where, "an operation without responses cannot be generated", "document at least one response")
    if "servers" in node:
        yield _servers(where)
    for key in node:
        if key not in PROVED and not key.startswith("x-"):
            yield Finding(where, f"{key} is ignored", "remove it")
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


def _security(spec: Node, where: str, node: Node) -> Iterator[Finding]:
    schemes = spec.get("components", {}).get("securitySchemes", {})
    for requirement in node.get("security", []):
        if not requirement and len(node["security"]) == 1:
            yield Finding(f"{where}.security", "one empty requirement asks for nothing", "write security: []")
        elif not requirement:
            reason = "whether to send the key cannot be left to the caller: it is always sent"
            yield Finding(f"{where}.security", reason, "remove the empty requirement")
        for name in requirement:
            if name not in schemes:
                remedy = "describe it under components.securitySchemes"
                yield Finding(f"{where}.security", f"nobody describes the scheme {name!r}", remedy)


def _schemes(spec: Node) -> Iterator[Finding]:
    for name, written in spec.get("components", {}).get("securitySchemes", {}).items():
        scheme = walk.resolve(spec, written)
        if (scheme.get("type"), str(scheme.get("scheme")).lower()) != ("http", "bearer"):
            reason = "whatever the scheme, clients send `Authorization: Bearer` with the token"
            yield Finding(f"components.securitySchemes.{name}", reason, "use type: http, scheme: bearer")
