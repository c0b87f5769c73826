"""The tables and the frontier, as text."""

from collections.abc import Iterator

from .flow import play_flow
from .measure import SEEDS, Sample, compare, sample, sample_of, verdict
from .plot import Bounds, Series
from .populations import POPULATIONS, log_normal
from .rules import ABLATIONS, REFERENCES, MakeRule, back_to_5, cadence, fixed, growing, knowing, priced
from .simulate import play_singly

BOUNDS: Bounds = (60.0, 260.0, 3.5, 9.1)
FIGURES = " requests  mean   p95"


def _singly(name: str, size: int) -> Sample:
    return sample_of(POPULATIONS[name], size, lambda times, _: play_singly(times))


def references() -> Iterator[str]:
    """The published points came from 50 ids to a request; the client sends 100."""
    yield f"200 assets, log-normal, median 120 s, {SEEDS[200]} seeds. Published: 5546 / 3.5, 110 / 8.7, 195 / 4.1"
    yield f"{'':34}{FIGURES}"
    yield f"{'one request an asset every 6 s':34}{_singly('log-normal, median 120 s', 200)}"
    for batch_size in (50, 100):
        for name, rule in {**REFERENCES, "cadence": cadence, "told the distribution": knowing(3.0)}.items():
            yield f"{f'{name} ({batch_size} ids)':34}{sample(log_normal, 200, rule, batch_size=batch_size)}"
    yield f"{'wait_many itself (100 ids)':34}{sample_of(log_normal, 200, play_flow)}"


def itself() -> Iterator[str]:
    """The figures of the shipped code: unlike the simulated rounds it tells news four requests at a time."""
    yield "\nwait_many itself, beside the simulated cadence"
    yield f" assets  {'':26}{FIGURES}    {FIGURES}"
    for size, seeds in ((1, 200), (200, 60), (10_000, 2)):
        for name, population in POPULATIONS.items():
            flow, rule = (
                sample_of(population, size, play_flow, seeds=seeds),
                sample(population, size, cadence, seeds=seeds),
            )
            yield f"{size:7,}  {name:26}{flow}    {rule}"


def everything() -> Iterator[str]:
    """All populations and sizes, then what the rule gains or gives up against going back to 5 s."""
    columns = ("one an asset, 6 s", *REFERENCES, "cadence")
    verdicts: list[str] = []
    for size, seeds in SEEDS.items():
        yield f"\n{size:,} assets, {seeds:,} seeds"
        yield f"{'':26}" + "".join(f"{column:>24}" for column in columns)
        yield f"{'':26}" + f"{FIGURES:>24}" * len(columns)
        for name, population in POPULATIONS.items():
            kept, ours = (sample(population, size, rule) for rule in (back_to_5, cadence))
            row = (_singly(name, size), sample(population, size, growing), kept, ours)
            yield f"{name:26}" + "".join(f"{one!s:>24}" for one in row)
            requests, delay = compare(ours, kept)
            verdicts.append(
                f"{size:7,}  {name:26}{requests}  {delay}  {ours.p95 - kept.p95:+5.1f}  {verdict(ours, kept)}"
            )
    yield "\ncadence against '5 to 15 s, back to 5', paired by seed, 95 % intervals"
    yield f" assets  {'':26}{'requests':15}  {'mean delay':15}  p95,s"
    yield from verdicts


def ablations() -> Iterator[str]:
    yield "\nWhat the parts are for: change against '5 to 15 s, back to 5', 200 assets, requests / mean delay"
    rules = {"cadence": cadence, **ABLATIONS}
    yield f"{'':26}" + "".join(f"{name:>26}" for name in rules)
    for name, population in POPULATIONS.items():
        kept = sample(population, 200, back_to_5, seeds=60)
        changes = (compare(sample(population, 200, rule, seeds=60), kept) for rule in rules.values())
        cells = (f"{100 * requests.share:+.1f} / {100 * delay.share:+.1f} %" for requests, delay in changes)
        yield f"{name:26}" + "".join(f"{cell:>26}" for cell in cells)


def frontier() -> list[Series]:
    def points(*rules: MakeRule, batch_size: int = 100) -> list[tuple[float, float]]:
        found = (sample(log_normal, 200, rule, batch_size=batch_size) for rule in rules)
        return [(one.requests, one.delay) for one in found]

    prices = (0.25, 0.5, 1, 1.5, 2, 2.5, 3, 4, 6, 8, 12, 16, 24, 32)
    return [
        Series("this rule, told the true distribution", "o", "#555", points(*map(knowing, prices)), joined=True),
        Series(
            "a fixed pause: 5 6 7 8 10 12 15 s", "f", "#bbb", points(*map(fixed, (5, 6, 7, 8, 10, 12, 15))), joined=True
        ),
        Series("this rule at other prices of a request", ".", "#6ab", points(*map(priced, prices)), joined=True),
        Series("5 to 15 s, 50 ids (published 110 / 8.7)", "g", "#b80", points(growing, batch_size=50)),
        Series("5 to 15 s, 100 ids", "G", "#850", points(growing)),
        Series("back to 5, 50 ids (published 195 / 4.1)", "r", "#e66", points(back_to_5, batch_size=50)),
        Series("back to 5, 100 ids", "R", "#b00", points(back_to_5)),
        Series("this rule, 50 ids", "c", "#4a4", points(cadence, batch_size=50)),
        Series("this rule, 100 ids", "C", "#060", points(cadence)),
    ]
