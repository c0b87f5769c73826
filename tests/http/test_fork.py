"""A client made before a fork works on both sides of it, on connections of their own."""

import os
import subprocess
import sys

import pytest

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
    return asyncio.run(jimmy.real_person.status(name)).asset_id == name

make, ask = {"threads": (JimmyAI, ask_threads), "asyncio": (AsyncJimmyAI, ask_asyncio)}[sys.argv[2]]
jimmy = make(api_key=sys.argv[3], base_url=sys.argv[1], batch_size=1)
assert ask(jimmy, "before")
child = os.fork()
assert ask(jimmy, "parent" if child else "child")
assert ask(jimmy, "again")
if not child:
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0, "the child failed"
assert ask(jimmy, "after")
"""


@pytest.mark.wire
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.parametrize("way", ["threads", "asyncio"])
def test_fork(way: str) -> None:
    with Server() as server:
        command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", SCRIPT, server.url, way, KEY]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
