"""Scripted lives of assets, and waits for them that send nothing and take no time."""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from heapq import heappop, heappush
from typing import Any

from attrs import define, field, frozen

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
    Progress,
    RateLimitError,
    RealPersonAsset,
    WaitResult,
)
from jimmy_ai_openapi_client.models import SeedanceSpRealPersonAsset
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock
from jimmy_ai_openapi_client.sdk.policy.batch import Answer, Chunk
from jimmy_ai_openapi_client.sdk.policy.wait import OnFailure, Update, Wait
from jimmy_ai_openapi_client.sdk.settings import Secret, Settings

KEY = "sk-S3CRET-key-0123456789"
DESCRIBED = {
    "P": {"status": "Processing"},
    "R": {"status": "Processing", "asset_ref": "asset://early"},
    "N": {"status": "Processing", "name": "new"},
    "Q": {"status": "Queued"},
    "A": {"status": "Active"},
    "F": {"status": "Failed"},
}
FINAL = set("AF")
ABSENT, MALFORMED = "-", "X"
TRANSIENT: dict[str, Callable[[], JimmyAIError]] = {
    "T": APIConnectionError,
    "5": partial(InternalServerError, status_code=500),
    "E": partial(InternalServerError, status_code=200, code=-1),
    "7": partial(RateLimitError, status_code=429, retry_after=1.0),
    "8": partial(RateLimitError, status_code=429, retry_after=9.0),
    "9": partial(RateLimitError, status_code=429, retry_after=40.0),
    "L": partial(RateLimitError, status_code=429, retry_after=1e30),
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
        return [asset(one, **DESCRIBED[at]) for one, at in pairs if at != ABSENT]

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


@frozen
class Script:
    """One wait: what it is for, and how it goes."""

    lives: Mapping[str, str]
    timeout: float | None = 1800.0
    latencies: Sequence[float] = (0.0,)
    size: int = 100
    width: int = 4
    chance: float = 0.5
    on_failure: OnFailure = "raise"
    begins: float = 0.0
    busy: Mapping[str, float] = field(factory=dict[str, float])
    """Seconds that the caller takes for what is told of an id."""


@define
class Played:
    """What was asked, told, and how it ended."""

    asked: list[Asked]
    rounds: list[list[Asked]] = field(factory=list)
    told: list[Update] = field(factory=list)
    progress: list[Progress] = field(factory=list)
    log: list[str] = field(factory=list)
    """What was told, each with the number of requests until then."""
    error: JimmyAIError | None = None
    known: WaitResult = field(factory=WaitResult)

    @property
    def finals(self) -> dict[str, RealPersonAsset]:
        """What the caller was handed of assets that are final."""
        return {asset.asset_id: asset for asset, _ in self.told if asset.is_final}


def play(script: Script) -> Played:
    """Drive the rules of a wait as `real_person` does, but without HTTP."""
    service = Lives(Chance(script.chance), script.lives, latencies=script.latencies)
    service.clock.advance(script.begins)
    options = settings(service.clock, batch_size=script.size, concurrency=script.width)
    wait = Wait(list(script.lives), timeout=script.timeout, on_failure=script.on_failure, settings=options)
    played = Played(service.asked)
    try:
        while one_round := wait.next_round():
            service.clock.sleep(one_round.pause)
            played.rounds.append([])
            for asked in service.simultaneous(one_round.todo, script.width):
                played.rounds[-1].append(asked)
                updates, progress = wait.receive(asked.ids, asked.answer)
                for update in updates:
                    if script.on_failure != "yield" or update[0].is_final:
                        played.told.append(update)
                        played.log.append(f"{len(service.asked)}: {as_text(update)}")
                        service.clock.advance(script.busy.get(update[0].asset_id, 0.0))
                played.progress.append(progress)
                played.log.append(f"{len(service.asked)}: {as_text(progress)}")
        played.known = wait.known()
    except JimmyAIError as error:
        played.error, known = error, getattr(error, "result", error.wait_result)
        assert known is not None
        played.known = known
    return played


def as_text(news: Update | Progress) -> str:
    """What is told, in a few words."""
    if isinstance(news, Progress):
        missing = f", {' '.join(news.missing)} missing" * bool(news.missing)
        return f"{news.done} of {news.total}, {news.failed} failed{missing}, {news.elapsed:.2f} s"
    asset, previous = news
    return f"{asset.asset_id} {state(asset)}" + f" after {state(previous)}" * (previous is not None)


def state(asset: RealPersonAsset | None) -> str:
    """What may change of an asset in a script."""
    return " ".join(text for text in (asset.status, asset.asset_ref, asset.name) if text) if asset else ""
