"""Requests written from the spec alone, right ones and wrong ones, for whoever must tell them apart."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

import httpx
from openapi_schema_validator import OAS31Validator

from .cases import Case, any_case, cases
from .document import DOCUMENT
from .expected import carried, credentials, path, query
from .schema import Schema
from .spec import Operation
from .wire import TOKEN

OTHERS: tuple[Any, ...] = ("text", 7, 7.5, True, None, {"a": 1}, ["a", 1])


class Wrong(NamedTuple):
    """A request that must be refused: why, and whether for its key or for what it says."""

    why: str
    key: bool
    request: httpx.Request


def written(operation: Operation, case: Case, host: str, **changes: Any) -> httpx.Request:
    """Write the request of a case; `changes` are other headers (None for none), content or query."""
    found = dict.fromkeys(("headers", "content", "query")) | changes
    as_json = case.media is not None and case.media.split(";")[0].endswith("json")
    content = json.dumps(case.body).encode() if as_json else b""
    headers = carried(case, "header") | credentials(operation) | ({"content-type": case.media} if case.media else {})
    headers = {name: value for name, value in (headers | (found["headers"] or {})).items() if value is not None}
    asked = urlencode(query(case) if found["query"] is None else found["query"])
    url = host + path(operation, case) + (f"?{asked}" if asked else "")
    body = content if found["content"] is None else found["content"]
    return httpx.Request(operation.method.upper(), url, headers=headers, content=body)


def writable(case: Case) -> bool:
    """Whether `written` can write a case: without forms, files and cookies."""
    cookies = any(where == "cookie" for where, _ in case.parameters)
    return not cookies and (case.media is None or case.media.split(";")[0].endswith("json"))


def right(operation: Operation, host: str) -> Iterator[httpx.Request]:
    """Yield a request for each case."""
    yield from (written(operation, case, host) for case in cases(operation) if writable(case))


def wrong(operation: Operation, host: str) -> Iterator[Wrong]:
    """Yield every request that has one thing wrong: key, content type, body, a property, a parameter."""
    case = any_case(operation)
    if not writable(case):
        return
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
            yield Wrong(why, True, written(operation, case, host, headers={name: other}))
    yield from wrong_parameters(operation, case, host)
    if case.media is None:
        return
    for media in ("text/plain", "application/x-www-form-urlencoded", "application/octet-stream"):
        yield Wrong(f"content type {media}", False, written(operation, case, host, headers={"content-type": media}))
    yield Wrong("no JSON", False, written(operation, case, host, content=b'{"'))
    if operation.body_required:
        yield Wrong("no body", False, written(operation, case, host, content=b"", headers={"content-type": None}))
    for why, body in spoiled(operation.body[case.media], case.body):
        yield Wrong(why, False, written(operation, case, host, content=json.dumps(body).encode()))


def wrong_parameters(operation: Operation, case: Case, host: str) -> Iterator[Wrong]:
    """Yield requests that lack a required parameter."""
    for each in (each for each in operation.parameters if each.required and each.where in {"query", "header"}):
        rest = {key: value for key, value in case.parameters.items() if key != (each.where, each.name)}
        lacking = Case(case.style, rest, case.media, case.body)
        yield Wrong(f"no {each.where} parameter {each.name}", False, written(operation, lacking, host))


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


def texts(value: Any) -> Iterator[str]:
    """Yield every text inside a value: the ids, if it asks for some."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item)
