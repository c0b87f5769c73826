"""Random waits: the scripts, and their players with and without HTTP."""

from collections import deque
from collections.abc import Iterator
from heapq import heappop, heappush
from typing import Any

from attrs import define, evolve, field, frozen
from hypothesis import strategies as st

from jimmy_ai_openapi_client import (
    APIConnectionError,
    APIResponseError,
    AsyncJimmyAI,
    AuthenticationError,
    BadRequestError,
    InternalServerError,
    JimmyAI,
    JimmyAIError,
    PermissionDeniedError,
    Progress,
    RateLimitError,
    RealPersonAsset,
    WaitResult,
)
from jimmy_ai_openapi_client.sdk.policy.batch import Answer, Chunk
from jimmy_ai_openapi_client.sdk.policy.wait import OnFailure, Wait
from jimmy_ai_openapi_client.sdk.settings import Secret, Settings

from .lives import ABSENT, FINAL, MALFORMED, REFUSALS, Asked, Lanes, Lives, described
from .service import KEY, as_asset

ENDS = FINAL | {ABSENT, MALFORMED}


@frozen
class Script:
    lives: dict[str, str]
    timeout: float | None
    latencies: list[float]
    size: int
    width: int
    chance: float
    on_failure: OnFailure

    def is_alike_for_all(self, retries: int) -> bool:
        """Whether threads and tasks, which the system runs in any order, cannot make a difference."""
        return self.width == 1 or not (retries or any(self.latencies))

    @property
    def server(self) -> Lives:
        return Lives(Lanes(self.chance), self.lives, latencies=self.latencies)


LETTERS = "PPPPPPPPAAAAFFQQRR---XX55TT9EEHH"
letters = st.sampled_from([*LETTERS])
life = st.lists(letters, min_size=1, max_size=7).map("".join)
rarely_refused = st.builds(lambda one, refusal: one + refusal, life, st.sampled_from(sorted(REFUSALS)))
lives = st.lists(st.one_of(*[life] * 19, rarely_refused), min_size=1, max_size=12).map(
    lambda lives: {f"id{number}": one for number, one in enumerate(lives)}
)
scripts = st.builds(
    Script,
    lives,
    timeout=st.one_of(st.none(), st.sampled_from([0.0, 0.5, 3.0, 5.0, 12.0, 16.0, 30.0, 100.0]), st.floats(0, 400)),
    latencies=st.lists(st.sampled_from([0.0, 0.0, 0.1, 0.5, 2.0, 7.0, 40.0]), min_size=1, max_size=4),
    size=st.integers(1, 5),
    width=st.integers(1, 4),
    chance=st.floats(0, 1, exclude_max=True),
    on_failure=st.sampled_from(["raise", "return", "yield"]),
).map(
    lambda script: (
        # Without a limit some lives would last for ever.
        evolve(script, timeout=200.0)
        if script.timeout is None and not all(one[-1] in ENDS for one in script.lives.values())
        else script
    )
)


@define
class Played:
    """One wait: what was asked, told, and how it ended."""

    asked: list[Asked]
    rounds: list[list[Asked]] = field(factory=list)
    told: list[tuple[RealPersonAsset, RealPersonAsset | None]] = field(factory=list)
    progress: list[Progress] = field(factory=list)
    error: JimmyAIError | None = None
    result: WaitResult | None = None

    @property
    def known(self) -> WaitResult:
        ended = [self.result, getattr(self.error, "result", None), getattr(self.error, "wait_result", None)]
        return next(one for one in ended if one is not None)

    @property
    def trace(self) -> tuple[Any, ...]:
        """All that must not depend on who runs the wait; the order of requests sent at a time is free."""
        known = self.known
        ways = (dict(known), known.active, known.failed, known.missing, known.pending, known.requests, known.elapsed)
        told = sorted(self.told, key=lambda update: update[0].asset_id)
        return sorted(self.asked, key=lambda one: (one.at, one.ids)), told, ways, type(self.error)


