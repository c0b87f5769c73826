"""A client made before a fork works on both sides of it, on connections of their own."""

import os

import pytest

from .script import output
from .server import Server
from .service import KEY

SCRIPT = """
import asyncio, os, sys
from jimmy_ai_openapi_client import AsyncJimmyAI, JimmyAI

def ask_threads(jimmy, name):
    # No batch before the fork: a thread may hold locks of OpenSSL just after it was joined, and a child inherit them.
    found = {} if name == "before" else jimmy.real_person.batch_status([name, "b", "c"])
    return list(found) in ([], [name, "b", "c"]) and jimmy.real_person.status(name).asset_id == name

def ask_asyncio(jimmy, name):
    async def main():
        return (await jimmy.real_person.status(name)).asset_id
    return asyncio.run(main()) == name

make, ask = {"threads": (JimmyAI, ask_threads), "asyncio": (AsyncJimmyAI, ask_asyncio)}[sys.argv[2]]
jimmy = make(api_key=sys.argv[3], base_url=sys.argv[1], batch_size=1)
assert ask(jimmy, "before")
child = os.fork()
for number in range(2):
    assert ask(jimmy, f"{'parent' if child else 'child'}{number}")
if not child:
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0, "the child failed"
assert ask(jimmy, "after")
print("both", flush=True)
"""


@pytest.mark.wire
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.parametrize("way", ["threads", "asyncio"])
def test_fork(way: str) -> None:
    with Server() as server:
        written = output(SCRIPT, server.url, way, KEY, options=("-W", "ignore::DeprecationWarning"))
    assert written == "both\n"
