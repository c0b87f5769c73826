"""The request that the spec asks for, written without the code under test."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from typing import Any
from urllib.parse import parse_qsl, quote

import httpx

from .cases import Case
from .difference import agree, agree_on_value, exact
from .spec import Operation, is_json
from .values import FILE_NAME, FILE_TYPE
from .wire import BASE, TOKEN

UNREMARKABLE = {"host", "accept", "accept-encoding", "connection", "user-agent", "content-length"}
Part = tuple[Any, Any, str, bytes]
"""A part of a multipart form: name, file name, media type and content."""


def text(value: Any) -> str:
    """Write a scalar as it looks in a path, a query, a header or a form."""
    return json.dumps(value) if isinstance(value, bool) else str(value)


def members(values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what a query or form has: a list is its items."""
    for name, held in values.items():
        yield from ((name, each) for each in (held if isinstance(held, list) else [held]))


def pairs(values: dict[str, Any]) -> list[tuple[str, str]]:
    """Write values as those of a query or form, sorted."""
    return sorted((name, text(each)) for name, each in members(values))


def parts(values: dict[str, Any]) -> list[Part]:
    """Return the parts of a multipart form, sorted."""
    result: list[Part] = []
    for name, each in members(values):
        if isinstance(each, bytes):
            result.append((name, FILE_NAME, FILE_TYPE, each))
        elif isinstance(each, dict):
            result.append((name, None, "application/json", exact(each).encode()))
        else:
            result.append((name, None, "text/plain", text(each).encode()))
    return sorted(result, key=str)


def parts_of(request: httpx.Request) -> list[Part]:
    """Read a multipart form as it was sent, sorted; httpx sends nothing at all for one without parts."""
    if not request.content:
        return []
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    form = message_from_bytes(head + request.content, policy=default)
    assert form.is_multipart(), "the form is not closed"
    assert not form.defects, f"{form.defects}"
    result: list[Part] = []
    for part in form.iter_parts():
        content, kind = part.get_payload(decode=True), part.get_content_type()
        assert isinstance(content, bytes)
        if kind == "application/json":
            content = exact(json.loads(content)).encode()
        result.append((part.get_param("name", header="content-disposition"), part.get_filename(), kind, content))
    return sorted(result, key=str)


def credentials(operation: Operation) -> dict[str, str]:
    """Return the header that security asks for; an operation without it gets none."""
    schemes = [scheme for requirement in operation.security for scheme in requirement.values()]
    strange = [each for each in schemes if (each["type"], str(each.get("scheme")).lower()) != ("http", "bearer")]
    assert not strange, f"no client sends what this security scheme asks for: {strange}"
    return {"authorization": f"Bearer {TOKEN}"} if schemes else {}


def check(request: httpx.Request, operation: Operation, case: Case, base: str = BASE) -> None:
    """Fail unless the request is exactly what the spec says for the case."""
    where = f"{operation.id}, {operation.place}"
    given: dict[str, dict[str, Any]] = defaultdict(dict)
    for (place, name), value in case.parameters.items():
        given[place][name] = value
    path = re.sub(r"{(.*?)}", lambda name: quote(text(given["path"][name[1]]), safe=""), operation.path)
    raw_path, _, query = request.url.raw_path.decode("ascii").partition("?")
    headers = {name: value for name, value in request.headers.multi_items() if name not in UNREMARKABLE}
    cookies = dict(part.split("=", 1) for part in headers.pop("cookie", "").split("; ") if part)
    media = headers.pop("content-type", None)
    wanted = {name.lower(): text(value) for name, value in given["header"].items()} | credentials(operation)
    agree(f"{where}, method", request.method, operation.method.upper())
    agree(f"{where}, path", f"{request.url.scheme}://{request.url.netloc.decode()}{raw_path}", base + path)
    agree(f"{where}, parameters in query", read_pairs(query), pairs(given["query"]))
    agree(f"{where}, parameters in cookie", cookies, {name: text(value) for name, value in given["cookie"].items()})
    agree(f"{where}, headers and security", headers, wanted)
    if case.media is not None or media is not None:
        kinds = [case.media] if case.media else [*operation.body]
        assert str(media).split(";")[0] in kinds, f"{where}, Content-Type: found {media}, but the spec wants {kinds}"
    check_body(f"{where}.requestBody", request, operation, case)


def check_body(where: str, request: httpx.Request, operation: Operation, case: Case) -> None:
    """Fail unless the body is the value of the case in its media type."""
    if case.media == "multipart/form-data":
        agree(where, parts_of(request), parts(case.body))
    elif case.media == "application/x-www-form-urlencoded":
        agree(where, read_pairs(request.content.decode()), pairs(case.body))
    elif is_json(case.media):
        sent = json.loads(request.content)
        agree_on_value(f"{where}, {case.media}", operation.body[str(case.media)], sent, case.body)
    else:
        agree(where, request.content, (case.body or "").encode() if not isinstance(case.body, bytes) else case.body)


def read_pairs(written: str) -> list[tuple[str, str]]:
    """Read a query or form, sorted; fail if it is none."""
    return sorted(parse_qsl(written, keep_blank_values=True, strict_parsing=bool(written)))
