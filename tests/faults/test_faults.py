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
from jimmy_ai_openapi_client.api.default import batch_query_seedance_sp_real_person_status as batch
from jimmy_ai_openapi_client.api.default import query_seedance_sp_real_person_status as single
from jimmy_ai_openapi_client.models import (
    SeedanceSpRealPersonBatchResponse,
    SeedanceSpRealPersonBatchStatusRequest,
    SeedanceSpRealPersonResponse,
    SeedanceSpRealPersonStatusRequest,
)
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock

from ..http.server import Script, Server
from ..http.service import KEY
from .case import ASSET_ID, Case, cases
from .conftest import Tls
from .proxy import Proxy
from .run import GIVEN, OWN, Flavour, Inside, call, check, check_error

Records = list[logging.LogRecord]
CASES = [*cases()]
IN_SHORT = ((JimmyAI, "single"), (AsyncJimmyAI, "batch"))
REPRESENTATIVES = {
    *("codes/20000-text", "codes/20001", "codes/minus-one-once", "shapes/data-null", "shapes/kept-unknown-fields"),
    *(
        "shapes/items-some-missing",
        "status/403-page",
        "status/429-envelope",
        "status/503-thrice",
        "status/302-redirect",
    ),
    *("status/999-page", "status/226-good-body", "bodies/page-waf", "bodies/cut-at-60", "bodies/gzip"),
    *("bodies/gzip-cut", "bodies/gzip-twice", "bodies/one-byte-too-large", "retry/digits", "retry/61"),
    *("echo/401-msg", "echo/200-page", "echo/words"),
}
"""Of the cases that need no wire, those that show that it makes no difference."""
TAKEN_OTHERWISE = {
    *("status/101", "wire/body-longer-than-said", "wire/chunk-extension-endless", "wire/length-zero"),
    *("wire/many-headers", "wire/status-099", "wire/status-zero", "wire/transfer-encoding-unknown"),
}
"""What aiohttp's parser takes, or refuses, where httpx's does not: another error of our tree."""
MOST = 32 << 20
"""Bytes. The cap on an answer is 4 MiB; the bombs are of 60 MiB to 1 GiB, or endless."""
LISTS = 120 << 20
"""A million empty lists fit into an answer of 3 MiB, and Python needs 64 bytes for each, here and in their list."""


def is_bomb(case: Case) -> bool:
    return case.name.startswith("bodies/bomb-")


def is_about_the_way(case: Case, flavour: Flavour) -> bool:
    return case.name.startswith("connecting/") and flavour in OWN


def meets_on_the_wire(case: Case, flavour: Flavour) -> bool:
    if case.name.startswith("connecting/"):
        return False
    if os.environ.get("FAULTS_EVERYWHERE"):
        return True
    if case.name.startswith("wire/"):
        return flavour in OWN or flavour.kind == "single"
    if case.name in REPRESENTATIVES:
        return flavour in OWN
    return not case.is_framed and not is_bomb(case) and flavour in OWN and (flavour.client, flavour.kind) in IN_SHORT


def played(these: Callable[[Case, Flavour], bool]) -> pytest.MarkDecorator:
    pairs = [(case, one) for case in CASES for one in (*OWN, *GIVEN) if case.kind == one.kind and these(case, one)]
    return pytest.mark.parametrize(("case", "flavour"), pairs, ids=[f"{case.name}-{one}" for case, one in pairs])


def is_inside(case: Case) -> bool:
    return case.is_framed and not case.name.startswith(("wire/", "connecting/")) and not is_bomb(case)


@played(lambda case, one: is_inside(case) and one in OWN and (one.client, one.kind) in IN_SHORT)
def test_in_this_process(case: Case, flavour: Flavour, records: Records) -> None:
    inside = Inside(*case.play)
    check(case, call(inside, case, replace(flavour, transport=lambda: inside.transport)), records)


@pytest.mark.wire
@played(meets_on_the_wire)
def test_on_the_wire(case: Case, flavour: Flavour, records: Records) -> None:
    with Server(*case.play) as server:
        outcome = call(server, case, flavour)
    check(case, outcome, records, strictly=flavour.name != "aiohttp" or case.name not in TAKEN_OTHERWISE)


@pytest.fixture
def nobody() -> Iterator[str]:
    """An address where nobody listens; held, so that nobody else will."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


@pytest.mark.wire
@played(is_about_the_way)
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
@played(lambda case, flavour: is_bomb(case) and flavour in OWN and flavour.kind == "single")
def test_bombs_are_not_swallowed(case: Case, flavour: Flavour, peak: Callable[[], int], records: Records) -> None:
    with Server(*case.play) as server:
        outcome = call(server, case, flavour)
    assert peak() < (LISTS if "lists" in case.name else MOST)
    # What takes long enough to be late may also be read fast enough to be too much.
    check(case, outcome, records, strictly=not issubclass(case.error, TimeoutError))


@pytest.mark.wire
def test_plain_httpx_swallows_one(peak: Callable[[], int]) -> None:
    """The measure sees what there is to see."""
    (bomb,) = (case for case in CASES if case.name == "bodies/bomb-gzip-in-one-read" and case.kind == "single")
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
            got: Any = (
                single.sync(client=jimmy.raw, body=SeedanceSpRealPersonStatusRequest(ASSET_ID))
                if case.kind == "single"
                else batch.sync(client=jimmy.raw, body=SeedanceSpRealPersonBatchStatusRequest(list(case.ids)))
            )
        except JimmyAIError as error:
            assert case.error
            check_error(error)
        else:
            assert isinstance(got, SeedanceSpRealPersonResponse | SeedanceSpRealPersonBatchResponse)


def test_case_names_are_unique() -> None:
    """Two cases of one name would hide each other in a report; a representative without a case would be none."""
    names = {case.name for case in CASES}
    assert len({(case.name, case.kind) for case in CASES}) == len(CASES)
    assert names >= REPRESENTATIVES | TAKEN_OTHERWISE
