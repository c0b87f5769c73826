"""The claims that the polling rule was chosen for, and the simulation that they rest on."""

from random import Random
from typing import Any

import numpy as np
import pytest

from benchmarks.polling import rules
from benchmarks.polling.measure import playing, regret, sample
from benchmarks.polling.oracle import least
from benchmarks.polling.rules import Lately, ours
from benchmarks.polling.simulate import LATENCY, play

MAIN = ("log-normal, median 120 s", 200)
EVERY = {**rules.RULES, "told": rules.Told, "experienced": lambda *_: rules.Experienced(*_, earlier=[60.0] * 9)}


class Script:
    """Pauses of 10 s."""

    def __init__(self, *_: Any) -> None:
        self.told: list[tuple[float, int, int]] = []

    def next(self, now: float, waiting: int, changed: int) -> float:
        self.told.append((now, waiting, changed))
        return 10.0


def test_a_wait_is_played_as_wait_many_would() -> None:
    """Three hundred assets in batches of fifty, four requests at a time: 200 of them final at once, 100 after 5 s."""
    rule = Script()
    played = play(np.array([0.0] * 200 + [5.0] * 100), lambda *_: rule, Random(1), batch_size=50)
    assert rule.told == [(2 * LATENCY, 100, 200)]
    assert played.requests == 6 + 2
    assert sorted(set(played.delays.round(6))) == pytest.approx([LATENCY, 10 + 3 * LATENCY - 5])
    assert played.cost(2.0) == pytest.approx(16 + 200 * LATENCY + 100 * (5 + 3 * LATENCY))


def test_fewer_requests_and_no_later_news_than_the_simpler_rules() -> None:
    """On the main population."""
    new, old, simpler = (sample(MAIN, playing(rule), 100) for rule in (ours, Lately, rules.back_to_5))
    assert new.requests < old.requests < simpler.requests
    assert new.delay < 1.01 * simpler.delay
    assert new.p95 < simpler.p95


@pytest.mark.parametrize("name", ["constant, 90-150 s", "six bursts in 300 s"])
def test_those_that_become_final_together_are_known_far_sooner(name: str) -> None:
    new, old = (sample((name, 200), playing(rule), 20) for rule in (ours, Lately))
    assert new.delay < 0.85 * old.delay
    assert regret((name, 200), ours, 2.0) < 0.8 * regret((name, 200), Lately, 2.0)


@pytest.mark.parametrize("name", EVERY)
def test_no_rule_costs_less_than_the_least_possible(name: str) -> None:
    moments = np.random.default_rng(1).uniform(0, 100, 50)
    assert play(moments, EVERY[name], Random(1)).cost(2.0) > 0.98 * least(moments, 2.0)  # which counts in half seconds


def test_the_least_possible_of_what_can_be_seen() -> None:
    """Final before the wait: one request. Final after 100 s: seven pauses of at most 15 s, and jitter."""
    assert least(np.array([-LATENCY]), 2.0) == 2.0
    assert 2.0 * 8 + LATENCY < least(np.array([100.0]), 2.0) < 2.0 * 8 + LATENCY + 3
