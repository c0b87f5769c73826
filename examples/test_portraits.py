"""Your own code, tested without network, key or waiting. Run it with: pytest examples/test_portraits.py."""

import asyncio

from jimmy_ai_openapi_client import AsyncJimmyAI, JimmyAI
from jimmy_ai_openapi_client.sdk.mock import JimmyMock


def references(ids: list[str]) -> list[str]:  # the code under test
    with JimmyAI() as jimmy:
        result = jimmy.real_person.wait_many(ids, on_failure="return")
    return [asset.reference for asset in result.active.values()]


async def is_active(asset_id: str) -> bool:  # more of it
    async with AsyncJimmyAI() as jimmy:
        return (await jimmy.real_person.wait(asset_id)).is_active


def test_portraits_are_waited_for(jimmy_mock: JimmyMock) -> None:
    jimmy_mock.add("id1", seconds=90)
    jimmy_mock.add("id2", polls=1, outcome="Failed")
    jimmy_mock.fault.code(-1, times=2)  # a transient error
    assert references(["id1", "id2"]) == ["asset://id1"]
    assert jimmy_mock.requests[-1].ids == ["id1"]


def test_asyncio(jimmy_mock: JimmyMock) -> None:
    jimmy_mock.add("id1")
    assert asyncio.run(is_active("id1"))
