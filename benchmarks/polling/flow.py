"""The policy of `wait_many`, played on the same clock and the same assets as the rules."""

from collections.abc import Sequence
from random import Random

from jimmy_ai_openapi_client import AssetStatus, RealPersonAsset, WaitTimeoutError
from jimmy_ai_openapi_client.sdk.mock import FakeClock
from jimmy_ai_openapi_client.sdk.policy.wait import Wait

from ..waiting import settings
from .simulate import CONCURRENCY, DEADLINE, LATENCY, Played


class _Chance(FakeClock):
    def __init__(self, chance: Random) -> None:
        super().__init__()
        self.random = chance.random  # type: ignore[method-assign]


def play_flow(population: Sequence[float], chance: Random, *, batch_size: int = 100) -> Played:
    """One wait, whose caller is told of an asset with the answer of its own request."""
    clock = _Chance(chance)
    moments = {str(number): moment for number, moment in enumerate(population)}
    options = settings(clock, size=batch_size, width=CONCURRENCY)
    wait = Wait(list(moments), timeout=DEADLINE, on_failure="return", settings=options)
    delays: list[float] = []
    try:
        while one_round := wait.next_round():
            clock.sleep(one_round.pause)
            while one_round.todo:
                # Requests take the same time, so those that are sent together are answered together.
                together = [one_round.todo.popleft() for _ in range(min(CONCURRENCY, len(one_round.todo)))]
                now = clock.now()
                clock.advance(LATENCY)
                for chunk in together:
                    answer = {one: _seen(one, final=moments[one] <= now) for one in chunk}
                    updates = wait.receive(chunk, answer).updates
                    delays += [clock.now() - moments[one.asset_id] for one, _ in updates if one.is_final]
    except WaitTimeoutError:
        pass
    return Played(wait.known().requests, delays)


def _seen(asset_id: str, *, final: bool) -> RealPersonAsset:
    return RealPersonAsset(asset_id, AssetStatus.ACTIVE if final else AssetStatus.PROCESSING)
