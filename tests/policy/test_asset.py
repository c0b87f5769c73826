"""RealPersonAsset: a value, and the results that hold some. What is made of an answer is in tests/faults."""

import copy
import json
import logging
import pickle
from collections.abc import Mapping
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from jimmy_ai_openapi_client import AssetStatus, BadRequestError, BatchResult, RealPersonAsset, WaitResult
from jimmy_ai_openapi_client.models import SeedanceSpRealPersonAsset
from jimmy_ai_openapi_client.sdk.asset import match

from .lives import asset, model

ASSET = RealPersonAsset("id1", AssetStatus.ACTIVE, "ref", "official", "name", "url", "when", {"new": [1]})


def test_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        ASSET.status = "Failed"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        ASSET.anything = 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("asset", [ASSET, RealPersonAsset("id1", "Queued")], ids=str)
def test_copies_are_equal(asset: RealPersonAsset) -> None:
    copies = [copy.copy(asset), copy.deepcopy(asset), pickle.loads(pickle.dumps(asset))]
    assert copies == [asset] * 3
    assert {type(one.status) for one in copies} == {type(asset.status)}
    assert {asset, *copies} == {asset}  # hashable whatever is in extra


def test_extra_is_its_own() -> None:
    """Neither a change of what it gave away nor of what it was made of reaches it."""
    ASSET.extra["other"] = 1
    assert ASSET.extra == {"new": [1]}
    made_of = model(asset("id1", new=1))
    made = RealPersonAsset.from_model(made_of)
    made_of.additional_properties["new"] = 2
    assert made.extra == {"new": 1}


def test_no_extra_is_no_extra_however_it_was_made() -> None:
    made = RealPersonAsset.from_model(model(asset("id1", "Queued")))
    assert made == RealPersonAsset("id1", "Queued") == RealPersonAsset("id1", "Queued", extra={})
    assert made.extra == {}


def test_every_other_field_is_kept_wherever_it_stands() -> None:
    item = {"first": 1, "asset_id": "id1", "middle": None, "status": "Queued", "url": None, "last": {"deep": [None]}}
    kept = RealPersonAsset.from_model(model(item)).extra
    assert list(kept.items()) == [("first", 1), ("last", {"deep": [None]})]


def test_a_field_set_to_none_by_hand_is_not_there() -> None:
    made = SeedanceSpRealPersonAsset(asset_id="id1", status="Active")
    made.name = None  # type: ignore[assignment]  # pyright: ignore[reportAttributeAccessIssue]
    asset = RealPersonAsset.from_model(made)
    assert (asset.name, asset.extra) == (None, {})


@pytest.mark.parametrize("changes", [{"asset_id": " "}, {"status": ""}, {"asset_ref": 5}], ids=str)
def test_what_is_no_asset(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="asset"):
        RealPersonAsset.from_model(model({**asset("id1"), **changes}))


@pytest.mark.parametrize(
    ("asked", "named"), [((), "id1"), (["id1"], "id1"), (["off1"], "off1"), (["off1", "id1"], "id1")]
)
def test_the_id_it_was_asked_for(asked: list[str], named: str) -> None:
    assert RealPersonAsset.from_model(model(asset("id1", official_id="off1")), asked).requested_id == named
    assert RealPersonAsset("id1", "Active").requested_id == "id1"
    assert RealPersonAsset("id1", "Active", requested_id=named).reference == "asset://id1"


@pytest.mark.parametrize(("strangers", "lines"), [(0, []), (2, ["ignored 2 assets that were not asked for"])])
def test_one_debug_line_for_all_strangers(caplog: pytest.LogCaptureFixture, strangers: int, lines: list[str]) -> None:
    """It does not say which."""
    caplog.set_level(logging.DEBUG, "jimmy_ai_openapi_client")
    match(iter(["a"]), map(model, [asset("a"), *[asset("x")] * strangers]))
    assert [record.getMessage() for record in caplog.records] == [f"realperson: {line}" for line in lines]


def test_an_id_of_any_length_is_quoted_in_part() -> None:
    with pytest.raises(ValueError, match=r"two different assets for 'x{100}'$"):
        match(["x" * 500], map(model, (asset("x" * 500), asset("x" * 500, "Failed"))))


def test_status_is_text() -> None:
    """So that it compares with the service's word, prints as it and goes into JSON."""
    assert (str(AssetStatus.FAILED), f"{AssetStatus.PROCESSING}") == ("Failed", "Processing")
    assert {"Active": 1}[AssetStatus.ACTIVE] == 1
    assert json.dumps([AssetStatus.ACTIVE]) == '["Active"]'


@pytest.mark.parametrize(
    ("status", "active", "final"), [("Active", True, True), ("Failed", False, True), ("New", False, False)]
)
def test_a_status_given_by_hand(status: str, active: bool, final: bool) -> None:
    """A caller's own asset, in a test of theirs, behaves as one of the service."""
    asset = RealPersonAsset("id1", status)
    assert (asset.is_active, asset.is_final) == (active, final)


REFUSED = BadRequestError("no", operation="realperson/batch-status")
SHOWN: dict[str, object] = {
    "RealPersonAsset(asset_id='id1', status=<AssetStatus.ACTIVE: 'Active'>, asset_ref='ref', official_id='official',"
    f" name='name', url='url', created_at='when', extra={{'new': [1]}}, error={REFUSED!r})": evolve(
        ASSET, error=REFUSED
    ),
    "RealPersonAsset(asset_id='id1', status='Queued', name='张三')": RealPersonAsset("id1", "Queued", name="张三"),
    "<BatchResult: 0 assets, 0 missing, 0 refused, 0 unasked>": BatchResult(),
    "<BatchResult: 1 assets, 2 missing, 1 refused, 3 unasked>": BatchResult(
        {"id1": ASSET}, missing=("a", "b"), refused={"no": REFUSED}, unasked=("c", "d", "e")
    ),
    "<WaitResult: 0 assets, 0 active, 0 failed, 0 missing, 0 pending, 0 requests, 0.0 s elapsed>": WaitResult(),
    "<WaitResult: 1 assets, 1 active, 0 failed, 2 missing, 3 pending, 12 requests, 3.1 s elapsed>": WaitResult(
        {"id1": ASSET}, active={"id1": ASSET}, missing=("a", "b"), pending=("c", "d", "e"), requests=12, elapsed=3.14159
    ),
}


@pytest.mark.parametrize(("shown", "value"), SHOWN.items())
def test_what_is_shown(shown: str, value: object) -> None:
    """Of an asset all that is there, of a result its figures."""
    assert repr(value) == shown


@pytest.mark.parametrize("kind", [BatchResult, WaitResult])
def test_a_result_is_a_mapping_of_its_assets(kind: Any) -> None:
    result = kind({"b": ASSET, "id1": ASSET})
    assert isinstance(result, Mapping)
    assert (list(result), len(result), "b" in result, "c" in result) == (["b", "id1"], 2, True, False)
    assert result == {"b": ASSET, "id1": ASSET}
    assert result != {"b": ASSET}
