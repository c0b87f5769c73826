"""An answer that the spec says nothing of is never taken for one that it describes, and never followed."""

from functools import partial

import httpx
import pytest

from .answers import any_answer
from .cases import any_case, arguments
from .difference import agree
from .generated import errors, variants
from .spec import OPERATIONS, Operation
from .wire import BASE, exchange

STATUSES = (200, 201, 202, 204, 206, 301, 304, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504)
ELSEWHERE = {"location": f"{BASE}/elsewhere"}
PAGE = b"<html><body>\xff\xfe not json</body></html>"
CALLS = [
    pytest.param(operation, variant, status, id=f"{operation.id}-{variant}-{status}")
    for operation in OPERATIONS
    for status in STATUSES
    if not operation.documents(status)
    for variant in variants(operation)
]


def contents(operation: Operation) -> tuple[bytes, bytes]:
    """Return a page that is no value at all, and a body that would do for a documented answer."""
    return PAGE, any_answer(operation).content


@pytest.mark.parametrize(("operation", "variant", "status"), CALLS)
def test_none(operation: Operation, variant: str, status: int) -> None:
    """It is None, beside its status and content."""
    for content in contents(operation):
        given = arguments(operation, any_case(operation))
        answer = partial(httpx.Response, status, headers=ELSEWHERE, content=content)
        result, _ = exchange(operation, variant, given, answer)
        where = f"{operation.id} ({variant}), {operation.place}.responses, which has no {status}"
        found = (result.status_code, result.content, result.parsed) if variant.endswith("_detailed") else result
        agree(where, found, (status, content, None) if variant.endswith("_detailed") else None)


@pytest.mark.parametrize(("operation", "variant", "status"), CALLS)
def test_raised(operation: Operation, variant: str, status: int) -> None:
    """It is UnexpectedStatus for who asked for that, with status and content, and both can be read in its text."""
    for content in contents(operation):
        given = arguments(operation, any_case(operation))
        answer = partial(httpx.Response, status, headers=ELSEWHERE, content=content)
        with pytest.raises(errors.UnexpectedStatus) as caught:
            exchange(operation, variant, given, answer, raise_on_unexpected_status=True)
        where = f"{operation.id} ({variant}), {operation.place}.responses, which has no {status}"
        agree(where, (caught.value.status_code, caught.value.content), (status, content))
        readable = content.decode(errors="ignore")
        agree(where, str(caught.value), f"Unexpected status code: {status}\n\nResponse content:\n{readable}")
