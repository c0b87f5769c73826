"""Every documented answer comes back as the promised value; any other as none, and is not followed."""

from http import HTTPStatus
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import errors, types

from .cases import any_answer, any_case, arguments, content, statuses
from .difference import agree, agree_on_value
from .generated import FUNCTIONS
from .samples import distinct
from .spec import Answer, Operation
from .values import read
from .wire import BASE, exchange

# What a server may add to the media type, or say in its place, by the function that is told so; None is nothing.
SAID = {"sync": None, "sync_detailed": "{}", "asyncio": "{}; charset=utf-8", "asyncio_detailed": "text/html"}
STATUSES = (200, 201, 202, 204, 206, 301, 304, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504)
PAGE = b"<html><body>\xff\xfe not json</body></html>"

DOCUMENTED = [
    (operation, variant, answer, status)
    for operation, variant in FUNCTIONS
    for answer in operation.answers
    for status in statuses(operation, answer)
]
UNDOCUMENTED = [
    (operation, variant, status)
    for operation, variant in FUNCTIONS
    for status in STATUSES
    if not operation.documented(status)
]


def answered(operation: Operation, variant: str, response: httpx.Response, **settings: Any) -> Any:
    """Return what the caller gets for an answer."""
    given = arguments(operation, any_case(operation))
    return exchange(operation, variant, given, lambda _: response, **settings)[0]


def parsed(where: str, variant: str, result: Any, response: httpx.Response) -> Any:
    """Return the value of a result; that of a detailed function has status, content and headers beside it."""
    if not variant.endswith("_detailed"):
        return result
    assert type(result) is types.Response, where
    assert type(result.status_code) is HTTPStatus, where
    found = result.status_code, result.content, dict(result.headers)
    agree(where, found, (response.status_code, response.content, dict(response.headers)))
    return result.parsed


@pytest.mark.parametrize(("operation", "variant", "answer", "status"), DOCUMENTED)
def test_answer(operation: Operation, variant: str, answer: Answer, status: int) -> None:
    """Each value is typed exactly, whatever its header says; a detailed function adds status, content and headers."""
    said = SAID[variant]
    headers = {"content-type": said.format(answer.media)} if answer.media and said else {}
    for style, value in (distinct(answer.schema) if answer.schema else {"empty": None}).items():
        where = f"{operation.id} ({variant}), {operation.place}.responses.{answer.status}, {style}"
        response = httpx.Response(status, headers={"x-contract": "kept", **headers}, content=content(answer, value))
        result = answered(operation, variant, response, raise_on_unexpected_status=True)
        found = parsed(where, variant, result, response)
        if answer.schema is None or not operation.has_value:
            agree(where, found, None)
        else:
            agree_on_value(where, answer.schema, read(answer.schema, found), value)


@pytest.mark.parametrize(("operation", "variant", "status"), UNDOCUMENTED)
def test_undocumented(operation: Operation, variant: str, status: int) -> None:
    """It is None beside its status and content, or UnexpectedStatus for who asked for that, whatever is in it."""
    where = f"{operation.id} ({variant}), {operation.place}.responses, which has no {status}"
    for sent in (PAGE, any_answer(operation).content):
        response = httpx.Response(status, headers={"location": f"{BASE}/elsewhere"}, content=sent)
        agree(where, parsed(where, variant, answered(operation, variant, response), response), None)
        with pytest.raises(errors.UnexpectedStatus) as caught:
            answered(operation, variant, response, raise_on_unexpected_status=True)
        agree(where, (caught.value.status_code, caught.value.content), (status, sent))
        readable = sent.decode(errors="ignore")
        agree(where, str(caught.value), f"Unexpected status code: {status}\n\nResponse content:\n{readable}")
