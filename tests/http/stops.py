"""A service and a clock that can be stopped at chosen places, and that know what was left open."""

import asyncio
import json
import signal
import sys
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import httpx

from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock

from .service import asset, items, no, ok

PLACES = ("sleep", "request", "body")
SEVERAL = ["slow1", "b", "slow3", "d", "slow5"]
BUSY = ["busy1", "b", "busy3", "d", "busy5"]
CALLS: dict[str, Callable[[Any], Any]] = {
    "status": lambda real_person: real_person.status("busy"),
    "batch of one": lambda real_person: real_person.batch_status(["busy"]),
    "batch": lambda real_person: real_person.batch_status(BUSY),
    "wait": lambda real_person: real_person.wait("slow"),
    "wait_many": lambda real_person: real_person.wait_many(SEVERAL),
    "as_completed": lambda real_person: list(real_person.as_completed(SEVERAL)),
}


class Stops:
    """Calls `stop` the first time that `place` is reached; on asyncio awaits what it gives."""

    def __init__(self, place: str = "", stop: Callable[[], Awaitable[None] | None] = lambda: None) -> None:
        self.place, self._stop = place, stop
        self.requests = 0
        self.open: set[object] = set()
        """Answers that were begun and not closed."""

    def reached(self, place: str) -> Awaitable[None] | None:
        if place != self.place:
            return None
        self.place = ""
        return self._stop()

    async def areached(self, place: str) -> None:
        if held := self.reached(place):
            await held
        await asyncio.sleep(0)


class StoppedClock(FakeClock):
    def __init__(self, stops: Stops) -> None:
        super().__init__()
        self._stops = stops

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        if seconds:
            self._stops.reached("sleep")

    async def asleep(self, seconds: float) -> None:
        FakeClock.sleep(self, seconds)
        if seconds:
            await self._stops.areached("sleep")


class StoppedTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """What starts with "slow" is Processing when first asked for, "busy" ends in code -1 then; all else is active."""

    def __init__(self, stops: Stops) -> None:
        self._stops = stops
        self._seen: set[str] = set()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._answer(request)
        self._stops.reached("request")
        return answer

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._answer(request)
        await self._stops.areached("request")
        return answer

    def _answer(self, request: httpx.Request) -> httpx.Response:
        asked = json.loads(request.content)
        ids: list[str] = asked.get("asset_ids") or [asked["asset_id"]]
        self._stops.requests += 1
        status = {one: "Processing" if one.startswith("slow") and one not in self._seen else "Active" for one in ids}
        busy = any(one.startswith("busy") and one not in self._seen for one in ids)
        self._seen.update(ids)
        found = [asset(*one) for one in status.items()]
        answer = no(-1) if busy else items(*found) if "asset_ids" in asked else ok(*found)
        return httpx.Response(200, stream=_Body(answer.content, self._stops))


class _Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    def __init__(self, content: bytes, stops: Stops) -> None:
        self._content, self._stops = content, stops

    def __iter__(self) -> Iterator[bytes]:
        self._stops.open.add(self)
        yield self._content[:9]
        self._stops.reached("body")
        yield self._content[9:]

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self._stops.open.add(self)
        yield self._content[:9]
        await self._stops.areached("body")
        yield self._content[9:]

    def close(self) -> None:
        self._stops.open.discard(self)

    async def aclose(self) -> None:
        self.close()


def options(stops: Stops) -> dict[str, Any]:
    """For a client of such a service, two ids to a request."""
    return {"transport": StoppedTransport(stops), "clock": StoppedClock(stops), "batch_size": 2}


def ctrl_c() -> None:
    """What the terminal does when somebody presses it; from a worker, once the main thread waits for answers."""
    main = threading.main_thread()
    if threading.current_thread() is main:
        signal.raise_signal(signal.SIGINT)
        return
    # A thread that is just being made would be nobody's.
    assert until(main, lambda inside: "as_answered" in inside and "start" not in inside)
    signal.pthread_kill(main.ident or 0, signal.SIGINT)
    while not until(main, lambda inside: "join" in inside or "as_answered" not in inside, seconds=0.5):
        # It came between Python's last look at signals and the system call that it should have interrupted.
        signal.pthread_kill(main.ident or 0, signal.SIGINT)


def until(thread: threading.Thread, there: Callable[[set[str]], bool], *, seconds: float = 30) -> bool:
    """Whether the names of the functions that `thread` is in become as asked for."""
    late = time.monotonic() + seconds
    while not there({*_functions(thread.ident)}):
        if time.monotonic() > late:
            return False
        time.sleep(0)
    return True


def _functions(thread: int | None) -> Iterator[str]:
    frame = sys._current_frames().get(thread or 0)
    while frame:
        yield frame.f_code.co_name
        frame = frame.f_back
