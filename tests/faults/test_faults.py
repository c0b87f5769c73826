"""Every case, looked at from all sides: over real connections what is wrong with the wire, in this process the rest.

FAULTS_EVERYWHERE=1 plays all of them over the wire to each client, on its own transport and on given ones.
"""

import logging
import os
import socket
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import AsyncJimmyAI, JimmyAI, JimmyAIError
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock

from ..http.server import Script, Server
from ..http.service import KEY
from .case import Case, cases
from .conftest import Tls
from .proxy import Proxy
from .run import GIVEN, OWN, Flavour, Inside, call, check, check_error, generated

Records = list[logging.LogRecord]
CASES = [*cases()]
IN_SHORT = (Flavour(JimmyAI, "single"), Flavour(AsyncJimmyAI, "batch"))
MOST = 32 << 20
"""Bytes. The cap on an answer is 4 MiB; the bombs are of 60 MiB to 1 GiB, or endless."""
LISTS = 120 << 20
"""A million empty lists fit into an answer of 3 MiB, and Python needs 64 bytes for each, here and in their list."""


def played(these: Callable[[Case, Flavour], bool]) -> pytest.MarkDecorator:
    pairs = [(case, one) for case in CASES for one in (*OWN, *GIVEN) if case.kind == one.kind and these(case, one)]
    return pytest.mark.parametrize(("case", "flavour"), pairs, ids=[f"{case.name}-{one}" for case, one in pairs])


def is_inside(case: Case) -> bool:
    return case.is_framed and case.group not in {"wire", "bombs", "connecting"}


@played(lambda case, one: is_inside(case) and one in IN_SHORT)
def test_in_this_process(case: Case, flavour: Flavour, records: Records) -> None:
    inside = Inside(*case.play)
    check(case, call(inside, case, replace(flavour, transport=lambda: inside.transport)), records)


def meets_on_the_wire(case: Case, flavour: Flavour) -> bool:
    if case.group in {"bombs", "connecting"}:
        return False
    if os.environ.get("FAULTS_EVERYWHERE"):
        return True
    if case.group == "wire":
        return flavour in OWN or flavour.kind == "single"
    return flavour in OWN if case.everywhere else flavour in IN_SHORT and not case.is_framed


@pytest.mark.wire
@played(meets_on_the_wire)
def test_on_the_wire(case: Case, flavour: Flavour, records: Records) -> None:
    with Server(*case.play) as server:
        outcome = call(server, case, flavour)
    check(case, outcome, records, strictly=flavour.name != "aiohttp" or not case.otherwise)


@pytest.fixture
def nobody() -> Iterator[str]:
    """An address where nobody listens; held, so that nobody else will."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


@pytest.mark.wire
@played(lambda case, one: case.group == "connecting" and one in OWN)
def test_on_the_way(
    case: Case, flavour: Flavour, *, tls: Tls, nobody: str, monkeypatch: pytest.MonkeyPatch, records: Records
) -> None:
    """Whoever connects for the client never sees the key."""
    # Before it ends a handshake the server sees some bytes, or Python's ssl leaves a socket to the garbage collector.
    afterwards: Script = ("good",) if case.heals else ("blind", "read", "reset")
    with Proxy() as proxy, Server(*case.play, tls=tls.servers.get(case.tls), healthy=afterwards) as server:
        addresses = {"server": server.url, "port": server.port, "proxy": proxy.url, "nobody": nobody}
        for name, value in case.environment.items():
            monkeypatch.setenv(name, value.format(**addresses))
        outcome = call(server, case, flavour, case.url.format(**addresses))
    check(case, outcome, records)
    heads = [*proxy.heads, *(request.head for request in outcome.requests)]
    assert case.sends in b"".join(heads[:1]).decode().lower()
    assert not [head for head in heads if head.startswith(b"CONNECT") and KEY.encode() in head]


@pytest.fixture
def peak() -> Iterator[Callable[[], int]]:
    """Asked for the bytes that were taken at the most, so far."""
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


@pytest.mark.wire
@played(lambda case, one: case.group == "bombs" and one in OWN and one.kind == "single")
def test_bombs_are_not_swallowed(case: Case, flavour: Flavour, peak: Callable[[], int], records: Records) -> None:
    with Server(*case.play) as server:
        outcome = call(server, case, flavour)
    assert peak() < (LISTS if "lists" in case.name else MOST)
    # What takes long enough to be late may also be read fast enough to be too much.
    check(case, outcome, records, strictly=not issubclass(case.error, TimeoutError))


@pytest.mark.wire
def test_plain_httpx_swallows_one(peak: Callable[[], int]) -> None:
    """The measure sees what there is to see."""
    bomb = next(case for case in CASES if case.name == "bombs/gzip-in-one-read")
    with Server(*bomb.play) as server:
        httpx.post(server.url, json={})
    assert peak() > MOST


RAW = {case.name: case for case in reversed(CASES) if is_inside(case)}
"""Of a case for both calls the one for a single asset."""


@pytest.mark.parametrize("case", RAW.values(), ids=RAW)
def test_generated_function(case: Case) -> None:
    """With `client=jimmy.raw`: what the asset layer takes is a model; what it refuses is that or one of our errors."""
    options: dict[str, Any] = {"max_retries": case.max_retries, "clock": FakeClock()}
    with JimmyAI(api_key=KEY, transport=Inside(*case.play).transport, **options) as jimmy:
        try:
            assert generated(jimmy.raw, case).to_dict()
        except JimmyAIError as error:
            assert case.error
            check_error(error)


def test_case_names_are_unique() -> None:
    """Two cases of one name would hide each other in a report."""
    assert len({(case.name, case.kind) for case in CASES}) == len(CASES)
