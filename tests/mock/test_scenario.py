"""Scenarios: what they set, and what is said of wrong ones."""

from pathlib import Path
from typing import Any

import pytest

from jimmy_ai_openapi_client import JimmyAI, WaitTimeoutError
from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService

from .helpers import BATCH, Caller

EXAMPLE = Path(__file__).parents[2] / "examples" / "scenario.yaml"


def test_the_example(clock: FakeClock) -> None:
    mock = MockService(clock=clock, seed=1)
    mock.load(EXAMPLE)
    assert list(mock.statuses()) == [f"portrait-{number}" for number in range(1, 7)]
    assert repr(mock.fault) == "Faults(code -1, HTTP 429, Retry-After: 1, HTTP 520, delay 0.3 s)"
    ids = [*(f"portrait-{number}" for number in range(1, 8)), "portrait 8"]
    jimmy = JimmyAI(api_key=mock.api_key, transport=mock.transport, clock=clock)
    with jimmy, pytest.raises(WaitTimeoutError) as caught:
        jimmy.real_person.wait_many(ids, timeout=60)
    result = caught.value.result
    assert list(result.active) == ["portrait-1", "portrait-2", "portrait-4", "portrait-5"]
    assert (result.active["portrait-4"].name, result.active["portrait-5"].asset_id) == ("人物-4", "asset-77")
    assert list(result.failed) == ["portrait-3", "portrait 8"]
    assert (list(result.missing), list(result.pending)) == (["portrait-7"], ["portrait-6"])


def test_a_mapping_does_as_well(mock: MockService, caller: Caller) -> None:
    mock.add("old", "gone", polls=0)
    mock.load({"assets": ["a", "b"], "polls": 1, "unknown": ["gone", "never"], "refused": ["c"], "faults": ["reset"]})
    mock.load({"assets": {"d": {"polls": 0, "extra": {"size": 3}}, "e": None}})
    mock.load({"assets": None, "faults": None})
    assert [one.text for one in mock.fault.planned] == ["reset"]
    mock.fault.clear()
    processing, active = dict.fromkeys("abe", "Processing"), {"d": "Active", "old": "Active"}
    assert caller.several("a", "b", "d", "e", "gone", "old") == processing | active
    assert caller.one("a")["status"] == "Active"
    assert caller.one("d")["size"] == 3
    assert caller.http.post(BATCH, json={"asset_ids": ["c"]}).json()["code"] == 20002


def test_every_kind_of_fault_has_its_name(mock: MockService) -> None:
    said: dict[str, Any] = {
        "code 30001": {"kind": "code", "code": 30001, "msg": "no"},
        "HTML page": "html",
        "cut body": {"kind": "cut", "keep": 0.1, "chance": 0.5},
        "drip 2 s": {"kind": "drip", "seconds": 2},
        "null fields": {"kind": "null_fields"},
        "null fields: name, url": {"kind": "null_fields", "names": ["name", "url"], "times": None},
        "unknown status X": {"kind": "unknown_status", "status": "X"},
        "missing item": {"kind": "missing_item", "asset_id": "a", "operation": "batchQuerySeedanceSpRealPersonStatus"},
        "duplicate item with status Failed": {"kind": "duplicate_item", "status": "Failed"},
    }
    mock.load({"faults": list(said.values())})
    assert [one.text for one in mock.fault.planned] == list(said)


WRONG = [
    ("[]", ": must be a mapping, written as `key: value` lines or {key: value}, not []"),
    ("asets: {}", ": no asets here; there are polls, seconds, assets, unknown, refused, faults"),
    ("assets: a", ": assets: must be a mapping"),
    ("assets: {on: {}, 7: {}}", ": assets: 7 is not text; put the id in quotes"),
    ("assets: {2026-05-01: {}}", ": assets: datetime.date(2026, 5, 1) is not text; put the id in quotes"),
    ("assets: {a: 5}", ": assets.a: must be a mapping"),
    ("assets: {a: {second: 5}}", ": assets.a: no second here; there are polls, seconds, outcome, "),
    ("assets: {first: {}, a: {seconds: -5}}", ": assets.a: seconds must be at least 0, not -5"),
    ("assets: {a: {extra: {name: 1}}}", ": assets.a: name under extra; write it beside extra"),
    ("assets: [a]\nunknown: [a]", ": assets: 'a' is under unknown or refused too; take it out of one"),
    ("unknown: a", ": unknown must be a list of ids, such as [id1, id2], not 'a'"),
    ("refused: [1]", ": 1 is not text; put the id in quotes"),
    ("faults: reset", ": faults: must be a list, each like {kind: code, code: -1, times: 3}"),
    ("faults: [reset, rest]", ": faults[1]: no kind of fault 'rest'; there are code, rate_limited, status, "),
    ("faults: [{kind: cut, kep: 1}]", ": faults[0]: cut does not take kep; it takes keep, times, chance, operation"),
    ("faults: [{kind: null_fields, names: name}]", ": faults[0]: names must be a list of fields"),
    ("assets: {a: {}, a: {}}", ", line 1: found duplicate key"),
    ("assets:\n  a: {polls: 1\n", ", line 3: expected ',' or '}'"),
    ("name: \udcff", ": not UTF-8 from byte 6 on; save it as UTF-8"),
    ("a: \x00", ": "),
]


@pytest.mark.parametrize(("content", "message"), WRONG)
def test_a_wrong_one_changes_nothing(mock: MockService, tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "s.yaml").write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(ValueError) as caught:
        mock.load(str(tmp_path / "s.yaml"))
    assert str(caught.value).startswith(f"s.yaml{message}")
    assert "\n" not in str(caught.value)
    assert (mock.statuses(), mock.fault.planned) == ({}, [])


def test_files(mock: MockService, tmp_path: Path) -> None:
    """An empty one says nothing; `no` is an id in YAML 1.2; one that is not there is no scenario."""
    file = tmp_path / "s.yaml"
    file.write_text("")
    mock.load(file)
    file.write_text("assets: [no, 'on']")
    mock.load(file)
    assert list(mock.statuses()) == ["no", "on"]
    with pytest.raises(FileNotFoundError):
        mock.load(tmp_path / "other.yaml")
    with pytest.raises(ValueError, match=r"^scenario: no asets here"):
        mock.load({"asets": {}})
