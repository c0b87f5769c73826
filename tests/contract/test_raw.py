"""Every operation can be called through `raw` of both clients, which nobody told of it."""

import asyncio
from typing import Any

import pytest

from jimmy_ai_openapi_client import AsyncJimmyAI, JimmyAI
from jimmy_ai_openapi_client.sdk.mock import MockService

from .asked import ids, sent
from .cases import any_case, arguments
from .difference import agree
from .generated import function
from .spec import OPERATIONS, Operation
from .wire import TOKEN


@pytest.mark.parametrize("operation", OPERATIONS)
def test_raw_on_the_mock(operation: Operation) -> None:
    """The mock, which has read the same spec, answers well, on threads and on asyncio."""
    mock, case = MockService(api_key=TOKEN), any_case(operation)
    mock.add(*ids(sent(operation, case)), polls=0)
    with JimmyAI(api_key=TOKEN, transport=mock.transport) as jimmy:
        answer: Any = function(operation)(client=jimmy.raw, **arguments(operation, case))

    async def ask() -> Any:
        async with AsyncJimmyAI(api_key=TOKEN, transport=mock.transport) as jimmy:
            return await function(operation, "asyncio_detailed")(client=jimmy.raw, **arguments(operation, case))

    where = f"{operation.id}, {operation.place}"
    assert operation.documented(answer.status_code), f"{where}: HTTP {answer.status_code}"
    agree(where, str(getattr(answer.parsed, "code", 0)) in {"0", "20000"}, True)
    agree(where, type(asyncio.run(ask()).parsed), type(answer.parsed))
