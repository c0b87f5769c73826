"""Every case through the clients: run once each, looked at from all sides.

FAULTS_EVERYWHERE=1 plays all of them to each client, on its own transport and on given ones.
"""

import os
from dataclasses import dataclass

import pytest

from jimmy_ai_openapi_client import BatchResult, JimmyAIError, RealPersonAsset

from . import cases_wire
from .case import Case
from .cases import CASES
from .check import complaints
from .hygiene import impurities, leaks
from .run import GIVEN, OWN, Flavour, Outcome, run
from .script import ASSET_ID
from .tls import Tls

SYNC_SINGLE, _, _, ASYNC_BATCH = OWN
EVERYTHING = bool(os.environ.get("FAULTS_EVERYWHERE"))


def flavours(case: Case) -> list[Flavour]:
    """What happens on the wire is met by each client on each transport; what an answer says is judged by all alike."""
    if EVERYTHING:
        chosen = [*OWN, *GIVEN]
    elif case in cases_wire.CASES:
        chosen = [*OWN, *(one for one in GIVEN if one.kind == "single")]
    else:
        chosen = [SYNC_SINGLE, ASYNC_BATCH]
    return [one for one in chosen if case.only in {None, one.kind}]


TAKEN_OTHERWISE = {"status/101"} | {
    f"wire/{name}"
    for name in (
        "body-longer-than-said",
        "chunk-extension-endless",
        "length-zero",
        "many-headers",
        "status-099",
        "status-zero",
        "transfer-encoding-unknown",
    )
}
"""What aiohttp's parser takes, or refuses, where httpx's does not: another error of our tree."""

RUNS = [(case, flavour) for case in CASES for flavour in flavours(case)]


@dataclass(frozen=True, slots=True)
class Played:
    """A case that has been run."""

    case: Case
    flavour: Flavour
    outcome: Outcome


@pytest.fixture(scope="module", params=RUNS, ids=[f"{case.name}-{flavour}" for case, flavour in RUNS])
def played(request: pytest.FixtureRequest, tls: Tls) -> Played:
    """The case, run."""
    case, flavour = request.param
    return Played(case, flavour, run(case, flavour, tls.trusted))


def test_ends_as_expected(played: Played) -> None:
    """The value or the error that stands beside the case, after so many requests and pauses, in bounded time."""
    if played.flavour.name == "aiohttp" and played.case.name in TAKEN_OTHERWISE:
        assert isinstance(played.outcome.error, JimmyAIError)
        assert played.outcome.elapsed < 60
        return
    assert complaints(played.case, played.flavour.kind, played.outcome) == []


def test_leaves_no_trace(played: Played) -> None:
    """What is raised is of our tree, one printable line, plain data that pickles; the key is seen nowhere.

    The next call succeeds, with at most its one connection open, and none once the client is closed.
    """
    outcome = played.outcome
    assert impurities(outcome.error) == []
    assert leaks(outcome) == []
    after = outcome.after[ASSET_ID] if isinstance(outcome.after, BatchResult) else outcome.after
    assert isinstance(after, RealPersonAsset), f"{after!r}"
    assert outcome.open_after <= 1
    assert outcome.open_closed == 0


def test_case_names_are_unique() -> None:
    """Two cases of one name would hide each other in a report."""
    assert len({case.name for case in CASES}) == len(CASES)
