"""The mock takes every request that the spec allows, refuses every other, and answers as the spec says.

openapi-core judges the requests: the mock is made of it. `test_request_on_the_wire` shows that they are what the
generated client sends. schemathesis, which knows the spec and nothing else, thinks of others.
"""

from datetime import timedelta
from typing import Any

import httpx
import pytest
import requests
import schemathesis
from hypothesis import given
from schemathesis.checks import CHECKS

from jimmy_ai_openapi_client.sdk.mock import MockService

from .asked import sent, texts, wrong
from .cases import CASES, Case, any_case
from .document import DOCUMENT, HOST
from .left_out import leave_out
from .samples import QUICK
from .spec import OPERATIONS, Operation, is_json
from .wire import TOKEN

STATUSES = ("Active", "Failed")
NO_KEY, NO_REQUEST = 20001, 20002  # business codes of a wrong key and of wrong parameters, as the vendor documents
ENVELOPED = [
    each for each in OPERATIONS if (schema := each.answers[0].schema) and {"code", "msg"} <= schema.properties.keys()
]
leave_out(
    "the schema of the mock's refusals, as its answer is no envelope of code and msg",
    [each.id for each in OPERATIONS if each not in ENVELOPED],
)
SCHEMA = schemathesis.openapi.from_dict({**DOCUMENT})
SENDING = CHECKS.get_by_names(["ignored_auth"])  # sends requests itself


def answered(mock: MockService, request: httpx.Request) -> httpx.Response:
    """Return what the mock answers in-process."""
    with httpx.Client(transport=mock.transport) as client:
        return client.send(request)


def taken(mock: MockService, operation: Operation) -> bool:
    """Whether the mock took its one request, which was of an operation."""
    (seen,) = mock.requests
    assert seen.operation == operation.id
    return str(seen.code) not in {str(NO_KEY), str(NO_REQUEST)}


def conforms(operation: Operation, response: httpx.Response) -> None:
    """Fail unless an answer is as the spec says: its status, media type and value."""
    where = f"{operation.id}, {operation.place}.responses: HTTP {response.status_code}: {response.text}"
    written = operation.documented(response.status_code)
    answer = next((each for each in operation.answers if each.status == written), None)
    assert answer, where
    assert response.headers.get("content-type") == answer.media, where
    if answer.schema is not None and is_json(answer.media):
        assert answer.schema.takes(response.json()), where


@pytest.mark.parametrize(("operation", "case"), CASES)
def test_right(operation: Operation, case: Case) -> None:
    """What the spec allows is answered as it says, about ids in each final status, and about none."""
    request = sent(operation, case)
    for status in (None, *STATUSES):
        mock = MockService(api_key=TOKEN)
        if status:
            mock.add(*texts(case.body), outcome=status, polls=0)
        conforms(operation, answered(mock, request))
        assert taken(mock, operation) or status is None, f"{operation.id}, {operation.place}: {mock.requests}"


@pytest.mark.timeout(0)  # hypothesis bounds it, and would take an alarm for a failure that it cannot repeat
@pytest.mark.parametrize("operation", OPERATIONS)
def test_any_right(operation: Operation) -> None:
    """Whatever else the spec allows is taken, and schemathesis finds nothing wrong with the answer."""
    headers = {"Authorization": f"Bearer {TOKEN}"}

    @QUICK
    @given(case=SCHEMA[operation.path][operation.method].as_strategy())
    def play(case: Any) -> None:
        asked: Any = requests.Request(**case.as_transport_kwargs(base_url=HOST, headers=headers)).prepare()
        request = httpx.Request(asked.method, asked.url, headers=dict(asked.headers), content=asked.body)
        mock = MockService(api_key=TOKEN)
        mock.add(*texts(case.body), polls=1)
        response = answered(mock, request)
        response.elapsed = timedelta(0)
        case.validate_response(response, headers=headers, excluded_checks=SENDING)
        assert taken(mock, operation), f"{operation.id}, {operation.place}: {mock.requests}"

    play()


@pytest.mark.parametrize("operation", OPERATIONS)
def test_wrong(operation: Operation) -> None:
    """What the spec does not allow is refused: in an answer as the spec says, that tells key from request."""
    for why, key, request in wrong(operation):
        mock = MockService(api_key=TOKEN)
        mock.add(*texts(any_case(operation).body) if key else (), polls=0)
        response = answered(mock, request)
        where = f"{operation.id}, {operation.place}, {why}: {response.text}"
        assert response.status_code == 200, where
        assert int(response.json()["code"]) == (NO_KEY if key else NO_REQUEST), where
        assert response.json()["msg"], where
        if operation in ENVELOPED:  # the vendor refuses in the envelope of the operation
            conforms(operation, response)
