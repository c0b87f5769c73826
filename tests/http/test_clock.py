"""Real time: a sleep ends early only for a call that was interrupted."""

import asyncio
from contextvars import copy_context
from threading import Event

import pytest

from jimmy_ai_openapi_client.sdk.clock import Cancelled, Clock, cancelled


def test_a_sleep_ends_at_once_where_a_call_was_interrupted() -> None:
    def sleep() -> None:
        event = Event()
        cancelled.set(event)
        Clock().sleep(0.001)
        event.set()
        for seconds in (0.0, 30.0):
            with pytest.raises(Cancelled):
                Clock().sleep(seconds)

    copy_context().run(sleep)


def test_time_passes() -> None:
    async def asleep() -> float:
        before = clock.now()
        await clock.asleep(0.001)
        return clock.now() - before

    clock = Clock()
    before, wall = clock.now(), clock.wall()
    clock.sleep(0.001)
    clock.sleep(0)
    assert clock.now() - before >= 0.001
    assert asyncio.run(asleep()) >= 0.001
    assert clock.wall() > wall
    assert 0 <= clock.random() < 1
