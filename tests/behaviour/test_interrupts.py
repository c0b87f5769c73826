"""Ctrl-C passes untouched wherever it strikes; no thread is left, and the client stays usable."""

import asyncio
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import AsyncJimmyAI, JimmyAI
from jimmy_ai_openapi_client.sdk.clock import Clock
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock

from .server import served
from .service import KEY, Asked, Service, no

IDS = [f"id{number}" for number in range(8)]
CALLS: dict[str, Callable[[Any], Any]] = {
    "status": lambda client: client.real_person.status("id1"),
    "one batch": lambda client: client.real_person.batch_status(["id1"]),
    "batches": lambda client: client.real_person.batch_status(IDS),
}
calls = pytest.mark.parametrize("call", CALLS)
kinds = pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit])


class Stopping(FakeClock):
    """Raises in the first pause before a retry."""

    def __init__(self, kind: type[BaseException]) -> None:
        super().__init__()
        self._kind: type[BaseException] | None = kind

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        if seconds and self._kind:
            kind, self._kind = self._kind, None
            raise kind("stop")


Run = Callable[[str], Any]


@pytest.fixture(params=["threads", "asyncio"])
def run(request: pytest.FixtureRequest) -> Callable[..., Run]:
    """`run(**options)` makes a client, and gives what makes a call with it, in a loop of its own."""

    def made(**options: Any) -> Run:
        if request.param == "threads":
            jimmy = JimmyAI(api_key=KEY, batch_size=2, **options)
            return lambda call: CALLS[call](jimmy)
        client = AsyncJimmyAI(api_key=KEY, batch_size=2, **options)

        async def main(call: str) -> Any:
            asyncio.get_running_loop().set_exception_handler(lambda *_: None)  # that a task was interrupted is no news
            return await CALLS[call](client)

        return lambda call: asyncio.run(main(call))

    return made


@calls
@kinds
def test_during_a_request(run: Callable[..., Run], call: str, kind: type[BaseException]) -> None:
    check(run(transport=Service(kind("stop")).transport), call, kind)


@calls
@kinds
def test_during_the_pause_before_a_retry(run: Callable[..., Run], call: str, kind: type[BaseException]) -> None:
    service = Service(*[no(None, status=503)] * (4 if call == "batches" else 1))
    check(run(transport=service.transport, clock=Stopping(kind)), call, kind)


def check(run: Run, call: str, kind: type[BaseException]) -> None:
    before = set(threading.enumerate())
    with pytest.raises(kind, match="stop") as caught:
        run(call)
    assert type(caught.value) is kind
    assert set(threading.enumerate()) <= before
    assert run(call)


class Broken(httpx.SyncByteStream):
    """A body that is interrupted; notes that it was closed."""

    def __init__(self) -> None:
        self.closed = False

    def __iter__(self) -> Any:
        yield b'{"code": 0, '
        raise KeyboardInterrupt("stop")

    def close(self) -> None:
        self.closed = True


def test_while_reading_a_body() -> None:
    body = Broken()
    with JimmyAI(api_key=KEY, transport=Service(lambda _: httpx.Response(200, stream=body)).transport) as jimmy:
        with pytest.raises(KeyboardInterrupt, match="stop"):
            jimmy.real_person.status("id1")
        assert body.closed
        assert jimmy.real_person.status("id1").is_active


def doing(thread: int) -> set[str]:
    """The names of the functions that a thread is in."""
    return {frame.f_code.co_name for frame, _ in traceback.walk_stack(sys._current_frames()[thread])}


no_signals = pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="no signals to threads here")


