"""Waiting: the situations of `waits.yaml`, and what no table shows."""

import pickle
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, fields_dict
from ruamel.yaml import YAML

from jimmy_ai_openapi_client import AssetStatus, BadRequestError, RealPersonAsset, WaitTimeoutError
from jimmy_ai_openapi_client.sdk.policy.wait import OnFailure, Wait

from .lives import REFUSALS, TRANSIENT, Chance, Played, Script, as_text, play, settings, state

SITUATIONS: dict[str, dict[str, Any]] = YAML(typ="safe", pure=True).load(Path(__file__).with_name("waits.yaml"))


def seen(played: Played) -> dict[str, Any]:
    """All that a situation may say of a wait."""
    error, known = played.error, played.known
    handed = [*known.values(), *played.finals.values()]
    return {
        "asked": ["".join(one.ids) for one in played.asked],
        "times": [round(one.at, 2) for one in played.asked],
        **{way: "".join(getattr(known, way)) for way in ("active", "failed", "missing", "pending")},
        "refused": "".join(dict.fromkeys(one.asset_id for one in handed if isinstance(one.error, BadRequestError))),
        "known": {one: state(asset) for one, asset in known.items()},
        "requests": known.requests,
        "elapsed": round(known.elapsed, 2),
        "updates": list(map(as_text, played.told)),
        "progress": list(map(as_text, played.progress)),
        "log": played.log,
        "raises": type(error).__name__ if error else "",
        "says": error.args[0] if error else "",
        "cause": type(error.__cause__).__name__ if error and error.__cause__ else "",
    }


@pytest.mark.parametrize("name", SITUATIONS)
def test_situations(name: str, caplog: pytest.LogCaptureFixture) -> None:
    said = {"raises": "", **SITUATIONS[name]}
    script = Script(**{name: said.pop(name) for name in fields_dict(Script) if name in said})
    found = seen(play(script)) | {"warnings": [record.getMessage() for record in caplog.records]}
    assert {name: found[name] for name in said} == said


def test_an_error_pickles_with_all_that_it_holds() -> None:
    played = play(Script({"a": "P", "b": "A", "c": "F", "d": "-"}, timeout=30))
    copy = pickle.loads(pickle.dumps(played.error))
    assert isinstance(copy, WaitTimeoutError)
    assert isinstance(copy, TimeoutError)
    assert (str(copy), seen(evolve(played, error=copy, known=copy.result))) == (str(played.error), seen(played))


@pytest.mark.parametrize("letter", TRANSIENT)
def test_four_rounds_of_trouble_are_outlasted_and_the_fifth_ends_the_wait(letter: str) -> None:
    outlasted = play(Script({"a": letter * 4 + "P" + letter * 4 + "A"}, timeout=None))
    assert (outlasted.error, len(outlasted.asked)) == (None, 10)
    ended = play(Script({"a": "P" + letter}, timeout=None))
    assert type(ended.error) is type(TRANSIENT[letter]())
    assert (list(ended.known), ended.known.pending, len(ended.asked)) == (["a"], ("a",), 6)


@pytest.mark.parametrize("letter", REFUSALS)
def test_a_refusal_ends_the_wait_at_once(letter: str) -> None:
    played = play(Script({"a": letter, "b": "A"}, size=1, width=1))
    assert type(played.error) is type(REFUSALS[letter]())
    assert (len(played.asked), played.known.pending, played.known.elapsed) == (1, ("a", "b"), 0)


def most_held(on_failure: OnFailure, count: int) -> float:
    """Bytes an id that a wait holds at its peak, the ids themselves not included."""
    ids = [f"asset-{number:08d}" for number in range(count)]
    tracemalloc.start()
    wait = Wait(ids, timeout=None, on_failure=on_failure, settings=settings(Chance(0.5)))
    for status in (AssetStatus.PROCESSING, AssetStatus.ACTIVE):
        one_round = wait.next_round()
        while one_round and one_round.todo:
            chunk = one_round.todo.popleft()
            wait.receive(chunk, {one: RealPersonAsset(one, status, url=f"https://example.com/{one}") for one in chunk})
    assert wait.next_round() is None
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / count


def test_as_completed_holds_little_beside_the_ids() -> None:
    """Neither what has been yielded nor what is pending."""
    held, kept = most_held("yield", 10_000), most_held("return", 10_000)
    assert held < 120
    assert held < kept / 3
