"""Random lives of assets, troubles, latencies and options: what holds for every wait.

`WAIT_EXAMPLES=20000` plays as many; the same over HTTP takes a twentieth of that.
"""

import asyncio
import os
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import assume, example, given, note, settings
from hypothesis import strategies as st

from jimmy_ai_openapi_client import (
    AssetFailedError,
    AuthenticationError,
    PermissionDeniedError,
    RealPersonAsset,
    WaitTimeoutError,
)

from .lives import ABSENT, FINAL, MALFORMED, PASSING, REFUSALS, STATUSES, Asked
from .random_waits import LETTERS, Played, Script, finals, flow, scripts, tasks, threads

EXAMPLES = int(os.environ.get("WAIT_EXAMPLES", "150"))
pytestmark = pytest.mark.timeout(max(120, EXAMPLES))
SLACK = 1e-6


def ends(script: Script, asked: Iterable[Asked]) -> dict[str, str]:
    """How each id ends, told from the requests alone; nothing final is asked again."""
    known = dict.fromkeys(script.lives, "")
    absent = dict.fromkeys(script.lives, 0)
    for request in asked:
        assert not any(known[one] for one in request.ids)
        assert len(request.ids) <= script.size
        for one, letter in zip(request.ids, request.letters, strict=True):
            if request.said:
                known[one] = "F" if request.is_answer else ""
                continue
            absent[one] = absent[one] + 1 if letter == ABSENT else 0
            known[one] = ABSENT if absent[one] == 3 else letter if letter in FINAL else ""
    return known


def check_ends(script: Script, played: Played) -> None:
    """Every id ends in exactly one of active, failed, missing, pending, and in the right one."""
    known = played.known
    ways = {"A": list(known.active), "F": list(known.failed), ABSENT: list(known.missing), "": list(known.pending)}
    right = ends(script, played.asked)
    assert ways == {way: [one for one in script.lives if right[one] == way] for way in ways}
    assert list(known) == [one for one in script.lives if one in known]
    assert known.requests == len(played.asked)
    assert played.progress[-1].done == len(script.lives) - len(known.pending)
    assert all(sooner.done <= later.done for sooner, later in pairwise(played.progress))


def check_error(script: Script, played: Played) -> None:
    """It ends for one of the reasons there are."""
    known, rounds = played.known, played.rounds
    refused = any(one.said in REFUSALS for one in rounds[-1])
    troubled = "".join("x" if all(one.said in PASSING for one in asked) else "." for asked in rounds)
    silent = "".join("." if any(one.is_answer for one in asked) else "x" for asked in rounds)
    assert not any(one.said in REFUSALS for asked in rounds[:-1] for one in asked)
    assert "xxxxx" not in troubled[:-1]
    assert refused <= (type(played.error) in {AuthenticationError, PermissionDeniedError})
    if isinstance(played.error, WaitTimeoutError):
        assert known.pending
        assert not troubled.endswith("xxxxx")
    elif isinstance(played.error, AssetFailedError):
        assert not known.pending
        assert known.missing or (known.failed and script.on_failure == "raise")
    elif played.error:
        assert refused or silent.endswith("xxxxx")
    else:
        assert not known.pending
        assert not (known.missing and script.on_failure != "return")
        assert not (known.failed and script.on_failure == "raise")


def took(asked: Iterable[Asked]) -> float:
    """How long a round's requests took, those sent together counted once."""
    return sum({one.at: one.seconds for one in sorted(asked, key=lambda one: one.seconds)}.values())


