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


def test_asleep_lets_other_tasks_run() -> None:
    clock, order = FakeClock(), list[str]()

    async def nap(name: str) -> None:
        order.append(name)
        await clock.asleep(1)
        order.append(name)

    async def both() -> None:
        await asyncio.gather(nap("a"), nap("b"))

    asyncio.run(both())
    assert order == ["a", "b", "a", "b"]


def test_chance_repeats() -> None:
    assert {FakeClock().random() for _ in range(3)} == {0.5}
    one, same, other = FakeClock(seed=1), FakeClock(seed=1), FakeClock(seed=2)
    drawn = [one.random() for _ in range(5)]
    assert drawn == [same.random() for _ in range(5)]
    assert drawn != [other.random() for _ in range(5)]
    assert len(set(drawn)) == 5
    assert all(0 <= number < 1 for number in drawn)


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
