"""What people write, are advised to write, or use elsewhere instead."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from random import Random

import numpy as np

from .. import wire
from ..looping import in_turn
from ..polling.simulate import DEADLINE, Times
from .service import Outcome, Service, jimmy


def looping(moments: Times, latency: float, _: Random, *, size: int = 1, longest: float = 5.0) -> Outcome:
    service = Service(moments, latency)
    with suppress(TimeoutError):
        in_turn(wire.ids(len(moments)), service.ask, service.sleep, size=size, longest=longest)
    return Outcome(service.requests, service.heard)


def apart(moments: Times, latency: float, chance: Random, *, low: float, high: float) -> Outcome:
    """Each asset in a thread or task of its own, however many, that pauses and asks, again and again."""
    dice = np.random.default_rng(chance.randrange(2**32))
    heard = np.full(len(moments), np.inf)
    waiting = np.arange(len(moments))
    now = dice.uniform(low, high, len(moments))
    requests = 0
    while len(waiting):
        requests += len(waiting)
        final = moments[waiting] <= now
        heard[waiting[final]] = now[final] + latency
        waiting, now = waiting[~final], now[~final]
        now = now + latency + dice.uniform(low, high, len(waiting))
        waiting, now = waiting[now <= DEADLINE], now[now <= DEADLINE]
    return Outcome(requests, heard)


Play = Callable[[Times, float, Random], Outcome]
CANDIDATES: dict[str, Play] = {
    "JimmyAI": jimmy,
    "loop over the generated function, 5 s": looping,
    # The vendor: poll every 5-15 s, avoid bursts.
    "vendor's advice, one by one": partial(looping, longest=15.0),
    "vendor's advice, in batches": partial(looping, size=wire.BATCH, longest=15.0),
    # runwayml/sdk-python, src/runwayml/lib/polling.py: sleep(POLL_TIME + random() * POLL_JITTER - POLL_JITTER / 2)
    "runway's rule, a thread each": partial(apart, low=4.5, high=7.5),
    # fal-ai/fal, projects/fal_client/src/fal_client/client.py: iter_events(interval=0.1)
    "fal's rule, a thread each": partial(apart, low=0.1, high=0.1),
}
