import asyncio

import pytest

from jimmy_ai_openapi_client.sdk.mock import FakeClock


def test_sleeps_return_at_once_and_move_both_times_on() -> None:
    clock = FakeClock(1000.0)
    clock.sleep(5)
    asyncio.run(clock.asleep(2.5))
    clock.advance(10)
    assert (clock.slept, clock.now(), clock.wall()) == ([5, 2.5], 17.5, 1017.5)


def test_chance_repeats() -> None:
    assert {FakeClock().random() for _ in range(3)} == {0.5}
    drawn, same, other = ([clock.random() for _ in range(5)] for clock in (FakeClock(seed=seed) for seed in (1, 1, 2)))
    assert drawn == same != other
    assert len(set(drawn)) == 5


@pytest.mark.parametrize("seconds", [-1, float("nan")])
def test_time_does_not_go_back(seconds: float) -> None:
    clock = FakeClock()
    with pytest.raises(ValueError, match="forward only"):
        clock.sleep(seconds)
    assert (clock.now(), clock.slept) == (0, [])
