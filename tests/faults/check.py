"""Hold what came of a case against what its author expected."""

from jimmy_ai_openapi_client import BatchResult, RealPersonAsset

from .case import Case, Raises, Value
from .run import Outcome
from .script import Kind

SLACK = 20.0
"""Seconds an attempt may take beyond its timeout on a slow machine. One that hangs takes longer."""


def complaints(case: Case, kind: Kind, outcome: Outcome) -> list[str]:
    """What is not as expected, a line each."""
    want = case.wanted(kind)
    said = _value(case, want, outcome) if isinstance(want, Value) else _error(want, outcome)
    seen = want.requests if isinstance(want, Value) or want.seen is None else want.seen
    said += [f"{len(outcome.requests)} requests, not {seen}"] * (seen not in {-1, len(outcome.requests)})
    said += [f"pauses {outcome.pauses}, not {want.pauses}"] * (want.pauses not in {None, outcome.pauses})
    bound = want.requests * (case.timeout + SLACK)
    said += [f"{outcome.elapsed:.1f} s, over {bound:.1f} s"] * (outcome.elapsed > bound)
    return said


def _value(case: Case, want: Value, outcome: Outcome) -> list[str]:
    got = outcome.value
    if isinstance(got, BatchResult):
        present = case.ids if want.present is None else want.present
        said = [] if tuple(got) == present else [f"answers for {tuple(got)}, not {present}"]
        said += [] if got.missing == want.missing else [f"missing {got.missing}, not {want.missing}"]
        return said + [line for name in present[:1] if name in got for line in _asset(got[name], want)]
    return _asset(got, want) if isinstance(got, RealPersonAsset) else [f"{outcome.error!r}, not a value"]


def _asset(got: RealPersonAsset, want: Value) -> list[str]:
    expected = {"asset_id": got.asset_id, **want.attributes}
    return [f"{name} is {getattr(got, name)!r}" for name, value in expected.items() if getattr(got, name) != value]


def _error(want: Raises, outcome: Outcome) -> list[str]:
    error = outcome.error
    if type(error) is not want.error:
        return [f"{error!r:.300}, not {want.error.__name__}" if error else f"{outcome.value!r:.300}, not an error"]
    facts = {"attempts": want.requests, **want.attributes}
    said = [
        f"{name} is {getattr(error, name)!r:.300}" for name, value in facts.items() if getattr(error, name) != value
    ]
    said += [] if want.says in str(error) else [f"{str(error)!r:.300} does not say {want.says!r}"]
    return said
