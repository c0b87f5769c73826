"""A service that plays scripted lives of assets against a clock of its own, for waits that take no time."""

import asyncio
import json
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from typing import Any

import httpx
from attrs import frozen

from jimmy_ai_openapi_client.sdk.clock import Clock

from .service import KEY, Connect, asset, items, no

STATUSES = {"P": "Processing", "R": "Processing", "Q": "Queued", "A": "Active", "F": "Failed"}
FINAL = set("AF")
PASSING = set("T5E9H")
"""Connection error, HTTP 500, code -1, HTTP 429 with a Retry-After of 40 s, a page of HTML."""
REFUSALS = set("13")
"""Code 20001, HTTP 403."""
MALFORMED = "X"
ABSENT = "-"


class Lanes(Clock):
    """Time that passes only when somebody sleeps or says so, and at once.

    Requests sent at the same time take the same time: each thread or task beside the waiting one has a time of its own,
    and when they have ended the waiting one goes on at the latest of these.
    """

    _lane: ContextVar[list[float]] = ContextVar("lane")

    def __init__(self, random: float = 0.5) -> None:
        self.slept: list[float] = []
        self._random = random
        self._home = threading.get_ident()
        self._own = [0.0]
        self._lanes: list[list[float]] = []

    def now(self) -> float:
        return self._here()[0]

    def wall(self) -> float:
        return 1_777_636_800.0 + self.now()

    def advance(self, seconds: float) -> None:
        self._here()[0] += seconds

    def sleep(self, seconds: float) -> None:
        self.advance(seconds)
        if seconds:
            self.slept.append(seconds)

    async def asleep(self, seconds: float) -> None:
        self.sleep(seconds)
        await asyncio.sleep(0)

    def random(self) -> float:
        return self._random

    def _here(self) -> list[float]:
        if not self._is_away():
            self._own[0] = max(self._own[0], *(lane[0] for lane in self._lanes), 0.0)
            self._lanes.clear()
            return self._own
        lane = self._lane.get(None)
        if lane is None:
            lane = [self._own[0]]
            self._lane.set(lane)
            self._lanes.append(lane)
        return lane

    def _is_away(self) -> bool:
        try:
            return len(asyncio.all_tasks()) > 1
        except RuntimeError:  # no loop runs here
            return threading.get_ident() != self._home


@frozen
class Asked:
    """One request: when, for which ids, and the letter each of them was at."""

    at: float
    ids: tuple[str, ...]
    letters: str
    seconds: float

    @property
    def said(self) -> str:
        """The letter that decides: that of the first id with trouble, or none when all is well."""
        return next((one for one in self.letters if one not in STATUSES and one != ABSENT), "")

    @property
    def is_answer(self) -> bool:
        """Whether it says something of each of its ids; a refused one of several says nothing of any."""
        return self.said == "" or (self.said == MALFORMED and len(self.ids) == 1)


class Lives:
    """Each id has letters, one a request that names it; the last one stays. Ids without any are active.

    A request takes `latencies[n]` seconds when it is the n-th to name its first id, round and round.
    """

    def __init__(self, clock: Lanes, lives: Mapping[str, str] = {}, *, latencies: Sequence[float] = (0.0,)) -> None:
        self.asked: list[Asked] = []
        self.transport = httpx.MockTransport(self.handle)
        self.clock, self._lives, self._latencies = clock, lives, latencies
        self._named: Counter[str] = Counter()

    def ask(self, ids: Sequence[str]) -> Asked:
        """Note a request that is sent now."""
        turns = [self._named[one] for one in ids]
        lives = [self._lives.get(one, "A") for one in ids]
        letters = "".join(life[min(turn, len(life) - 1)] for life, turn in zip(lives, turns, strict=True))
        self._named.update(ids)
        seconds = self._latencies[turns[0] % len(self._latencies)]
        self.asked.append(Asked(self.clock.now(), tuple(ids), letters, seconds))
        return self.asked[-1]

    def handle(self, request: httpx.Request) -> httpx.Response:
        """The same over HTTP, taking its time."""
        asked = self.ask(json.loads(request.content)["asset_ids"])
        self.clock.advance(asked.seconds)
        return answer(asked)

    @property
    def times(self) -> list[float]:
        """When the requests were sent, to the millisecond."""
        return [round(one.at, 3) for one in self.asked]

    @property
    def ids(self) -> list[str]:
        """The ids of each request, in one text."""
        return ["".join(one.ids) for one in self.asked]


def answer(asked: Asked) -> httpx.Response:
    """What the service says to a request."""
    match asked.said:
        case "T":
            raise httpx.ConnectError("no route")
        case "5":
            return no(None, status=500)
        case "E":
            return no(-1)
        case "9":
            return no(None, status=429, **{"Retry-After": "40"})
        case "H":
            return httpx.Response(200, html="<h1>Checking your browser</h1>")
        case "1":
            return no(20001)
        case "3":
            return no(None, status=403)
        case "X":
            return no(20002)
        case _:
            return items(*(described(*one) for one in zip(asked.ids, asked.letters, strict=True) if one[1] != ABSENT))


def described(asset_id: str, letter: str) -> dict[str, Any]:
    """The asset as the service writes it."""
    reference = {"asset_ref": f"asset://early/{asset_id}"} if letter == "R" else {}
    return asset(asset_id, STATUSES[letter], **reference)


def waiting(
    connect: Connect,
    lives: Mapping[str, str] = {},
    *,
    latencies: Sequence[float] = (0.0,),
    chance: float = 0.5,
    **options: Any,
) -> tuple[Lives, Any]:
    """A service, and the `real_person` of a client of it that does not try again within a look."""
    clock = Lanes(chance)
    service = Lives(clock, lives, latencies=latencies)
    options = {"api_key": KEY, "max_retries": 0, **options}
    return service, connect(transport=service.transport, clock=clock, **options).real_person
