"""Real time: a sleep ends early only for a call that was interrupted."""

import asyncio
from contextvars import copy_context
from threading import Event

import pytest

from jimmy_ai_openapi_client.sdk.clock import Cancelled, Clock, cancelled


def sleep(seconds: float, event: Event) -> None:
    """As in a thread of ours."""
    cancelled.set(event)
    Clock().sleep(seconds)


@pytest.mark.parametrize("seconds", [0.0, 30.0])
def test_a_sleep_of_an_interrupted_call_ends_at_once(seconds: float) -> None:
    interrupted = Event()
    interrupted.set()
    with pytest.raises(Cancelled):
        copy_context().run(sleep, seconds, interrupted)


def test_a_sleep_of_a_call_that_is_not_interrupted_passes() -> None:
    copy_context().run(sleep, 0.001, Event())


def test_time_passes() -> None:
    clock = Clock()
    before, wall = clock.now(), clock.wall()
    clock.sleep(0.001)
    clock.sleep(0)
    asyncio.run(clock.asleep(0.001))
    assert clock.now() - before >= 0.002
    assert clock.wall() > wall
    assert 0 <= clock.random() < 1
