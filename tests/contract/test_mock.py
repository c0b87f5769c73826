"""The mock takes every request that the spec allows, refuses every other, and answers as the spec says."""

import httpx
import pytest
from openapi_core import OpenAPI
from openapi_core.testing import MockResponse

from jimmy_ai_openapi_client.sdk.mock import MockService

from .asked import ids, sent, wrong
from .cases import Case, cases
from .document import DOCUMENT
from .judge import CONFIG, as_judged, digestible
from .left_out import leave_out
from .spec import OPERATIONS, Operation
from .wire import TOKEN

STATUSES = ("Active", "Failed")
NO_KEY, NO_REQUEST = 20001, 20002  # business codes of a wrong key and of wrong parameters, as the vendor documents
JUDGE = OpenAPI.from_dict(digestible(DOCUMENT), config=CONFIG)
ENVELOPED = [
    each for each in OPERATIONS if (schema := each.answers[0].schema) and {"code", "msg"} <= schema.properties.keys()
]
leave_out(
    "the schema of the mock's refusals, as its answer is no envelope of code and msg",
    [each.id for each in OPERATIONS if each not in ENVELOPED],
)
RIGHT = [(operation, case) for operation in OPERATIONS for case in cases(operation)]


def answered(mock: MockService, request: httpx.Request) -> httpx.Response:
    """Return what the mock answers in-process."""
    with httpx.Client(transport=mock.transport) as client:
        return client.send(request)


def conforms(operation: Operation, request: httpx.Request, response: httpx.Response) -> None:
    """Fail unless openapi-core finds an answer to be as the spec says."""
    kind = response.headers.get("content-type", "")
    given = MockResponse(response.content, response.status_code, dict(response.headers), kind)
    try:
        JUDGE.validate_response(as_judged(request), given)
    except Exception as error:
        told = getattr(error.__cause__, "schema_errors", error)
        raise AssertionError(f"{operation.id}, {operation.place}.responses: {response.content!r}: {told}") from error


@pytest.mark.parametrize(("operation", "case"), RIGHT)
def test_right(operation: Operation, case: Case) -> None:
    """What the spec allows is answered as it says, about ids in each final status, and about none."""
    request = sent(operation, case)
    for status in (None, *STATUSES):
        mock = MockService(api_key=TOKEN)
        if status:
            mock.add(*ids(request), outcome=status, polls=0)
        response = answered(mock, request)
        assert operation.documented(response.status_code), f"{operation.id}: HTTP {response.status_code}"
        conforms(operation, request, response)
        said = response.json() if response.content and "json" in response.headers["content-type"] else {}
        refused = isinstance(said, dict) and str(said.get("code")) in {str(NO_KEY), str(NO_REQUEST)}
        assert not refused or status is None, f"{operation.id}, {operation.place}: refused: {said}"
        assert [seen.operation for seen in mock.requests] == [operation.id]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_wrong(operation: Operation) -> None:
    """What the spec does not allow is refused: in an answer as the spec says, that tells key from request."""
    for why, key, request in wrong(operation):
        mock = MockService(api_key=TOKEN)
        mock.add(*ids(request) if key else (), polls=0)
        response = answered(mock, request)
        where = f"{operation.id}, {operation.place}, {why}"
        assert response.status_code == 200, f"{where}: HTTP {response.status_code}"
        assert int(response.json()["code"]) == (NO_KEY if key else NO_REQUEST), f"{where}: {response.text}"
        assert response.json()["msg"], where
        if operation in ENVELOPED:  # the vendor refuses in the envelope of the operation
            conforms(operation, request, response)
