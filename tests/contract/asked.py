"""Requests, right ones and wrong ones, for whoever must tell them apart."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import httpx

from .cases import Case, any_answer, any_case, arguments
from .document import HOST
from .expected import credentials, parts
from .schema import Schema
from .spec import Operation, is_json
from .wire import TOKEN, exchange

OTHERS: tuple[Any, ...] = ("text", 7, 7.5, True, None, {"a": 1}, ["a", 1])
MEDIA = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/octet-stream")


class Wrong(NamedTuple):
    """A request that must be refused: why, and whether for its key or for what it says."""

    why: str
    key: bool
    request: httpx.Request


def sent(operation: Operation, case: Case) -> httpx.Request:
    """Return the request of a case, as the generated client sends it; `test_request_on_the_wire` judges that."""
    given = arguments(operation, case)
    return exchange(operation, "sync_detailed", given, lambda _: any_answer(operation), base_url=HOST)[1]


def wrong(operation: Operation) -> Iterator[Wrong]:
    """Yield every request that has one thing wrong: key, content type, body, a property, a parameter."""
    case = any_case(operation)
    request = sent(operation, case)
    for name, value in credentials(operation).items():
        for why, other in (
            ("no key", None),
            ("another key", value.replace(TOKEN, "other")),
            ("a longer key", f"{value}x"),
            ("only a scheme", value.partition(" ")[0]),
            ("no scheme", TOKEN),
            ("another scheme", f"Basic {TOKEN}"),
        ):
            yield Wrong(why, True, changed(request, {name: other}))
    for name in (each.name for each in operation.parameters if each.required and each.where == "query"):
        yield Wrong(f"no {name} in query", False, changed(request, url=request.url.copy_remove_param(name)))
    for name in (each.name for each in operation.parameters if each.required and each.where == "header"):
        yield Wrong(f"no header {name}", False, changed(request, {name.lower(): None}))
    if case.media is None:
        return
    for media in (media for media in MEDIA if media not in operation.body):
        yield Wrong(f"content type {media}", False, changed(request, {"content-type": media}))
    if operation.body_required:
        yield Wrong("no body", False, changed(request, {"content-type": None}, content=b""))
    schema = operation.body[case.media]
    if is_json(case.media):
        yield Wrong("no JSON", False, changed(request, content=b'{"'))
        for why, body in spoiled(schema, case.body):
            yield Wrong(why, False, changed(request, content=json.dumps(body).encode()))
    else:
        for name in sorted(schema.required) if len(case.body) > 1 else ():
            form = {key: value for key, value in case.body.items() if key != name}
            yield Wrong(f"no field {name}", False, with_form(request, case.media, form))


def changed(request: httpx.Request, headers: dict[str, Any] | None = None, **parts: Any) -> httpx.Request:
    """Return a request with other headers (None for none), another `url` or `content`."""
    held = {name: value for name, value in request.headers.items() if name != "content-length"} | (headers or {})
    said = {name: value for name, value in held.items() if value is not None}
    content = parts.get("content", request.content)
    return httpx.Request(request.method, parts.get("url", request.url), headers=said, content=content)


def with_form(request: httpx.Request, media: str, form: dict[str, Any]) -> httpx.Request:
    """Return a request with another form."""
    headers = {name: value for name, value in request.headers.items() if not name.startswith("content-")}
    files = [(name, (file, content, kind)) for name, file, kind, content in parts(form)]
    body: dict[str, Any] = {"files": files} if media == "multipart/form-data" else {"data": form}
    made = httpx.Request(request.method, request.url, headers=headers, **body)
    made.read()
    return made


def spoiled(schema: Schema, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield what is one step away from a value and not of its schema: a wrong type, a property that is missing."""
    for other in OTHERS:
        if not schema.takes(other):
            yield f"{schema.place}: {json.dumps(other)}", other
    if isinstance(value, dict):
        for name in sorted(schema.required):
            yield f"{schema.place}: no {name}", {key: each for key, each in value.items() if key != name}
        for name, each in schema.properties.items():
            if name in value:
                yield from ((why, {**value, name: other}) for why, other in spoiled(each, value[name]))
    if isinstance(value, list) and value:
        yield from ((why, [*value[:-1], other]) for why, other in spoiled(schema.items, value[-1]))


def inside(value: Any) -> Iterator[Any]:
    """Yield a value and every value inside of it."""
    yield value
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from inside(each)


def texts(value: Any) -> list[str]:
    """Return every text inside a value: the ids, if it asks for some."""
    return [each for each in inside(value) if isinstance(each, str)]
