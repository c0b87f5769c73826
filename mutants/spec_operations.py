"""Lies about operations: path, method, name, tag, security, body, answers, parameters, words."""

import copy
from collections.abc import Iterator

from .spec_changes import METHODS, Change, Editor, Node, operations

SCHEMES: dict[str, Node] = {
    "basic": {"type": "http", "scheme": "basic"},
    "digest": {"type": "http", "scheme": "digest"},
    "key in a header": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "key in Authorization": {"type": "apiKey", "in": "header", "name": "Authorization"},
    "key in the query": {"type": "apiKey", "in": "query", "name": "key"},
    "key in a cookie": {"type": "apiKey", "in": "cookie", "name": "key"},
}
PARAMETERS: tuple[Node, ...] = tuple(
    {"name": "added", "in": where, "required": required, "schema": {"type": "string"}}
    for where in ("query", "header", "cookie")
    for required in (True, False)
)


def whole_changes(document: Node) -> Iterator[Change]:
    """Yield lies about the document as a whole: server, security, which operations there are."""
    edit, paths = Editor(document), document["paths"]
    for index, server in enumerate(document["servers"]):
        for url in (f"{server['url']}/v2", server["url"].replace("www", "api"), server["url"].replace("s:", ":")):
            yield edit.put("server", server, f"servers.{index}", url=url)
        yield edit.put("description", server, f"servers.{index}", description="Lies")
    yield edit.put("server", document, "servers", servers=[{"url": "https://other.example"}, *document["servers"]])
    for key in document["info"]:
        yield edit.put("description", document["info"], "info", **{key: f"{document['info'][key]}.1"})
    yield edit.put("security", document, "security", security=None)
    yield edit.put("security", document, "security", security=[])
    yield edit.put("security", document, "security", security=[{}, *document["security"]])
    schemes = document["components"]["securitySchemes"]
    for name in schemes:
        for what, scheme in SCHEMES.items():
            yield edit.put(f"security: {what}", schemes, f"components.securitySchemes.{name}", **{name: scheme})
    for path, item in paths.items():
        yield edit.put("operation removed", paths, f"paths.{path}", **{path: None})
        yield edit.rename("path", paths, "paths", path, f"{path}/more")
        yield edit.rename("path", paths, "paths", path, path.rpartition("/")[0] or "/")
        yield edit.rename("path", paths, "paths", path, path.upper())
        yield edit.rename("path", paths, "paths", path, f"{path}/")
        added = {**item, **{method: {**item[method], "operationId": "added"} for method in METHODS if method in item}}
        yield edit.put("operation added", paths, "paths", **{"/added": added})
    (first, one), *_, (last, other) = paths.items()
    yield edit.put("path", paths, "paths (swapped)", **{first: other, last: one})


def operation_changes(document: Node) -> Iterator[Change]:
    """Yield lies about each operation."""
    edit = Editor(document)
    names = [operation["operationId"] for *_, operation in operations(document)]
    for path, item, method, operation in list(operations(document)):
        place = f"paths.{path}.{method}"
        for other in METHODS:
            if other not in item:
                yield edit.rename("method", item, f"paths.{path}", method, other)
        added = {**copy.deepcopy(operation), "operationId": "added"}
        yield edit.put("operation added", item, f"paths.{path}", delete=added)
        name = operation["operationId"]
        for other in (f"{name}X", name[0].upper() + name[1:], name.lower(), names[names.index(name) - 1]):
            yield edit.put("operationId", operation, place, operationId=other)
        for tags in (["added"], ["Default"], ["added", "default"], ["default", "added"]):
            yield edit.put("tag", operation, place, tags=tags)
        securities: list[list[Node]] = [[], [{}], [{}, *document["security"]], document["security"]]
        for security in securities:
            yield edit.put("security", operation, place, security=security)
        for parameter in PARAMETERS:
            yield edit.put("parameter added", operation, place, parameters=[parameter])
        for word in ("summary", "description"):
            for said in (None, f"{operation.get(word, '')} Not.", operation.get(word, "").upper()):
                yield edit.put("description", operation, place, **{word: said})
        yield edit.put("deprecated", operation, place, deprecated=True)
        yield from body_changes(edit, operation, place)
        yield from answer_changes(edit, operation, f"{place}.responses")


def body_changes(edit: Editor, operation: Node, place: str) -> Iterator[Change]:
    """Yield lies about what is sent."""
    body = operation.get("requestBody")
    if body is None:
        return
    yield edit.put("body", operation, place, requestBody=None)
    yield edit.put("body optional", body, f"{place}.requestBody", required=not body.get("required"))
    yield edit.put("description", body, f"{place}.requestBody", description="Lies")
    yield from content_changes(edit, body, f"{place}.requestBody")


def answer_changes(edit: Editor, operation: Node, place: str) -> Iterator[Change]:
    """Yield lies about what comes back."""
    answers = operation["responses"]
    for status, answer in answers.items():
        for other in ("201", "202", "204", "404", "2XX", "default"):
            yield edit.rename("status code", answers, place, status, other)
        for other in ("201", "404", "4XX", "default"):
            yield edit.put("status code added", answers, place, **{other: copy.deepcopy(answer)})
        yield edit.put("status code added", answers, place, **{"400": {"description": "No content"}})
        yield edit.put("description", answer, f"{place}.{status}", description="Lies")
        yield edit.put("answer without content", answer, f"{place}.{status}", content=None)
        header = {"X-Added": {"required": True, "schema": {"type": "string"}}}
        yield edit.put("header added", answer, f"{place}.{status}", headers=header)
        yield from content_changes(edit, answer, f"{place}.{status}")


def content_changes(edit: Editor, holder: Node, place: str) -> Iterator[Change]:
    """Yield lies about media types and about which schema stands there."""
    content = holder["content"]
    schemas = edit.document["components"]["schemas"]
    for media, node in content.items():
        for other in (
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "application/vnd.x+json",
        ):
            yield edit.rename("content type", content, f"{place}.content", media, other)
        for name in schemas:
            reference = {"$ref": f"#/components/schemas/{name}"}
            yield edit.put("component swapped", node, f"{place}.content.{media}", schema=reference)
        yield edit.put("schema retyped", node, f"{place}.content.{media}", schema={"type": "string"})
        yield edit.put(
            "schema retyped", node, f"{place}.content.{media}", schema={"type": "array", "items": node["schema"]}
        )
        yield from example_changes(edit, node, f"{place}.content.{media}")


def example_changes(edit: Editor, node: Node, place: str) -> Iterator[Change]:
    """Yield examples that are no value of their schema, or have none, or say another thing."""
    for name, example in node.get("examples", {}).items():
        yield edit.put("example no value", example, f"{place}.examples.{name}", value=7)
        yield edit.put("description", example, f"{place}.examples.{name}", summary="Lies")
        for key, value in list(example["value"].items()):
            wrong = {**example["value"], key: {"not": value} if not isinstance(value, dict) else [value]}
            yield edit.put("example no value", example, f"{place}.examples.{name}", value=wrong)
