"""The claim that the polling rule was chosen for."""

from importlib import import_module


def test_fewer_requests_and_no_later_news_than_going_back_to_five_seconds() -> None:
    """The claim the rule was chosen for, on the benchmark's main population."""
    # By name, since type checkers are also given the folder and would meet its files under two names.
    measure, populations, rules = (
        import_module(f"benchmarks.polling.{part}") for part in ("measure", "populations", "rules")
    )
    ours = measure.sample(populations.log_normal, 200, rules.cadence, seeds=100)
    simpler = measure.sample(populations.log_normal, 200, rules.back_to_5, seeds=100)
    requests, delay = measure.compare(ours, simpler)
    assert requests.share + requests.spread < -0.02
    assert delay.share < 0.01
    assert ours.p95 < simpler.p95
