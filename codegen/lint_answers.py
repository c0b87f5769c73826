"""What a spec may say, but no generated function does: statuses, credentials, uploads, null.

Each was seen to happen with 0.29.1: the code is generated without a word, and fails or says another thing when it runs.
"""

from collections.abc import Iterator
from http import HTTPStatus

from codegen import walk
from codegen.finding import Finding
from codegen.walk import Node, Operation

KNOWN = {str(status.value) for status in HTTPStatus}


def findings(spec: Node) -> Iterator[Finding]:
    for operation in walk.operations(spec):
        yield from _statuses(operation)
        yield from _uploads(spec, operation)
    yield from _schemes(spec)
    for where, schema in walk.schemas(spec):
        yield from _schema(spec, where, schema)


def _statuses(operation: Operation) -> Iterator[Finding]:
    for status in operation.node.get("responses", {}):
        if str(status).isdecimal() and str(status) not in KNOWN:
            reason = f"an answer with status {status} ends in a ValueError: Python has no name for it"
            yield Finding(f"{operation.where}.responses.{status}", reason, "leave it out")


def _uploads(spec: Node, operation: Operation) -> Iterator[Finding]:
    for media, node in walk.resolve(spec, operation.node.get("requestBody")).get("content", {}).items():
        where, schema = f"{operation.where}.requestBody.content.{media}", walk.resolve(spec, node.get("schema"))
        if media == "application/octet-stream":
            reason = "the asyncio functions cannot send it: httpx refuses a file that is read in a blocking way"
            yield Finding(where, reason, "send it as multipart/form-data")
        if media.startswith("multipart/"):
            for name, value in schema.get("properties", {}).items():
                kind = walk.resolve(spec, value)
                if "boolean" in (kind.get("type"), walk.resolve(spec, kind.get("items")).get("type")):
                    reason = "a boolean in a form is sent as Python writes it, True or False"
                    yield Finding(f"{where}.schema.properties.{name}", reason, "use a string with an enum")


def _schemes(spec: Node) -> Iterator[Finding]:
    for name, written in spec.get("components", {}).get("securitySchemes", {}).items():
        scheme = walk.resolve(spec, written)
        bearer = scheme.get("type") == "http" and str(scheme.get("scheme")).lower() == "bearer"
        if not bearer and scheme.get("type") not in {"oauth2", "openIdConnect"}:
            reason = "whatever the scheme, clients send `Authorization: Bearer` with the token"
            yield Finding(f"components.securitySchemes.{name}", reason, "use type: http, scheme: bearer")


def _schema(spec: Node, where: str, schema: Node) -> Iterator[Finding]:
    if "nullable" in schema and str(spec.get("openapi")).startswith("3.1"):
        yield Finding(where, "nullable is no word of OpenAPI 3.1", 'write type: [string, "null"]')
    kind, values = schema.get("type"), schema.get("enum", [])
    if isinstance(kind, list) and len(kind) > 1 and values:
        reason = "an enum of several types becomes several enums that are the same"
        yield Finding(where, reason, "write the type alone; null may stand in the enum")
    if len(schema.get("allOf", [])) == 1 and "properties" in schema:
        reason = "properties beside an allOf of one member are lost, and the model with them"
        yield Finding(where, reason, "move them into a second member")
