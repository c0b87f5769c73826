"""Request bodies and answers: what a spec may say, but no generated function does."""

from collections.abc import Iterator
from http import HTTPStatus

from codegen import walk
from codegen.lint.finding import Finding, unproved
from codegen.lint.kinds import allowed, is_a, kinds, types, within
from codegen.walk import Node, Operation

KNOWN = {str(status.value) for status in HTTPStatus}
FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
READABLE = {"application/json", "text/plain", "text/html", "application/octet-stream"}
PLAIN = {"string", "integer", "number"}


def findings(spec: Node) -> Iterator[Finding]:
    for operation in walk.operations(spec):
        yield from _body(spec, operation)
        yield from _answers(spec, operation)


def _body(spec: Node, operation: Operation) -> Iterator[Finding]:
    body = walk.resolve(spec, operation.node.get("requestBody"))
    content = body.get("content", {})
    if body and operation.method in {"get", "delete"}:
        yield unproved(f"{operation.where}.requestBody", f"a body of the method {operation.method}")
    if body.get("required") and len(content) > 1:
        reason = f"a required body with {len(content)} content types gives a module that cannot be imported"
        yield Finding(f"{operation.where}.requestBody", reason, "keep one of them")
    for media, node in content.items():
        where = f"{operation.where}.requestBody.content.{media}"
        if "encoding" in node:
            yield Finding(where, "encoding is ignored", "remove it")
        if media == "application/octet-stream":
            reason = "the asyncio functions cannot send it: httpx refuses a file that is read in a blocking way"
            yield Finding(where, reason, "send it as multipart/form-data")
        elif media in {FORM, MULTIPART}:
            yield from _form(spec, where, media, node.get("schema"))
        elif not is_json(media):
            yield Finding(where, f"a body of {media} is not sent as documented", "use application/json")
        elif "null" in types(spec, node.get("schema")):
            yield Finding(where, "a body that is null sends nothing", "say its type, without null; it may be optional")
        elif "binary" in within(spec, node.get("schema")):
            yield Finding(where, "bytes cannot be written in JSON", "use format: byte, or multipart/form-data")


def _form(spec: Node, where: str, media: str, written: object) -> Iterator[Finding]:
    schema = walk.resolve(spec, written)
    if schema.get("type") != "object" or not schema.get("properties") or "allOf" in schema:
        yield Finding(f"{where}.schema", "a form is an object with named fields", "describe its properties")
    elif all(is_a("array", walk.resolve(spec, schema["properties"].get(name))) for name in schema.get("required", [])):
        reason = "a form that has no field is sent without a body, and without its content type"
        yield Finding(f"{where}.schema", reason, "require a field that is no list")
    if isinstance(schema.get("additionalProperties"), dict):
        yield unproved(f"{where}.schema", "a form whose further fields have a type")
    for name, value in schema.get("properties", {}).items():
        place, found = f"{where}.schema.properties.{name}", kinds(spec, value)
        items = walk.resolve(spec, value).get("items")
        inner = kinds(spec, items)
        if name in schema.get("required", []) and "array" in found and not walk.resolve(spec, value).get("minItems"):
            yield Finding(place, "an empty list in a form is not there at all", "do not require it, or set minItems: 1")
        if "boolean" in found | inner:
            reason = "a boolean in a form is sent as Python writes it, True or False"
            yield Finding(place, reason, "use a string with an enum")
        if "null" in found | inner:
            yield Finding(place, "null cannot be written in a form", "leave null out; the field may be optional")
        if media == FORM and (found | inner) & {"object", "binary"}:
            yield Finding(place, "an object or a file cannot be written in this form", "use multipart/form-data")
        if media == FORM and inner & {"array"}:
            yield Finding(place, "a list in a list cannot be written in a form", "use a list of strings")
        if not found & {*PLAIN, "boolean", "array", "object", "null"}:
            yield Finding(place, "a field of no type arrives as Python's text for it", "say its type")
        if media == MULTIPART and inner & {"object", "array"}:
            yield unproved(place, "a list of objects or lists in a form")
        if any(not isinstance(each, str) for each in [*allowed(spec, value), *allowed(spec, items)]):
            yield unproved(place, "an enum of numbers in a form")
        if (found | inner) & {"date", "date-time", "uuid"} and media == FORM and "array" in found:
            yield unproved(place, "a list of dates or UUIDs in a form")


def _answers(spec: Node, operation: Operation) -> Iterator[Finding]:
    responses = operation.node.get("responses", {})
    if responses and not any(str(status).startswith(("2", "default")) for status in responses):
        reason = "it has no answer but errors, so nobody can say what comes back"
        yield Finding(f"{operation.where}.responses", reason, "describe what comes if all is well")
    for status, written in responses.items():
        where = f"{operation.where}.responses.{status}"
        if str(status).startswith("1"):
            yield Finding(where, "an answer that is only informative never reaches a caller", "leave it out")
        elif str(status).isdecimal() and str(status) not in KNOWN:
            reason = f"an answer with status {status} ends in a ValueError: Python has no name for it"
            yield Finding(where, reason, "leave it out")
        answer = walk.resolve(spec, written)
        if "links" in answer:
            yield Finding(where, "links are ignored", "remove them")
        content = answer.get("content", {})
        if len(content) > 1:
            yield Finding(f"{where}.content", "only its first media type is read", "keep one of them")
        for media, node in content.items():
            place, found = f"{where}.content.{media}", kinds(spec, node.get("schema"))
            if media not in READABLE and not is_json(media):
                remedy = f"use one of {', '.join(sorted(READABLE))}"
                yield Finding(place, f"an answer of {media} cannot be read", remedy)
            elif is_json(media) and "binary" in within(spec, node.get("schema")):
                yield Finding(place, "bytes cannot be written in JSON", "use format: byte, or application/octet-stream")
            elif is_json(media) and found == {"null"}:
                yield Finding(place, "an answer of null says nothing", "leave its content out")
            elif media == "application/octet-stream" and found - {"string", "binary"}:
                yield Finding(place, "an answer of this kind is bytes", "use format: binary")
            elif media.startswith("text/") and found - {"string"}:
                yield Finding(place, "an answer of this kind is text", "use type: string")


def is_json(media: str) -> bool:
    """Whether the generated functions and the mock take it for JSON."""
    return media == "application/json" or (media.startswith("application/") and media.endswith("+json"))
