"""A second judge that no one here wrote: Prism reads openapi.yaml by itself and says what it thinks of both sides.

What it cannot judge: it accepts any token, and schemas that contain themselves.
"""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import AsyncJimmyAI, JimmyAI
from jimmy_ai_openapi_client.sdk.mock import MockService

from .asked import right, wrong
from .asset_in_spec import STATUSES
from .cases import Case, arguments, cases
from .generated import annotations, function, types, variants
from .prism_server import missing, prism
from .spec import OPERATIONS, Operation
from .values import read
from .wire import TOKEN, call_served

IDS = ["id-1", "id-2", "id-3"]
pytestmark = [pytest.mark.heavy, pytest.mark.skipif(missing() is not None, reason=str(missing()))]
CALLS = [
    pytest.param(operation, variant, case, id=f"{operation.id}-{variant}-{case.style}")
    for operation in OPERATIONS
    for variant in variants(operation)
    for case in cases(operation)
]


@pytest.fixture(scope="module")
def mocked() -> Iterator[str]:
    """The address of Prism that answers by itself."""
    with prism("mock") as address:
        yield address


@pytest.mark.parametrize(("operation", "variant", "case"), CALLS)
def test_generated_client(mocked: str, operation: Operation, variant: str, case: Case) -> None:
    """Prism takes what each function sends, and its answer is the promised value."""
    result = call_served(operation, variant, mocked, arguments(operation, case))
    where = f"{operation.id} ({variant}), {operation.place}"
    if variant.endswith("_detailed"):
        assert type(result) is types.Response, where
        assert operation.documents(result.status_code), f"{where}: Prism says {result.status_code}: {result.content!r}"
        result = result.parsed
    answer = operation.answers[0]
    if answer.schema is not None and operation.has_value:
        assert result is not None, f"{where}: Prism's answer is none of the documented ones"
        read(answer.schema, result, annotations(function(operation, "sync_detailed"))["return"])


@pytest.mark.parametrize("operation", [pytest.param(each, id=each.id) for each in OPERATIONS])
def test_right(mocked: str, operation: Operation) -> None:
    """What the suite calls right, Prism takes."""
    with httpx.Client(trust_env=False) as client:
        for request in right(operation, mocked):
            response = client.send(request)
            assert response.is_success, f"{operation.id}, {operation.place}: {request.content!r}: {response.text}"


@pytest.mark.parametrize("operation", [pytest.param(each, id=each.id) for each in OPERATIONS])
def test_wrong(mocked: str, operation: Operation) -> None:
    """What the suite calls wrong, Prism refuses: 401 without a key, which it never compares, 422 for the rest."""
    with httpx.Client(trust_env=False) as client:
        for why, key, request in wrong(operation, mocked):
            allowed = {401} if key else {400, 415, 422}
            if not key or why == "no key":
                response = client.send(request)
                said = f"{operation.id}, {operation.place}, {why}: {response.text}"
                assert response.status_code in allowed, said


@pytest.mark.parametrize("status", STATUSES)
def test_jimmy_and_the_mock(status: str) -> None:
    """Between JimmyAI and the served mock, Prism finds no fault with what the one asks and the other answers."""
    mock = MockService(api_key=TOKEN)
    mock.add(*IDS, outcome=status, polls=0)
    with mock.serve() as server, prism("proxy", server.base_url) as address:

        async def ask() -> list[Any]:
            async with AsyncJimmyAI(api_key=TOKEN, base_url=address, max_retries=0) as jimmy:
                return [await jimmy.real_person.status(IDS[0]), *(await jimmy.real_person.batch_status(IDS)).values()]

        with JimmyAI(api_key=TOKEN, base_url=address, max_retries=0) as jimmy:
            found = [jimmy.real_person.status(IDS[0]), *jimmy.real_person.batch_status(IDS).values()]
        assert [(each.asset_id, each.status) for each in found] == [(one, status) for one in [IDS[0], *IDS]]
        assert asyncio.run(ask()) == found
