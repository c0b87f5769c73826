import asyncio
import threading

import pytest

from jimmy_ai_openapi_client.sdk.mock import FakeClock


def test_sleeps_return_at_once_and_move_both_times_on() -> None:
    clock = FakeClock(1000.0)
    clock.sleep(5)
    asyncio.run(clock.asleep(2.5))
    clock.advance(10)
    assert clock.slept == [5, 2.5]
    assert clock.now() == 17.5
    assert clock.wall() == 1017.5


def test_chance_repeats() -> None:
    assert {FakeClock().random() for _ in range(3)} == {0.5}
    drawn, same, other = ([clock.random() for _ in range(5)] for clock in map(seeded, (1, 1, 2)))
    assert drawn == same != other
    assert len(set(drawn)) == 5


def seeded(seed: int) -> FakeClock:
    return FakeClock(seed=seed)


@pytest.mark.parametrize("seconds", [-1, float("nan")])
def test_time_does_not_go_back(seconds: float) -> None:
    clock = FakeClock()
    with pytest.raises(ValueError, match="forward only"):
        clock.sleep(seconds)
    assert clock.now() == 0
    assert clock.slept == []


def test_threads_lose_no_second() -> None:
    clock = FakeClock()

    def nap() -> None:
        for _ in range(500):
            clock.sleep(1)

    threads = [threading.Thread(target=nap) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert clock.now() == 4000
    assert len(clock.slept) == 4000
