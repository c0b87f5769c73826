"""The mock takes every request that the spec allows, refuses every other, and answers as the spec says."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from openapi_core import OpenAPI
from openapi_core.testing import MockResponse

from jimmy_ai_openapi_client.sdk.mock import MockService
from jimmy_ai_openapi_client.sdk.policy.operation import READ_OPERATIONS

from .asked import Wrong, right, texts, wrong
from .asset_in_spec import STATUSES, asset, status_property
from .difference import agree
from .document import DOCUMENT
from .judge import Sent, digestible
from .spec import OPERATIONS, Operation
from .wire import TOKEN

HOST = DOCUMENT["servers"][0]["url"]
NO_KEY, NO_REQUEST = 20001, 20002  # business codes of a wrong key and of wrong parameters, as the vendor documents
JUDGE = OpenAPI.from_dict(digestible(DOCUMENT))
# openapi-core, on which the mock stands too, fails on a parameter with a list of types.
JUDGED = [
    each for each in OPERATIONS if not any(isinstance(it.schema.node.get("type"), list) for it in each.parameters)
]
ENVELOPED = [
    each for each in OPERATIONS if (schema := each.answers[0].schema) and {"code", "msg"} <= schema.properties.keys()
]
RIGHT = [(operation, request) for operation in JUDGED for request in right(operation, HOST)]
PLAYED = [(each, request) for each, request in RIGHT if (each.method.upper(), each.path) in READ_OPERATIONS]
WRONG = [(operation, each) for operation in JUDGED for each in wrong(operation, HOST)]


def named(value: Any) -> str:
    """Write a parameter of a test for its id."""
    return value.id if isinstance(value, Operation) else value.why if isinstance(value, Wrong) else ""


def answered(mock: MockService, request: httpx.Request) -> httpx.Response:
    """Return what the mock answers in-process."""
    with httpx.Client(transport=mock.transport) as client:
        return client.send(request)


def conforms(operation: Operation, request: httpx.Request, response: httpx.Response) -> None:
    """Fail unless openapi-core finds an answer to be as the spec says."""
    kind = response.headers.get("content-type", "")
    given = MockResponse(response.content, response.status_code, dict(response.headers), kind)
    try:
        JUDGE.validate_response(Sent(request), given)
    except Exception as error:
        told = getattr(error.__cause__, "schema_errors", error)
        raise AssertionError(f"{operation.id}, {operation.place}.responses: {response.content!r}: {told}") from error


@pytest.mark.parametrize(("operation", "request_"), RIGHT, ids=named)
def test_right(operation: Operation, request_: httpx.Request) -> None:
    """What the spec allows is answered as it says, about ids in each documented status, and about none."""
    asked = list(texts(json.loads(request_.content or b"null")))
    for status in (None, *STATUSES):
        mock = MockService(api_key=TOKEN)
        if status:
            mock.add(*asked, outcome=status, polls=0)
        response = answered(mock, request_)
        assert operation.documents(response.status_code), f"{operation.id}: HTTP {response.status_code}"
        conforms(operation, request_, response)
        said = response.json() if response.content and "json" in response.headers["content-type"] else {}
        refused = isinstance(said, dict) and str(said.get("code")) in {str(NO_KEY), str(NO_REQUEST)}
        assert not refused or status is None, f"{operation.id}, {operation.place}: refused: {said}"
        assert [seen.operation for seen in mock.requests] == [operation.id]


def assets(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every asset inside of an answer: what has the property that is the status of one."""
    if isinstance(value, dict) and status_property() in value:
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from assets(each)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize(("operation", "request_"), PLAYED, ids=named)
def test_added(operation: Operation, request_: httpx.Request, status: str) -> None:
    """What was added is what comes back, each once, in the order asked, in its status; what was not is not there."""
    body, properties = json.loads(request_.content), next(iter(operation.body.values())).properties
    ids = list(dict.fromkeys(text for name in properties for text in texts(body[name]) if text.strip()))
    mock = MockService(api_key=TOKEN)
    mock.add(*ids, "another", outcome=status, polls=0)
    found = [asset(each) for each in assets(answered(mock, request_).json())]
    where = f"{operation.id}, {operation.place}"
    agree(
        f"{where}, ids and statuses", [(each.asset_id, each.status) for each in found], [(id_, status) for id_ in ids]
    )
    mock.remove(*ids)
    agree(f"{where}, what was removed", list(assets(answered(mock, request_).json())), [])


@pytest.mark.parametrize(("operation", "wrong_"), WRONG, ids=named)
def test_wrong(operation: Operation, wrong_: Wrong) -> None:
    """What the spec does not allow is refused: in an answer as the spec says, that tells key from request."""
    mock = MockService(api_key=TOKEN)
    mock.add(*texts(json.loads(wrong_.request.content or b"null")) if wrong_.key else (), polls=0)
    response = answered(mock, wrong_.request)
    where = f"{operation.id}, {operation.place}, {wrong_.why}"
    assert response.status_code == 200, f"{where}: HTTP {response.status_code}"
    assert int(response.json()["code"]) == (NO_KEY if wrong_.key else NO_REQUEST), f"{where}: {response.text}"
    assert response.json()["msg"], where
    if operation in ENVELOPED:  # the vendor refuses in the envelope of the operation
        conforms(operation, wrong_.request, response)
