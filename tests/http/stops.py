"""A service and a clock that can be stopped at chosen places, and that know what was left open."""

import asyncio
import json
import signal
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx

from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock

from .service import asset, items, no, ok

PLACES = ("sleep", "request", "body")


class Stops(FakeClock):
    """The clock, and what the `transport` asks; calls `stop` the first time that `place` is reached.

    On asyncio it stays there. What starts with "slow" is Processing when first asked for, "busy" ends in code -1 then;
    all else is active.
    """

    def __init__(self, place: str = "", stop: Callable[[], object] = lambda: None) -> None:
        super().__init__()
        self.place, self._stop = place, stop
        self.requests = 0
        self.open: set[object] = set()
        """Answers that were not closed."""
        self._seen: set[str] = set()

    @property
    def options(self) -> dict[str, Any]:
        """For a client, two ids to a request."""
        return {"transport": Transport(self), "clock": self, "batch_size": 2}

    def reached(self, place: str) -> bool:
        is_here = place == self.place
        if is_here:
            self.place = ""
            self._stop()
        return is_here

    async def areached(self, place: str) -> None:
        if self.reached(place):
            await asyncio.Event().wait()
        await asyncio.sleep(0)

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        if seconds:
            self.reached("sleep")

    async def asleep(self, seconds: float) -> None:
        super().sleep(seconds)
        if seconds:
            await self.areached("sleep")

    def answer(self, request: httpx.Request) -> httpx.Response:
        asked = json.loads(request.content)
        ids: list[str] = asked.get("asset_ids") or [asked["asset_id"]]
        new = {one for one in ids if one not in self._seen}
        self._seen |= new
        found = [asset(one, "Processing" if one in new and one.startswith("slow") else "Active") for one in ids]
        is_busy = any(one.startswith("busy") for one in new)
        answer = no(-1) if is_busy else items(*found) if "asset_ids" in asked else ok(*found)
        return httpx.Response(200, stream=Body(answer.content, self))


class Transport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    def __init__(self, stops: Stops) -> None:
        self._stops = stops

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._stops.requests += 1
        self._stops.reached("request")
        return self._stops.answer(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._stops.requests += 1
        await self._stops.areached("request")
        return self._stops.answer(request)


class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """An answer that comes in two parts."""

    def __init__(self, content: bytes, stops: Stops) -> None:
        self._content, self._stops = content, stops
        stops.open.add(self)

    def __iter__(self) -> Iterator[bytes]:
        yield self._content[:9]
        self._stops.reached("body")
        yield self._content[9:]

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._content[:9]
        await self._stops.areached("body")
        yield self._content[9:]

    def close(self) -> None:
        self._stops.open.discard(self)

    async def aclose(self) -> None:
        self.close()


def ctrl_c() -> None:
    """What the terminal does when somebody presses it; from a worker, once the main thread waits for answers."""
    main = threading.main_thread()
    if threading.current_thread() is main:
        signal.raise_signal(signal.SIGINT)
        return
    # A thread that is just being made would be nobody's.
    assert until(lambda: "start" not in called(main, "as_answered", otherwise="start"))
    signal.pthread_kill(main.ident or 0, signal.SIGINT)
    while not until(lambda: "join" in called(main, "as_answered", otherwise="join"), seconds=0.5):
        # It came between Python's last look at signals and the system call that it should have interrupted.
        signal.pthread_kill(main.ident or 0, signal.SIGINT)


def until(is_so: Callable[[], bool], *, seconds: float = 30) -> bool:
    """Whether it becomes so."""
    late = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > late:
            return False
        time.sleep(0)
    return True


def called(thread: threading.Thread, function: str, *, otherwise: str) -> set[str]:
    """The functions that `function` is in the middle of calling in `thread`; `otherwise` if it does not run."""
    names, frame = set[str](), sys._current_frames().get(thread.ident or 0)
    while frame and frame.f_code.co_name != function:
        names.add(frame.f_code.co_name)
        frame = frame.f_back
    return names if frame else {otherwise}
