"""The real `wait_many` flow, played on the same clock and the same assets as the rules."""

from collections.abc import Sequence
from random import Random

from jimmy_ai_openapi_client import AssetStatus, RealPersonAsset, WaitTimeoutError
from jimmy_ai_openapi_client.sdk.mock import FakeClock
from jimmy_ai_openapi_client.sdk.watch import Watch

from .simulate import CONCURRENCY, DEADLINE, LATENCY, Played


class _Chance(FakeClock):
    def __init__(self, chance: Random) -> None:
        super().__init__()
        self.random = chance.random  # type: ignore[method-assign]


def play_flow(population: Sequence[float], chance: Random, *, batch_size: int = 100) -> Played:
    """One wait of `Watch`, whose caller hears of an asset with the answer of its own four requests."""
    clock = _Chance(chance)
    moments = {str(number): moment for number, moment in enumerate(population)}
    watch = Watch(list(moments), timeout=DEADLINE, on_failure="return", clock=clock, size=batch_size, width=CONCURRENCY)
    flow, delays = watch.flow(), []
    answers: list[dict[str, RealPersonAsset]] = []
    try:
        look = next(flow)
        while True:
            delays += [clock.now() - moments[asset.asset_id] for asset in look.finals]
            clock.sleep(look.pause)
            answers = [{one: _seen(one, final=moments[one] <= clock.now()) for one in chunk} for chunk in look.chunks]
            clock.advance(LATENCY if look.chunks else 0.0)
            look = flow.send(answers)
    except (StopIteration, WaitTimeoutError):
        return Played(watch.result().requests, delays)


def _seen(asset_id: str, *, final: bool) -> RealPersonAsset:
    return RealPersonAsset(asset_id, AssetStatus.ACTIVE if final else AssetStatus.PROCESSING)
