"""Requests, right ones and wrong ones, for whoever must tell them apart."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

import httpx
from openapi_schema_validator import OAS31Validator

from .answers import any_answer
from .cases import Case, any_case, arguments, cases
from .document import DOCUMENT
from .expected import credentials
from .forms import parts_of
from .schema import Schema
from .spec import Operation
from .wire import TOKEN, exchange

OTHERS: tuple[Any, ...] = ("text", 7, 7.5, True, None, {"a": 1}, ["a", 1])
MEDIA = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/octet-stream")


class Wrong(NamedTuple):
    """A request that must be refused: why, and whether for its key or for what it says."""

    why: str
    key: bool
    request: httpx.Request


def sent(operation: Operation, case: Case, host: str) -> httpx.Request:
    """Return the request of a case, as the generated client sends it; `test_request_on_the_wire` judges that."""
    given = arguments(operation, case)
    return exchange(operation, "sync_detailed", given, lambda: any_answer(operation), base_url=host)[1]


def right(operation: Operation, host: str) -> Iterator[httpx.Request]:
    """Yield a request for each case."""
    yield from (sent(operation, case, host) for case in cases(operation))


def wrong(operation: Operation, host: str) -> Iterator[Wrong]:
    """Yield every request that has one thing wrong: key, content type, body, a property, a parameter."""
    case = any_case(operation)
    request = sent(operation, case, host)
    if operation.security:
        (name, value), *_ = credentials(operation).items()
        for why, other in (
            ("no key", None),
            ("another key", value.replace(TOKEN, "other")),
            ("a longer key", f"{value}x"),
            ("only a scheme", value.partition(" ")[0]),
            ("no scheme", TOKEN),
            ("another scheme", f"Basic {TOKEN}"),
        ):
            yield Wrong(why, True, changed(request, {name: other}))
    for each in operation.parameters:
        why = f"no {each.where} parameter {each.name}"
        if each.required and each.where == "query":
            yield Wrong(why, False, changed(request, url=request.url.copy_remove_param(each.name)))
        elif each.required and each.where == "header":
            yield Wrong(why, False, changed(request, {each.name.lower(): None}))
    if case.media is None:
        return
    for media in (media for media in MEDIA if media not in operation.body):
        yield Wrong(f"content type {media}", False, changed(request, {"content-type": media}))
    if operation.body_required:
        yield Wrong("no body", False, changed(request, {"content-type": None}, content=b""))
    schema = operation.body[case.media]
    if case.media.endswith("json"):
        yield Wrong("no JSON", False, changed(request, content=b'{"'))
        for why, body in spoiled(schema, case.body):
            yield Wrong(why, False, changed(request, content=json.dumps(body).encode()))
    else:
        forms = [(name, lacking(request, name)) for name in sorted(schema.required)]
        yield from (Wrong(f"no field {name}", False, each) for name, each in forms if each.content)


def changed(request: httpx.Request, headers: dict[str, Any] | None = None, **parts: Any) -> httpx.Request:
    """Return a request with other headers (None for none), another `url` or `content`."""
    held = {name: value for name, value in request.headers.items() if name != "content-length"} | (headers or {})
    said = {name: value for name, value in held.items() if value is not None}
    content = parts.get("content", request.content)
    return httpx.Request(request.method, parts.get("url", request.url), headers=said, content=content)


def lacking(request: httpx.Request, name: str) -> httpx.Request:
    """Return a form without one of its fields."""
    if "multipart" not in request.headers["content-type"]:
        fields = [pair for pair in parse_qsl(request.content.decode(), keep_blank_values=True) if pair[0] != name]
        return changed(request, content=urlencode(fields).encode())
    files = [(each, (file, content, kind)) for each, file, kind, content in parts_of(request) if each != name]
    headers = {name: value for name, value in request.headers.items() if not name.startswith("content-")}
    made = httpx.Request(request.method, request.url, headers=headers, files=files)
    made.read()
    return made


def spoiled(schema: Schema, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield what is one step away from a value and not of its schema: a wrong type, a property that is missing."""
    for other in OTHERS:
        if not fits(schema, other):
            yield f"{schema.place}: {json.dumps(other)}", other
    if isinstance(value, dict):
        for name in sorted(schema.required):
            yield f"{schema.place}: no {name}", {key: each for key, each in value.items() if key != name}
        for name, each in schema.properties.items():
            if name in value:
                yield from ((why, {**value, name: other}) for why, other in spoiled(each, value[name]))
    if isinstance(value, list) and value:
        yield from ((why, [*value[:-1], other]) for why, other in spoiled(schema.items, value[-1]))


def fits(schema: Schema, value: Any) -> bool:
    """Whether a validator that knows nothing of the suite takes a value for one of a schema."""
    return bool(OAS31Validator({**DOCUMENT, **schema.node}).is_valid(value))


def ids(request: httpx.Request) -> list[str]:
    """Return every text inside a JSON body: the ids, if it asks for some."""
    try:
        return list(texts(json.loads(request.content)))
    except ValueError:
        return []


def texts(value: Any) -> Iterator[str]:
    """Yield every text inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item)
