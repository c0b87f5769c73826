"""The request that the spec asks for, written without the code under test."""

import json
from typing import Any
from urllib.parse import parse_qsl, quote

import httpx

from .cases import Case
from .difference import agree, agree_on_value
from .forms import parts, parts_of
from .notation import text
from .spec import Operation
from .wire import BASE, TOKEN

UNREMARKABLE = {"host", "accept", "accept-encoding", "connection", "user-agent", "content-length"}


def pairs(name: str, value: Any) -> list[tuple[str, str]]:
    """Write a value as form fields: a list is its items, an object its properties, null nothing."""
    if isinstance(value, dict):
        return [pair for key, each in value.items() for pair in pairs(key, each)]
    if isinstance(value, list):
        return [pair for each in value for pair in pairs(name, each)]
    return [] if value is None else [(name, text(value))]


def path(operation: Operation, case: Case) -> str:
    """Return the raw path: every character of a parameter that could mean something else is escaped."""
    result = operation.path
    for (where, name), value in case.parameters.items():
        if where == "path":
            result = result.replace(f"{{{name}}}", quote(text(value), safe=""))
    return result


def query(case: Case) -> list[tuple[str, str]]:
    """Return the pairs of the query, sorted."""
    values = [(name, value) for (where, name), value in case.parameters.items() if where == "query"]
    return sorted(pair for name, value in values for pair in pairs(name, value))


def carried(case: Case, place: str) -> dict[str, str]:
    """Return the headers, by their names in lower case, or the cookies."""
    values = {name: value for (where, name), value in case.parameters.items() if where == place and value is not None}
    return {name.lower() if place == "header" else name: text(value) for name, value in values.items()}


def credentials(operation: Operation) -> dict[str, str]:
    """Return the header that security asks for; an operation without it gets none."""
    schemes = [scheme for requirement in operation.security for scheme in requirement.values()]
    strange = [each for each in schemes if (each["type"], str(each.get("scheme")).lower()) != ("http", "bearer")]
    assert not strange, f"no client sends what this security scheme asks for: {strange}"
    return {"authorization": f"Bearer {TOKEN}"} if schemes else {}


def check(request: httpx.Request, operation: Operation, case: Case, base: str = BASE) -> None:
    """Fail unless the request is exactly what the spec says for the case."""
    where = f"{operation.id}, {operation.place}"
    raw_path, _, raw_query = request.url.raw_path.decode("ascii").partition("?")
    sent_query = sorted(parse_qsl(raw_query, keep_blank_values=True, strict_parsing=bool(raw_query)))
    agree(f"{where}, method", request.method, operation.method.upper())
    address = f"{request.url.scheme}://{request.url.netloc.decode()}{raw_path}"
    agree(f"{where}, path", address, base + path(operation, case))
    agree(f"{where}, parameters in query", sent_query, query(case))
    check_headers(where, request, operation, case)
    check_body(where, request, operation, case)


def check_headers(where: str, request: httpx.Request, operation: Operation, case: Case) -> None:
    """Fail unless the headers are those of the spec, and those that every request has."""
    sent = {name: value for name, value in request.headers.multi_items() if name not in UNREMARKABLE}
    cookies = dict(part.split("=", 1) for part in sent.pop("cookie", "").split("; ") if part)
    media = sent.pop("content-type", None)
    agree(f"{where}, parameters in cookie", cookies, carried(case, "cookie"))
    agree(f"{where}, headers and security", sent, carried(case, "header") | credentials(operation))
    if case.media is not None or media is not None:
        kinds = [case.media] if case.media else [*operation.body]
        fits = media is not None and media.split(";")[0] in kinds
        assert fits, f"{where}, Content-Type: found {media}, but the spec wants one of {kinds}"


def check_body(where: str, request: httpx.Request, operation: Operation, case: Case) -> None:
    """Fail unless the body is the value of the case in its media type."""
    where = f"{where}.requestBody"
    kind = (case.media or "").split(";")[0]
    if kind == "multipart/form-data":
        agree(where, sorted(parts_of(request)), sorted(parts(case.body)))
    elif kind == "application/x-www-form-urlencoded":
        sent = parse_qsl(request.content.decode(), keep_blank_values=True, strict_parsing=bool(request.content))
        agree(where, sorted(sent), sorted(pairs("", case.body)))
    elif case.media and (kind == "application/json" or kind.endswith("+json")):
        sent_value = read_json(where, request.content)
        agree_on_value(f"{where}, {case.media}", operation.body[case.media], sent_value, case.body)
    else:
        body = case.body if case.media else b""
        agree(where, request.content, body.encode() if isinstance(body, str) else body)


def read_json(where: str, content: bytes) -> Any:
    """Read a body; fail if it is no JSON, or an object in it has a name twice."""
    try:
        return json.loads(content, object_pairs_hook=without_repeats)
    except ValueError as error:
        raise AssertionError(f"{where}: found {content!r}, which is no JSON") from error


def without_repeats(members: list[tuple[str, Any]]) -> dict[str, Any]:
    """Read a JSON object; fail if it has a name twice."""
    assert len(dict(members)) == len(members), f"a name twice in {members}"
    return dict(members)
