"""Ask one answer of every server named, in a process of its own, and say how much memory each took at the most."""

import asyncio
import sys
import tracemalloc

import httpx

from jimmy_ai_openapi_client import AsyncJimmyAI, JimmyAI, JimmyAIError

from .run import KEY, finish, result
from .script import ASSET_ID


async def ask(client: type[JimmyAI] | type[AsyncJimmyAI], url: str) -> str:
    """One call; the name of what it raised."""
    jimmy = client(api_key=KEY, base_url=url, max_retries=0, timeout=1.0)
    try:
        await result(jimmy.real_person.status(ASSET_ID))
    except JimmyAIError as error:
        return type(error).__name__
    finally:
        await result(jimmy.close())
    return "nothing"


async def swallow(url: str) -> str:
    """The same with plain httpx, which has no bound."""
    async with httpx.AsyncClient() as client:
        await client.post(f"{url}/status")
    return "nothing"


async def story(which: str, healthy: str, bombs: list[str]) -> None:
    """One good answer to warm up, then every bomb: a line each, of the bytes it took and what was raised."""
    clients = {"sync": JimmyAI, "async": AsyncJimmyAI}
    await ask(clients.get(which, AsyncJimmyAI), healthy)
    for bomb in bombs:
        tracemalloc.reset_peak()
        before, _ = tracemalloc.get_traced_memory()
        raised = await ask(clients[which], bomb) if which in clients else await swallow(bomb)
        _, peak = tracemalloc.get_traced_memory()
        print(peak - before, raised)


if __name__ == "__main__":
    # Not ru_maxrss: a process inherits that of the one which started it, so it would show nothing here.
    tracemalloc.start()
    client, first, *others = sys.argv[1:]
    if client == "sync":
        finish(story(client, first, others))
    else:
        asyncio.run(story(client, first, others))
