"""The served mock answers as the one in-process."""

from collections.abc import Iterator

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import MockServer, MockService

from .asked import ids, sent, wrong
from .cases import cases
from .difference import agree
from .spec import OPERATIONS, Operation
from .wire import TOKEN

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def mock() -> MockService:
    return MockService(api_key=TOKEN)


@pytest.fixture(scope="module")
def server(mock: MockService) -> Iterator[MockServer]:
    with mock.serve() as server:
        yield server


@pytest.mark.parametrize("found", OPERATIONS)
def test_answers_as_in_process(found: Operation, mock: MockService, server: MockServer) -> None:
    """Right and wrong requests get the same answer, byte for byte, and leave the same trace."""
    inside = httpx.Client(transport=mock.transport)
    with inside, httpx.Client(trust_env=False) as outside:
        for request in (*(sent(found, case) for case in cases(found)), *(each.request for each in wrong(found))):
            mock.add(*ids(request), polls=0)
            there = httpx.Request(
                request.method,
                request.url.copy_with(scheme="http", host="127.0.0.1", port=httpx.URL(server.base_url).port),
                headers={name: value for name, value in request.headers.items() if name != "host"},
                content=request.content,
            )
            one, other = answered(inside, request), answered(outside, there)
            agree(f"{found.id}, {found.place}, served", other, one)
            seen = [(each.operation, each.body) for each in mock.requests[-2:]]
            agree(f"{found.id}, {found.place}, what was seen", seen[1], seen[0])


def answered(client: httpx.Client, request: httpx.Request) -> tuple[int, bytes, str]:
    """Return what an answer is: status, content, media type."""
    response = client.send(request)
    return response.status_code, response.content, response.headers.get("content-type", "")
