"""The polling rule: its limits, and which way it moves."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jimmy_ai_openapi_client.sdk.policy.polling import LONGEST, SHORTEST, PollingInterval

Script = list[tuple[float, int, int]]
"""Seconds since the answers of the round before, still waiting, found final."""

rounds = st.lists(
    st.tuples(st.floats(0, 1e6), st.integers(1, 100_000), st.integers(0, 100_000)), min_size=1, max_size=60
)
"""Wilder than any server."""

chances = st.floats(0, 1, exclude_max=True)


STEADY = 14.25
"""The longest pause, without chance: half-way between nine tenths of it and all of it."""


def middle() -> float:
    return 0.5


def play(rule: PollingInterval, script: Script) -> list[float]:
    now, pauses = 1000.0, []
    for seconds, waiting, changed in script:
        now += seconds
        pauses.append(rule.next(now, waiting, changed))
    return pauses


def idle(rule: PollingInterval, waiting: int, times: int, *, latency: float = 0.5) -> tuple[float, list[float]]:
    """A look every pause that finds nothing; the time of the last answer, and the pauses."""
    now, pauses = latency, [rule.next(latency, waiting, 0)]
    for _ in range(times):
        now += pauses[-1] + latency
        pauses.append(rule.next(now, waiting, 0))
    return now, pauses


@given(rounds, st.lists(chances, min_size=1), st.integers(1, 1000), st.floats(0.01, 100))
def test_every_pause_is_within_the_advice(script: Script, randoms: list[float], batch_size: int, price: float) -> None:
    chance = Random(len(randoms))
    rule = PollingInterval(lambda: chance.choice(randoms), batch_size)
    rule.price = price
    assert all(SHORTEST <= pause <= LONGEST for pause in play(rule, script))
    assert (SHORTEST, LONGEST) == (5.0, 15.0)


@given(st.integers(1, 100_000), st.floats(0, 30))
def test_pauses_grow_to_the_longest_while_nothing_happens(waiting: int, latency: float) -> None:
    _, pauses = idle(PollingInterval(middle, 100), waiting, 300, latency=latency)
    assert all(earlier <= later for earlier, later in pairwise(pauses))
    assert pauses[0] < 6
    assert pauses[-1] == STEADY


def test_many_that_may_become_final_together_are_asked_for_often_for_longer() -> None:
    """Two hundred for two minutes and more, as the docstring says; one for no longer than it takes to ask twice."""
    _, many = idle(PollingInterval(middle, 100), 200, 22)
    _, one = idle(PollingInterval(middle, 100), 1, 22)
    assert sum(many) > 120 and set(many) == {5.25}
    assert one[1] > 8


@pytest.mark.parametrize(("chance", "pauses"), [(0.5, [8.485, 10.817]), (0.0, [7.637, 9.735]), (1.0, [9.334, 11.899])])
def test_a_worked_example(chance: float, pauses: list[float]) -> None:
    """Five of ten found in 6 s, a twelfth of one each second; after 6 s more without, 4 in 78 asset-seconds.

    So five more at 0.256 a second, and 6 * 5 / 0.256 = 10.817². Alone, the time waited says one in 24 s. Chance adds a
    tenth, or takes it away.
    """
    script = [(0.0, 10, 0), (6.0, 5, 5), (6.0, 5, 0)]
    assert play(PollingInterval(lambda: chance, batch_size=1), script)[1:] == pytest.approx(pauses, abs=1e-3)


def test_a_worked_example_of_nothing_found() -> None:
    """After 12 s, one in 24 s: for three assets one in 8 s, and 6 / (1 / 8) = 6.928²."""
    assert play(PollingInterval(middle, 100), [(0, 3, 0), (6, 3, 0), (6, 3, 0)])[-1] == pytest.approx(6.928, abs=1e-3)


def test_a_wait_of_days_does_not_wear_the_rule_out() -> None:
    now, pauses = idle(PollingInterval(middle, 100), 3, 20_000)
    assert pauses[-1] == STEADY
    assert now > 3 * 86_400


@given(st.integers(1, 100_000), st.integers(1, 1000), st.integers(0, 20))
def test_a_find_never_makes_the_next_pause_longer(waiting: int, found: int, quiet_rounds: int) -> None:
    """With as many still waiting: fewer may be asked for less often."""
    quiet = [(0.0, waiting, 0), *[(9.0, waiting, 0)] * (quiet_rounds + 1)]
    surprised = [(0.0, waiting + found, 0), *[(9.0, waiting + found, 0)] * quiet_rounds, (9.0, waiting, found)]
    assert play(PollingInterval(middle, 100), surprised)[-1] <= play(PollingInterval(middle, 100), quiet)[-1]


def test_quick_again_within_two_rounds_of_finds() -> None:
    rule = PollingInterval(middle, 100)
    now, pauses = idle(rule, 200, 300)
    assert pauses[-1] == STEADY
    first = rule.next(now + 15.5, 180, 20)
    second = rule.next(now + 15.5 + first + 0.5, 160, 20)
    assert first < 8
    assert second < 6


def test_slower_when_few_are_left_that_finish_at_the_same_pace_each() -> None:
    many, few = PollingInterval(middle, 100), PollingInterval(middle, 100)
    often = play(many, [(0, 100, 0), (6, 99, 1), (6, 98, 1)])
    seldom = play(few, [(0, 10, 0), (60, 9, 1), (60, 8, 1)])
    assert seldom[-1] > often[-1]


def test_a_round_of_more_requests_is_asked_less_often() -> None:
    one_request, hundred_requests = PollingInterval(middle, 100), PollingInterval(middle, 1)
    script = [(0.0, 100, 0), (6.0, 100, 0)]
    assert play(hundred_requests, script)[-1] > play(one_request, script)[-1]


@given(st.integers(0, 100_000), chances)
def test_what_was_final_at_the_first_look_says_nothing_of_the_pace(found: int, random: float) -> None:
    fresh, resumed = PollingInterval(lambda: random, 100), PollingInterval(lambda: random, 100)
    assert play(fresh, [(0, 50, 0), (6, 50, 0)]) == play(resumed, [(0, 50, found), (6, 50, 0)])


@given(st.integers(1, 1000), st.integers(0, 20), st.integers(0, 9), st.integers(0, 9))
def test_every_pause_has_jitter(waiting: int, times: int, one: int, other: int) -> None:
    """Those at the limits too."""
    first, second = (
        idle(PollingInterval(chance, 100), waiting, times)[1] for chance in (lambda: one / 10, lambda: other / 10)
    )
    assert (first == second) == (one == other)
