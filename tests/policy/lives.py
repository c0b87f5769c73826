"""Scripted lives of assets, and waits for them that send nothing and take no time."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from heapq import heappop, heappush
from typing import Any

from attrs import define, frozen

from jimmy_ai_openapi_client import (
    APIConnectionError,
    APIResponseError,
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    InternalServerError,
    JimmyAIError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    RealPersonAsset,
    WaitResult,
)
from jimmy_ai_openapi_client.models import SeedanceSpRealPersonAsset
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock
from jimmy_ai_openapi_client.sdk.policy.batch import Answer, Chunk
from jimmy_ai_openapi_client.sdk.policy.wait import Wait
from jimmy_ai_openapi_client.sdk.settings import Secret, Settings

KEY = "sk-S3CRET-key-0123456789"
STATUSES = {"P": "Processing", "R": "Processing", "Q": "Queued", "A": "Active", "F": "Failed"}
FINAL = set("AF")
ABSENT, MALFORMED = "-", "X"
TRANSIENT: dict[str, Callable[[], JimmyAIError]] = {
    "T": APIConnectionError,
    "5": partial(InternalServerError, status_code=500),
    "E": partial(InternalServerError, status_code=200, code=-1),
    "9": partial(RateLimitError, status_code=429, retry_after=40.0),
    "H": partial(APIResponseError, status_code=200),  # a page of HTML
    "G": partial(BadRequestError, status_code=400),  # of a gateway, as it has no code of the service
}
REFUSALS: dict[str, Callable[[], JimmyAIError]] = {
    "1": partial(AuthenticationError, status_code=200, code=20001),
    "3": partial(PermissionDeniedError, status_code=403),
    "4": partial(NotFoundError, status_code=404),
    "2": partial(APIStatusError, status_code=302),
    "0": partial(APIStatusError, status_code=200, code=30001),
    "U": partial(APIConnectionError, transient=False),  # an untrusted certificate
}
TROUBLE: dict[str, Callable[[], JimmyAIError]] = {
    **TRANSIENT,
    **REFUSALS,
    MALFORMED: partial(BadRequestError, status_code=200, code=20002),
}


class Chance(FakeClock):
    """A clock whose chance is fixed."""

    def __init__(self, chance: float) -> None:
        super().__init__()
        self._chance = chance

    def random(self) -> float:
        return self._chance


def settings(clock: FakeClock, **changes: Any) -> Settings:
    """Those of a client, without a network to reach."""
    options = {"timeout": 30.0, "max_retries": 3, "batch_size": 100, "concurrency": 4, "headers": {}}
    return Settings(key=Secret(KEY), base_url="", clock=clock, **{**options, **changes})


def asset(asset_id: str, status: str = "Active", **fields: Any) -> dict[str, Any]:
    """An asset as the service writes it."""
    return {"asset_id": asset_id, "status": status, **fields}


def model(fields: Mapping[str, Any]) -> SeedanceSpRealPersonAsset:
    """What generated code makes of it, null members left out as the judge does."""
    return SeedanceSpRealPersonAsset.from_dict({name: it for name, it in fields.items() if it is not None})


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
        return next((one for one in self.letters if one in TROUBLE), "")

    @property
    def is_answer(self) -> bool:
        """Whether it says something of each of its ids; a refused one of several says nothing of any."""
        return self.said == "" or (self.said == MALFORMED and len(self.ids) == 1)

    @property
    def described(self) -> list[dict[str, Any]]:
        """The assets of a good answer, as the service writes them."""
        pairs = zip(self.ids, self.letters, strict=True)
        early = {"asset_ref": "asset://early"}
        return [asset(one, STATUSES[at], **(early if at == "R" else {})) for one, at in pairs if at != ABSENT]

    @property
    def answer(self) -> Answer:
        """What a call makes of it."""
        if self.said:
            return TROUBLE[self.said]()
        return {one["asset_id"]: RealPersonAsset.from_model(model(one)) for one in self.described}


class Lives:
    """Each id has letters, one a request that names it; the last one stays. Ids without any are active.

    A request takes `latencies[n]` seconds when it is the n-th to name its first id, round and round.
    """

    def __init__(self, clock: FakeClock, lives: Mapping[str, str] = {}, *, latencies: Sequence[float] = (0.0,)) -> None:
        self.clock, self.asked = clock, list[Asked]()
        self._lives, self._latencies = lives, latencies
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

    @property
    def times(self) -> list[float]:
        """When the requests were sent, to the millisecond."""
        return [round(one.at, 3) for one in self.asked]

    @property
    def ids(self) -> list[str]:
        """The ids of each request, in one text."""
        return ["".join(one.ids) for one in self.asked]

    def simultaneous(self, todo: deque[Chunk], width: int) -> Iterator[Asked]:
        """Each request when its answer comes, with up to `width` under way at a time."""
        under_way: list[tuple[float, int, Asked]] = []
        while todo or under_way:
            while todo and len(under_way) < width:
                asked = self.ask(todo.popleft())
                heappush(under_way, (asked.at + asked.seconds, len(self.asked), asked))
            ends, _, asked = heappop(under_way)
            self.clock.advance(max(0.0, ends - self.clock.now()))
            yield asked


@define
class Waits:
    """Drives the rules of a wait as `real_person` does, but without HTTP."""

    service: Lives
    settings: Settings
    rounds: list[list[Asked]]

    def wait(self, asset_id: str, **options: Any) -> RealPersonAsset:
        return self.wait_many([asset_id], **options)[asset_id]

    def wait_many(
        self,
        ids: Iterable[str],
        *,
        timeout: float | None = 1800.0,
        on_update: Callable[..., object] | None = None,
        on_progress: Callable[..., object] | None = None,
        on_failure: Any = "raise",
    ) -> WaitResult:
        wait = Wait(list(ids), timeout=timeout, on_failure=on_failure, settings=self.settings)
        for _ in self._run(wait, on_update, on_progress):
            pass
        return wait.known()

    def as_completed(
        self,
        ids: Iterable[str],
        *,
        timeout: float | None = 1800.0,
        on_progress: Callable[..., object] | None = None,
    ) -> Iterator[RealPersonAsset]:
        wait = Wait(list(ids), timeout=timeout, on_failure="yield", settings=self.settings)
        return self._run(wait, None, on_progress)

    def _run(
        self, wait: Wait, on_update: Callable[..., object] | None, on_progress: Callable[..., object] | None
    ) -> Iterator[RealPersonAsset]:
        while one_round := wait.next_round():
            self.rounds += [[]] if one_round.pause or not self.rounds else []
            self.service.clock.sleep(one_round.pause)
            for asked in self.service.simultaneous(one_round.todo, self.settings.concurrency):
                self.rounds[-1].append(asked)
                updates, progress = wait.receive(asked.ids, asked.answer)
                for update in updates:
                    if on_update:
                        on_update(*update)
                    if update[0].is_final:
                        yield update[0]
                if on_progress:
                    on_progress(progress)


def waiting(
    lives: Mapping[str, str] = {}, *, latencies: Sequence[float] = (0.0,), chance: float = 0.5, **options: Any
) -> tuple[Lives, Waits]:
    """A service, and what waits for its assets."""
    service = Lives(Chance(chance), lives, latencies=latencies)
    return service, Waits(service, settings(service.clock, **options), [])