@pytest.mark.parametrize("where", [pytest.param("caller", marks=no_signals), "worker"])
def test_other_threads_of_a_batch_do_not_go_on(where: str) -> None:
    """Neither Ctrl-C nor a bug in one thread waits for the pauses of another, and nothing more is sent."""
    main = threading.main_thread().ident or 0
    pausing = threading.Event()

    class Noticing(Clock):
        def sleep(self, seconds: float) -> None:
            if seconds:
                pausing.set()
            super().sleep(seconds and 10.0)

    def handle(asked: Asked) -> httpx.Response:
        if asked.ids == ["id0"]:
            return no(-1)
        assert pausing.wait(10)
        if where == "worker":
            raise KeyboardInterrupt("stop")
        while "start" in doing(main):  # a thread that is just being made would be nobody's
            time.sleep(0)
        signal.pthread_kill(main, signal.SIGINT)
        return Service().usual(asked)

    service = Service(handle, handle, handle)
    before = set(threading.enumerate())
    jimmy = JimmyAI(api_key=KEY, transport=service.transport, clock=Noticing(), batch_size=1, max_retries=1)
    with pytest.raises(KeyboardInterrupt):
        jimmy.real_person.batch_status(["id0", "id1"])
    for thread in set(threading.enumerate()) - before:
        thread.join(5)  # one whose start was interrupted is past its request already, and ends by itself
    assert set(threading.enumerate()) <= before
    assert len(service.asked) == 2


@no_signals
@pytest.mark.parametrize("way", ["threads", "asyncio"])
def test_a_real_signal_during_a_real_request(way: str) -> None:
    """The connection is dropped, as half an answer may be on it; the next call makes another."""

    async def asking(base_url: str) -> None:
        async with AsyncJimmyAI(api_key=KEY, base_url=base_url) as jimmy:
            await jimmy.real_person.status("id1")

    main = threading.main_thread().ident or 0
    with served() as server, JimmyAI(api_key=KEY, base_url=server.base_url) as jimmy:
        server.before_answer = lambda: signal.pthread_kill(main, signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            jimmy.real_person.status("id1") if way == "threads" else asyncio.run(asking(server.base_url))
        assert server.wait_until_open(0)
        server.before_answer = lambda: None
        assert jimmy.real_person.status("id1").is_active


@no_signals
def test_a_stalled_server_does_not_hold_up_ctrl_c() -> None:
    """Several requests are under way, none is answered; the call ends long before the server would let it go."""
    main = threading.main_thread().ident or 0
    over = threading.Event()

    def interrupt() -> None:
        assert server.wait_until_requests(4)
        while "start" in doing(main):
            time.sleep(0)
        signal.pthread_kill(main, signal.SIGINT)

    with served() as server, JimmyAI(api_key=KEY, base_url=server.base_url, batch_size=2, timeout=600) as jimmy:
        server.before_answer = lambda: over.wait(60)
        thread = threading.Thread(target=interrupt)
        thread.start()
        before, started = set(threading.enumerate()), time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            jimmy.real_person.batch_status(IDS)
        assert time.monotonic() - started < 30
        assert not {one for one in set(threading.enumerate()) - before if one.name == "jimmy-ai"}
        over.set()
        thread.join()
        assert jimmy.real_person.status("id1").is_active


ATTACHED = {"batch_status": "batch_result", "wait_many": "wait_result"}


@no_signals
@pytest.mark.parametrize("call", ATTACHED)
def test_ctrl_c_has_what_is_known(call: str) -> None:
    """Answers that came while another request stalls are attached."""
    main = threading.main_thread().ident or 0
    over = threading.Event()

    def handle(asked: Asked) -> httpx.Response:
        if "id0" in asked.ids:
            # Of two places this has one, so that the others follow each other.
            while len(service.asked) < 4 or "start" in doing(main):
                time.sleep(0)
            signal.pthread_kill(main, signal.SIGINT)
            over.wait(30)
        return Service().usual(asked)

    service = Service(*[handle] * 8)
    with JimmyAI(api_key=KEY, transport=service.transport, batch_size=2, concurrency=2) as jimmy:
        with pytest.raises(KeyboardInterrupt) as caught:
            getattr(jimmy.real_person, call)(IDS)
        over.set()
    known = getattr(caught.value, ATTACHED[call])
    assert {"id2", "id3", "id4", "id5"} <= set(known)
    assert {"id0", "id1"} <= set(known.unasked if call == "batch_status" else known.pending)