def flow(script: Script) -> Played:
    """The wait alone, without HTTP."""
    service = script.server
    clock = service.clock
    settings = Settings(
        key=Secret(KEY),
        base_url="",
        timeout=30,
        max_retries=0,
        batch_size=script.size,
        concurrency=script.width,
        headers={},
        clock=clock,
    )
    wait = Wait(list(script.lives), timeout=script.timeout, on_failure=script.on_failure, settings=settings)
    played = Played(service.asked, rounds=[[]])
    try:
        while one_round := wait.next_round():
            if one_round.pause:
                played.rounds.append([])
            clock.advance(one_round.pause)
            for asked in simultaneous(service, clock, one_round.todo, script.width):
                updates, progress = wait.receive(asked.ids, heard(asked))
                played.told += updates
                played.progress.append(progress)
                played.rounds[-1].append(asked)
        played.result = wait.known()
    except JimmyAIError as error:
        played.error = error
    return played


def simultaneous(service: Lives, clock: Lanes, todo: deque[Chunk], width: int) -> Iterator[Asked]:
    """Each request when its answer comes, with up to `width` under way at a time."""
    under_way: list[tuple[float, int, Asked]] = []
    while todo or under_way:
        while todo and len(under_way) < width:
            asked = service.ask(todo.popleft())
            heappush(under_way, (asked.at + asked.seconds, len(service.asked), asked))
        ends, _, asked = heappop(under_way)
        clock.advance(ends - clock.now())
        yield asked


def heard(asked: Asked) -> Answer:
    match asked.said:
        case "T":
            return APIConnectionError()
        case "5":
            return InternalServerError(status_code=500)
        case "E":
            return InternalServerError(status_code=200, code=-1)
        case "9":
            return RateLimitError(status_code=429, retry_after=40.0)
        case "H":
            return APIResponseError(status_code=200)
        case "1":
            return AuthenticationError(status_code=200, code=20001)
        case "3":
            return PermissionDeniedError(status_code=403)
        case "X":
            return BadRequestError(status_code=200, code=20002)
        case _:
            pairs = zip(asked.ids, asked.letters, strict=True)
            present = {one[0]: described(*one) for one in pairs if one[1] != ABSENT}
            return {one: as_asset(fields) for one, fields in present.items()}


def threads(script: Script, retries: int) -> Played:
    service = script.server
    played = Played(service.asked)
    with JimmyAI(**options(script, service, retries)) as jimmy:
        try:
            if script.on_failure == "yield":
                arrived = list(jimmy.real_person.as_completed(script.lives, timeout=script.timeout))
                played.result = finals(arrived)
            else:
                played.result = jimmy.real_person.wait_many(script.lives, **listening(script, played))
        except JimmyAIError as error:
            played.error = error
    return played


async def tasks(script: Script, retries: int) -> Played:
    service = script.server
    played = Played(service.asked)
    async with AsyncJimmyAI(**options(script, service, retries)) as jimmy:
        try:
            if script.on_failure == "yield":
                arriving = jimmy.real_person.as_completed(script.lives, timeout=script.timeout)
                played.result = finals([asset async for asset in arriving])
            else:
                played.result = await jimmy.real_person.wait_many(script.lives, **listening(script, played))
        except JimmyAIError as error:
            played.error = error
    return played


def options(script: Script, service: Lives, retries: int) -> dict[str, Any]:
    return {
        "api_key": KEY,
        "transport": service.transport,
        "clock": service.clock,
        "max_retries": retries,
        "batch_size": script.size,
        "concurrency": script.width,
    }


def listening(script: Script, played: Played) -> dict[str, Any]:
    return {
        "timeout": script.timeout,
        "on_failure": script.on_failure,
        "on_update": lambda *news: played.told.append(news),
        "on_progress": played.progress.append,
    }


def finals(arrived: list[RealPersonAsset]) -> WaitResult:
    """Stands for the result where there is none."""
    return WaitResult({asset.asset_id: asset for asset in arrived})
