"""A second judge that no one here wrote: Prism reads openapi.yaml by itself and says what it thinks of both sides.

What it cannot judge: it accepts any token, and schemas that contain themselves.
"""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import AsyncJimmyAI, JimmyAI
from jimmy_ai_openapi_client.sdk.mock import MockService

from .asked import wrong
from .asset_in_spec import STATUSES
from .cases import CALLS, Case, arguments
from .document import HOST
from .generated import annotations, function, types
from .prism_server import missing, prism
from .spec import OPERATIONS, Operation
from .values import read
from .wire import TOKEN, exchange

IDS = ["id-1", "id-2", "id-3"]
pytestmark = [pytest.mark.heavy, pytest.mark.skipif(missing() is not None, reason=str(missing()))]


@pytest.fixture(scope="module")
def send() -> Iterator[Callable[[httpx.Request], httpx.Response]]:
    """What Prism answers to a request, by itself."""
    with prism("mock") as address, httpx.Client(trust_env=False) as client:

        def answered(request: httpx.Request) -> httpx.Response:
            url = httpx.URL(address).copy_with(raw_path=request.url.raw_path)
            headers = {name: value for name, value in request.headers.items() if name != "host"}
            answer = client.request(request.method, url, headers=headers, content=request.content)
            return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

        yield answered


@pytest.mark.parametrize(("operation", "variant", "case"), CALLS)
def test_generated_client(send: Any, operation: Operation, variant: str, case: Case) -> None:
    """Prism takes what each function sends, and its answer is the promised value."""
    result, _ = exchange(operation, variant, arguments(operation, case), send, base_url=HOST)
    where = f"{operation.id} ({variant}), {operation.place}"
    if variant.endswith("_detailed"):
        assert type(result) is types.Response, where
        assert operation.documented(result.status_code), f"{where}: Prism says {result.status_code}: {result.content!r}"
        result = result.parsed
    answer = operation.answers[0]
    if answer.schema is not None and operation.has_value:
        assert result is not None, f"{where}: Prism's answer is none of the documented ones"
        read(answer.schema, result, annotations(function(operation))["return"])


@pytest.mark.parametrize("operation", OPERATIONS)
def test_wrong(send: Any, operation: Operation) -> None:
    """What the suite calls wrong, Prism refuses: 401 without a key, which it never compares, 422 for the rest."""
    for why, key, request in wrong(operation):
        if not key or why == "no key":
            response = send(request)
            said = f"{operation.id}, {operation.place}, {why}: {response.text}"
            assert response.status_code in ({401} if key else {400, 415, 422}), said


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