def check_times(script: Script, played: Played) -> None:
    """Neither past the deadline nor short of it; no id is asked again before 5 s."""
    known, timeout = played.known, script.timeout
    if timeout is not None:
        if timeout > 0:
            assert known.elapsed <= timeout + max(script.latencies) + SLACK
        else:
            assert len(played.rounds) == 1
        if isinstance(played.error, WaitTimeoutError):
            held = 44 if any(one.said == "9" for asked in played.rounds for one in asked) else 5
            assert known.elapsed + held + took(played.rounds[-1]) > timeout - SLACK
    for sooner, later in pairwise(played.rounds):
        asked = {one: request.at for request in sooner for one in request.ids}
        pauses = [request.at - asked.get(one, -5) for request in later for one in request.ids]
        assert min(pauses) >= 5 - SLACK


def check_told(script: Script, played: Played) -> None:
    """Each change once, each after the one before."""
    last: dict[str, RealPersonAsset] = {}
    for asset, previous in played.told:
        before = last.get(asset.asset_id)
        assert (previous and (previous.status, previous.reference)) == (before and (before.status, before.reference))
        assert not before or (before.status, before.reference) != (asset.status, asset.reference)
        last[asset.asset_id] = asset
    known = played.known
    assert {one: (asset.status, asset.reference) for one, asset in known.items()} == {
        one: (asset.status, asset.reference) for one, asset in last.items()
    }
    assert all(not asset.is_final or one not in known.pending for one, asset in last.items())


# A look that was to be the last, and was not as it took less time than the one before.
QUICKER = Script(
    lives=dict.fromkeys(["id0", "id1", "id2", "id3", "id4"], "P"),
    timeout=12.0,
    latencies=[2.0, 0.0],
    size=1,
    width=2,
    chance=0.0,
    on_failure="raise",
)


# Told to come back later, the one id that is left may be due a rounding error after the pause.
HELD = Script(
    lives={"id0": "9", "id1": "PA"},
    timeout=200.0,
    latencies=[2.0],
    size=1,
    width=1,
    chance=0.46173747027183626,
    on_failure="raise",
)


def test_requests_at_the_same_time_take_the_time_of_the_slowest() -> None:
    """A place that is free is taken at once."""
    lives = dict.fromkeys("abcdefg", "A")
    script = Script(lives, None, latencies=[2.0], size=1, width=3, chance=0.5, on_failure="raise")
    played = flow(script)
    assert [one.at for one in played.asked] == [0, 0, 0, 2, 2, 2, 4]
    assert played.known.elapsed == 6


@settings(max_examples=EXAMPLES, deadline=None)
@given(scripts)
@example(QUICKER)
@example(HELD)
def test_every_wait(script: Script) -> None:
    note(repr(script))
    played = flow(script)
    check_ends(script, played)
    check_error(script, played)
    check_times(script, played)
    check_told(script, played)


@settings(max_examples=max(30, EXAMPLES // 20), deadline=None)
@given(scripts, st.integers(0, 2))
def test_threads_and_asyncio_do_the_same(script: Script, retries: int) -> None:
    note(repr(script))
    assume(script.is_alike_for_all(retries))
    one, other = threads(script, retries), asyncio.run(tasks(script, retries))
    assert one.trace == other.trace
    assert one.progress[-1:] == other.progress[-1:]
    assert str(one.error) == str(other.error)
    if script.timeout:
        # One look's retries may follow each other, but none begins after the deadline.
        assert one.known.elapsed <= script.timeout + max(script.latencies) + SLACK


@settings(max_examples=max(30, EXAMPLES // 20), deadline=None)
@given(scripts.filter(lambda script: script.is_alike_for_all(0)))
def test_both_do_what_the_flow_says(script: Script) -> None:
    note(repr(script))
    pure, real = flow(script), threads(script, 0)
    if script.on_failure == "yield":
        pure.told = []
        pure.result = pure.result and finals([asset for asset in pure.known.values() if asset.is_final])
        real.result = real.result and finals([pure.known[one] for one in pure.known if one in real.known])
    assert real.trace == pure.trace


def test_scripts_know_every_letter() -> None:
    assert {*LETTERS, *REFUSALS} == {*STATUSES, ABSENT, MALFORMED, *PASSING, *REFUSALS}
