"""What the first table rests on: a service on simulated time, and everyone who waits for it."""

from random import Random

import numpy as np
import pytest

from benchmarks.job.others import CANDIDATES
from benchmarks.job.service import Service, one_round
from benchmarks.job.table import rows
from benchmarks.measures.effort import TINY
from benchmarks.polling.simulate import DEADLINE

LATENCY = 0.1
MOMENTS = np.array([0.0, 30.0, 60.0, np.inf])


def test_an_answer_tells_what_was_when_the_request_was_sent() -> None:
    service = Service(np.array([0.0, 0.05]), LATENCY)
    both = [f"asset-{number:08d}" for number in (0, 1)]
    assert service.ask(both) == both[1:]
    assert service.ask(both[1:]) == []
    assert service.requests == 2
    assert list(service.heard) == pytest.approx([0.1, 0.2])


def test_it_is_too_late_after_the_deadline() -> None:
    service = Service(MOMENTS, LATENCY)
    service.sleep(DEADLINE + 1)
    with pytest.raises(TimeoutError):
        service.ask([])


@pytest.mark.parametrize("name", CANDIDATES)
def test_whoever_waits_hears_of_all_that_is_final_and_of_nothing_before(name: str) -> None:
    outcome = CANDIDATES[name](MOMENTS, LATENCY, Random(1))
    *final, never = outcome.heard
    assert all(0 <= heard - moment <= 15 + 5 * LATENCY for heard, moment in zip(final, MOMENTS, strict=False))
    assert np.isinf(never)
    assert outcome.requests > DEADLINE / 16


def test_a_slow_answer_holds_nobody_up() -> None:
    """Five requests, four at a time: the fifth follows the first answer."""
    assert one_round(5, iter([1.0, 4.0, 4.0, 4.0, 3.0])) == pytest.approx(4.0)


def test_the_table_has_everyone_in_every_case() -> None:
    table = list(rows(TINY))
    assert len(table) == len({(row.case, row.candidate) for row in table})
    assert len(table) % len(CANDIDATES) == 0
    assert all(row.cost > 0 and row.unknown == 0 for row in table)
