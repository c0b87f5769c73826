"""Calls that are stopped by Ctrl-C, a bug, or a consumer that has enough. Nothing is left behind."""

import asyncio
import signal
import threading
import time
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import APIConnectionError, JimmyAI
from jimmy_ai_openapi_client.sdk.clock import Clock

from .server import Server
from .service import KEY, Asked, Connect, Service, no
from .stops import CALLS, PLACES, SEVERAL, Stops, ctrl_c, options, until

calls = pytest.mark.parametrize("call", CALLS)
places = pytest.mark.parametrize("place", PLACES)
no_signals = pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="no signals to threads here")


def ended(before: list[threading.Thread]) -> bool:
    """Whether no thread is left. One whose start was interrupted sends nothing, and ends by itself."""
    for thread in set(threading.enumerate()).difference(before):
        thread.join(30)
    return set(threading.enumerate()) <= set(before)


def tasks_of(client: Any) -> set[asyncio.Task[Any]]:
    runner: asyncio.Runner | None = getattr(client, "_runner", None)
    return asyncio.all_tasks(runner.get_loop()) if runner else set()


@no_signals
@calls
@places
def test_ctrl_c(connect: Connect, call: str, place: str) -> None:
    """It comes out as it is; no thread, task or answer is left, and the client stays usable."""
    stops = Stops(place, ctrl_c)
    client = connect(**options(stops))
    before = threading.enumerate()
    with pytest.raises(KeyboardInterrupt):
        CALLS[call](client.real_person)
    assert stops.place == ""
    assert ended(before)
    assert (tasks_of(client), stops.open) == (set(), set())
    sent = stops.requests
    assert CALLS[call](client.real_person)
    assert stops.requests > sent


@no_signals
@pytest.mark.parametrize("where", ["caller", "worker"])
def test_other_requests_do_not_go_on(where: str) -> None:
    """Neither Ctrl-C nor a bug in one thread waits for the pauses of another, and nothing more is sent."""
    pausing: list[threading.Thread] = []

    class Noticing(Clock):
        def sleep(self, seconds: float) -> None:
            if seconds:
                pausing.append(threading.current_thread())
            super().sleep(seconds and 60.0)

    def handle(asked: Asked) -> httpx.Response:
        if asked.ids == ["id0"]:
            return no(-1)
        while not pausing:
            time.sleep(0)
        assert until(pausing[0], lambda inside: "wait" in inside)
        if where == "worker":
            raise KeyboardInterrupt("stop")
        ctrl_c()
        return Service().usual(asked)

    service, before, started = Service(handle, handle, handle), threading.enumerate(), time.monotonic()
    jimmy = JimmyAI(api_key=KEY, transport=service.transport, clock=Noticing(), batch_size=1, max_retries=1)
    with pytest.raises(KeyboardInterrupt):
        jimmy.real_person.batch_status(["id0", "id1"])
    assert ended(before)
    assert time.monotonic() - started < 50
    assert len(service.asked) == 2


@no_signals
@pytest.mark.parametrize(("call", "known"), [("batch_status", "batch_result"), ("wait_many", "wait_result")])
def test_ctrl_c_has_what_is_known(call: str, known: str) -> None:
    """Answers that came while another request stalls are attached."""

    def handle(asked: Asked) -> httpx.Response:
        if "id0" in asked.ids:
            while len(service.asked) < 4:  # of two places this has one, so that the others follow each other
                time.sleep(0)
            ctrl_c()
        return Service().usual(asked)

    service = Service(*[handle] * 8)
    client = JimmyAI(api_key=KEY, transport=service.transport, batch_size=2, concurrency=2)
    with client as jimmy, pytest.raises(KeyboardInterrupt) as caught:
        getattr(jimmy.real_person, call)([f"id{number}" for number in range(8)])
    result = getattr(caught.value, known)
    assert {"id2", "id3"} <= set(result)
    assert {"id0", "id1"} <= set(result.unasked if call == "batch_status" else result.pending)


@pytest.mark.wire
@no_signals
def test_a_stalled_server_does_not_hold_up_ctrl_c() -> None:
    """Several requests are under way, none is answered; the call ends long before the server would let it go."""
    over = threading.Event()

    def interrupt() -> None:
        assert server.wait_until_requests(4)
        ctrl_c()

    with Server() as server, JimmyAI(api_key=KEY, base_url=server.url, batch_size=1, timeout=600) as jimmy:
        server.before_answer = lambda: over.wait(120)
        thread = threading.Thread(target=interrupt)
        thread.start()
        started = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            jimmy.real_person.batch_status(list("abcd"))
        assert time.monotonic() - started < 60
        over.set()
        thread.join()
        assert not [one for one in threading.enumerate() if one.name == "jimmy-ai"]
        assert jimmy.real_person.status("id1").is_active


@pytest.mark.parametrize("call", ["wait", "wait_many"])
def test_a_fault_in_a_transport_of_the_caller_s(connect: Connect, call: str) -> None:
    """It is an error of our tree, which nothing is gained by repeating."""

    def fail() -> None:
        raise ZeroDivisionError

    client = connect(**options(Stops("request", fail)))
    with pytest.raises(APIConnectionError, match="ZeroDivisionError"):
        CALLS[call](client.real_person)
    assert tasks_of(client) == set()
    assert client.real_person.wait("e").is_active


def test_enough_on_threads() -> None:
    stops, before = Stops(), threading.enumerate()
    with JimmyAI(api_key=KEY, **options(stops)) as jimmy:
        for one in jimmy.real_person.as_completed(SEVERAL):
            assert one.asset_id in {"b", "d"}
            break
        assert threading.enumerate() == before
        assert (stops.open, stops.requests <= 3) == (set(), True)
        assert jimmy.real_person.wait("e").is_active
