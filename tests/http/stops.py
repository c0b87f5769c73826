"""A service, and a clock, that can be stopped at chosen places, and that know what there was."""

import _thread
import asyncio
import json
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from threading import Thread
from types import CodeType
from typing import Any

import httpx

from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock

from .service import asset, items, no, ok

PLACES = ("sleep", "request", "body")


def ctrl_c() -> None:
    """What the terminal does when somebody presses it; not while Python starts a thread, which it would lose."""
    main = threading.main_thread()
    while threading.current_thread() is not main and Thread.start.__code__ in codes(main):
        time.sleep(0)
    _thread.interrupt_main()


def codes(thread: Thread) -> Iterator[CodeType]:
    """What `thread` is in the middle of."""
    frame = sys._current_frames().get(thread.ident or 0)
    while frame:
        yield frame.f_code
        frame = frame.f_back


class Stops(FakeClock):
    """Calls `stop` the first time that `place` is reached; on asyncio it stays there.

    What starts with "slow" is Processing when first asked for, "busy" ends in code -1 then; all else is active.
    """

    def __init__(self, place: str = "", stop: Callable[[], object] = lambda: None) -> None:
        super().__init__()
        self.place, self._stop = place, stop
        self.answers: list[httpx.Response] = []
        self.threads = threading.enumerate()
        self._seen: set[str] = set()

    def options(self, way: str) -> dict[str, Any]:
        """For a client, two ids to a request."""
        handle: Any = self._handle if way == "threads" else self._ahandle
        return {"transport": httpx.MockTransport(handle), "clock": self, "batch_size": 2}

    def reached(self, place: str) -> bool:
        is_here = place == self.place
        if is_here:
            self.place = ""
            self._stop()
        return is_here

    async def areached(self, place: str) -> None:
        try:
            if self.reached(place):
                await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)  # to close something takes a moment, too

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        if seconds:
            self.reached("sleep")

    async def asleep(self, seconds: float) -> None:
        super().sleep(seconds)
        if seconds:
            await self.areached("sleep")

    def _handle(self, request: httpx.Request) -> httpx.Response:
        def body() -> Iterator[bytes]:
            yield content[:9]
            self.reached("body")
            yield content[9:]

        self.reached("request")
        content = self._content(request)
        self.answers.append(httpx.Response(200, content=body()))
        return self.answers[-1]

    async def _ahandle(self, request: httpx.Request) -> httpx.Response:
        async def body() -> AsyncIterator[bytes]:
            yield content[:9]
            await self.areached("body")
            yield content[9:]

        await self.areached("request")
        content = self._content(request)
        self.answers.append(httpx.Response(200, content=body()))
        return self.answers[-1]

    def _content(self, request: httpx.Request) -> bytes:
        asked = json.loads(request.content)
        ids: list[str] = asked.get("asset_ids") or [asked["asset_id"]]
        new = {one for one in ids if one not in self._seen}
        self._seen |= new
        if any(one.startswith("busy") for one in new):
            return no(-1).content
        found = [asset(one, "Processing" if one in new and one.startswith("slow") else "Active") for one in ids]
        return (items(*found) if "asset_ids" in asked else ok(*found)).content
