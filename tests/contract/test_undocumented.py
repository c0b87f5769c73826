"""An answer that the spec says nothing of is never taken for one that it describes, and never followed."""

import httpx
import pytest

from .cases import any_answer, any_case, arguments
from .difference import agree
from .generated import FUNCTIONS, errors
from .spec import Operation
from .wire import BASE, exchange

STATUSES = (200, 201, 202, 204, 206, 301, 304, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504)
PAGE = b"<html><body>\xff\xfe not json</body></html>"
CALLS = [
    (operation, variant, status)
    for operation, variant in FUNCTIONS
    for status in STATUSES
    if not operation.documented(status)
]


@pytest.mark.parametrize(("operation", "variant", "status"), CALLS)
def test_undocumented(operation: Operation, variant: str, status: int) -> None:
    """It is None beside its status and content, or UnexpectedStatus for who asked for that, whatever is in it."""
    given = arguments(operation, any_case(operation))
    where = f"{operation.id} ({variant}), {operation.place}.responses, which has no {status}"
    for content in (PAGE, any_answer(operation).content):

        def answer(_: httpx.Request, content: bytes = content) -> httpx.Response:
            return httpx.Response(status, headers={"location": f"{BASE}/elsewhere"}, content=content)

        result, _ = exchange(operation, variant, given, answer)
        found = (result.status_code, result.content, result.parsed) if variant.endswith("_detailed") else result
        agree(where, found, (status, content, None) if variant.endswith("_detailed") else None)
        with pytest.raises(errors.UnexpectedStatus) as caught:
            exchange(operation, variant, given, answer, raise_on_unexpected_status=True)
        agree(where, (caught.value.status_code, caught.value.content), (status, content))
        readable = content.decode(errors="ignore")
        agree(where, str(caught.value), f"Unexpected status code: {status}\n\nResponse content:\n{readable}")
