"""A program that knows the installed package alone: caller.py BASE_URL prints three statuses."""

import asyncio
import sys

import jimmy_ai_openapi_client as package
from jimmy_ai_openapi_client import AsyncJimmyAI, AuthenticatedClient, JimmyAI
from jimmy_ai_openapi_client.api.default import query_seedance_sp_real_person_status as query
from jimmy_ai_openapi_client.models import SeedanceSpRealPersonStatusRequest

address = sys.argv[1]
assert "site-packages" in str(package.__file__), package.__file__

with JimmyAI(api_key="sk-wheel", base_url=address) as jimmy:
    print(jimmy.real_person.wait("id1").status)


async def main() -> None:
    async with AsyncJimmyAI(api_key="sk-wheel", base_url=address) as jimmy:
        print((await jimmy.real_person.wait("id1")).status)


asyncio.run(main())

with AuthenticatedClient(base_url=address, token="sk-wheel") as client:
    answer = query.sync(client=client, body=SeedanceSpRealPersonStatusRequest(asset_id="id1"))
    assert answer
    assert answer.data
    print(answer.data.status)
