"""Every case, looked at from all sides: over real connections what is wrong with the wire, in this process the rest.

FAULTS_EVERYWHERE=1 plays all of them over the wire to each client, on its own transport and on given ones.
"""

import os
from dataclasses import replace

import pytest

from jimmy_ai_openapi_client import BatchResult, JimmyAIError, RealPersonAsset

from .case import Case
from .cases import CASES
from .check import complaints
from .hygiene import impurities, leaks
from .inside import Inside, is_framed
from .run import GIVEN, OWN, Flavour, Outcome, call, run, surroundings
from .script import ASSET_ID
from .tls import Tls

SYNC_SINGLE, _, _, ASYNC_BATCH = OWN
REPRESENTATIVES = {
    *("codes/20000-text", "codes/20001", "codes/minus-one-once", "shapes/data-null", "shapes/kept-unknown-fields"),
    *(
        "shapes/items-some-missing",
        "status/403-page",
        "status/429-envelope",
        "status/503-thrice",
        "status/302-redirect",
    ),
    *(
        "status/999-page",
        "status/226-good-body",
        "bodies/page-waf",
        "bodies/cut-at-60",
        "bodies/gzip",
        "bodies/gzip-cut",
    ),
    *("bodies/gzip-twice", "bodies/one-byte-too-large", "retry/digits", "retry/61", "echo/401-msg", "echo/200-page"),
}
"""Of the cases that need no wire, those that show that it makes no difference."""

TAKEN_OTHERWISE = {"status/101"} | {
    f"wire/{name}"
    for name in (
        *("body-longer-than-said", "chunk-extension-endless", "length-zero", "many-headers"),
        *("status-099", "status-zero", "transfer-encoding-unknown"),
    )
}
"""What aiohttp's parser takes, or refuses, where httpx's does not: another error of our tree."""


def needs_no_wire(case: Case) -> bool:
    return all(map(is_framed, case.play)) and not case.name.startswith("wire/")


def flavours(case: Case) -> list[Flavour]:
    """Who meets it on the wire."""
    if os.environ.get("FAULTS_EVERYWHERE"):
        chosen = [*OWN, *GIVEN]
    elif case.name.startswith("wire/"):
        chosen = [*OWN, *(one for one in GIVEN if one.kind == "single")]
    elif case.name in REPRESENTATIVES:
        chosen = [*OWN]
    else:
        chosen = [] if needs_no_wire(case) else [SYNC_SINGLE, ASYNC_BATCH]
    return [one for one in chosen if case.only in {None, one.kind}]


def check(case: Case, flavour: Flavour, outcome: Outcome) -> None:
    """It ends in the value or error beside the case, after so many requests and pauses, in bounded time.

    What is raised is of our tree, one printable line, plain data that pickles; the key is seen nowhere. The next call
    succeeds, with at most its one connection open, and none once the client is closed.
    """
    if flavour.name == "aiohttp" and case.name in TAKEN_OTHERWISE:
        assert isinstance(outcome.error, JimmyAIError)
    else:
        assert complaints(case, flavour.kind, outcome) == []
    assert impurities(outcome.error) == []
    assert leaks(outcome) == []
    after = outcome.after[ASSET_ID] if isinstance(outcome.after, BatchResult) else outcome.after
    assert isinstance(after, RealPersonAsset), f"{after!r}"
    assert outcome.open_after <= 1
    assert outcome.open_closed == 0


WIRE = [(case, flavour) for case in CASES for flavour in flavours(case)]
INSIDE = [
    (case, flavour)
    for case in CASES
    for flavour in (SYNC_SINGLE, ASYNC_BATCH)
    if needs_no_wire(case) and case.only in {None, flavour.kind}
]


@pytest.mark.parametrize(("case", "flavour"), INSIDE, ids=[f"{case.name}-{flavour}" for case, flavour in INSIDE])
def test_in_this_process(case: Case, flavour: Flavour) -> None:
    inside = Inside(case)
    with surroundings():
        outcome = call(inside, case, replace(flavour, transport=lambda: inside.transport), inside.url)
    check(case, flavour, outcome)


@pytest.mark.wire
@pytest.mark.parametrize(("case", "flavour"), WIRE, ids=[f"{case.name}-{flavour}" for case, flavour in WIRE])
def test_on_the_wire(case: Case, flavour: Flavour, tls: Tls) -> None:
    check(case, flavour, run(case, flavour, tls.trusted))


def test_case_names_are_unique() -> None:
    """Two cases of one name would hide each other in a report; a representative without a case would be none."""
    names = {case.name for case in CASES}
    assert len(names) == len(CASES)
    assert names >= REPRESENTATIVES
