"""Random lives of assets, troubles, latencies and options: what holds for every wait.

`WAIT_EXAMPLES=20000` plays as many.
"""

import os
from collections.abc import Iterable
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import example, given, note, settings
from hypothesis import strategies as st

from jimmy_ai_openapi_client import RealPersonAsset

from .lives import ABSENT, FINAL, MALFORMED, Asked, Played, Script, play, state

EXAMPLES = int(os.environ.get("WAIT_EXAMPLES", "150"))
pytestmark = pytest.mark.timeout(max(120, EXAMPLES))
SLACK = 1e-6

LETTERS = "PPPPPPPPAAAAFFQQRR---XX55TT9EEHHG"
life = st.lists(st.sampled_from([*LETTERS]), min_size=1, max_size=7).map("".join)
rarely_refused = st.builds(lambda one, refusal: one + refusal, life, st.sampled_from("13"))
lives = st.lists(st.one_of(*[life] * 19, rarely_refused), min_size=1, max_size=12).map(
    lambda lives: {f"id{number}": one for number, one in enumerate(lives)}
)
scripts = st.builds(
    Script,
    lives,
    timeout=st.one_of(st.none(), st.sampled_from([0.0, 0.5, 3.0, 5.0, 12.0, 16.0, 30.0, 100.0]), st.floats(0, 400)),
    latencies=st.lists(st.sampled_from([0.0, 0.0, 0.1, 0.5, 2.0, 7.0, 40.0]), min_size=1, max_size=4),
    size=st.integers(1, 5),
    width=st.integers(1, 4),
    chance=st.floats(0, 1, exclude_max=True),
    on_failure=st.sampled_from(["raise", "return", "yield"]),
).map(
    lambda script: (
        # Without a limit some lives would last for ever.
        evolve(script, timeout=200.0)
        if script.timeout is None and not all(one[-1] in {*FINAL, ABSENT, MALFORMED} for one in script.lives.values())
        else script
    )
)


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
    known, active, failed = played.known, list(played.known.active), list(played.known.failed)
    if script.on_failure == "yield":  # who is handed the assets holds them, and nobody else
        assert (active, failed, list(known)) == ([], [], [])
        handed = [played.finals[one] for one in script.lives if one in played.finals]
        active = [asset.asset_id for asset in handed if asset.is_active]
        failed = [asset.asset_id for asset in handed if not asset.is_active]
    ways = {"A": active, "F": failed, ABSENT: list(known.missing), "": list(known.pending)}
    right = ends(script, played.asked)
    assert ways == {way: [one for one in script.lives if right[one] == way] for way in ways}
    assert list(known) == [one for one in script.lives if one in known]
    assert known.requests == len(played.asked)
    assert played.progress[-1].done == len(script.lives) - len(known.pending)
    assert all(sooner.done <= later.done for sooner, later in pairwise(played.progress))


def check_times(script: Script, played: Played) -> None:
    """Not past the deadline; no id is asked again before 5 s."""
    known, timeout = played.known, script.timeout
    if timeout == 0:
        assert len(played.rounds) == 1
    elif timeout is not None:
        assert known.elapsed <= timeout + max(script.latencies) + SLACK
    for sooner, later in pairwise(played.rounds):
        asked = {one: request.at for request in sooner for one in request.ids}
        pauses = [request.at - asked.get(one, -5) for request in later for one in request.ids]
        assert min(pauses) >= 5 - SLACK


def check_told(played: Played) -> None:
    """Each change once, each after the one before."""
    last: dict[str, RealPersonAsset] = {}
    for asset, previous in played.told:
        before = last.get(asset.asset_id)
        assert state(previous) == state(before)
        assert state(before) != state(asset)
        last[asset.asset_id] = asset
    assert {one: state(asset) for one, asset in played.known.items()} == {one: state(last[one]) for one in last}
    assert all(not asset.is_final or one not in played.known.pending for one, asset in last.items())


# A look that was to be the last, and was not as it took less time than the one before.
QUICKER = Script(dict.fromkeys(["id0", "id1", "id2", "id3", "id4"], "P"), 12.0, [2.0, 0.0], 1, 2, 0.0, "raise")
# Told to come back later, the one id that is left may be due a rounding error after the pause.
HELD = Script({"id0": "9", "id1": "PA"}, 200.0, [2.0], 1, 1, 0.46173747027183626, "raise")


@settings(max_examples=EXAMPLES, deadline=None)
@given(scripts)
@example(QUICKER)
@example(HELD)
def test_every_wait(script: Script) -> None:
    note(repr(script))
    played = play(script)
    check_ends(script, played)
    check_times(script, played)
    if script.on_failure != "yield":
        check_told(played)


@given(st.floats(0.5, 1800), st.sampled_from([0.0, 0.1, 2.0]), st.floats(0, 1, exclude_max=True))
def test_the_last_request_is_near_the_deadline(timeout: float, latency: float, chance: float) -> None:
    """It ends before it; and no pause is shorter than 5 seconds or longer than 15."""
    played = play(Script({"a": "P"}, timeout, [latency], chance=chance))
    elapsed = played.known.elapsed
    assert elapsed <= max(timeout, latency) + SLACK
    assert timeout - elapsed <= 5 + latency + SLACK
    pauses = [later.at - sooner.at - latency for sooner, later in pairwise(played.asked)]
    assert all(5 - SLACK <= pause <= 15 + SLACK for pause in pauses)
