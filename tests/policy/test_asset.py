"""RealPersonAsset: a value."""

import copy
import json
import pickle
from collections.abc import Mapping

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from jimmy_ai_openapi_client import AssetStatus, BadRequestError, BatchResult, RealPersonAsset, WaitResult
from jimmy_ai_openapi_client.models import SeedanceSpRealPersonAsset

from .lives import model


def as_asset(fields: dict[str, object]) -> RealPersonAsset:
    return RealPersonAsset.from_model(model(fields))


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


def test_hashable_whatever_is_in_extra() -> None:
    assert {ASSET, copy.deepcopy(ASSET)} == {ASSET}


def test_extra_is_its_own() -> None:
    """Neither a change of what it gave away nor of what it was made of reaches it."""
    ASSET.extra["other"] = 1
    assert ASSET.extra == {"new": [1]}
    fields = {"asset_id": "id1", "status": "Active", "new": 1}
    asset = as_asset(fields)
    fields["new"] = 2
    assert asset.extra == {"new": 1}


def test_no_extra_is_no_extra_however_it_was_made() -> None:
    made = as_asset({"asset_id": "id1", "status": "Queued"})
    assert made == RealPersonAsset("id1", "Queued") == RealPersonAsset("id1", "Queued", extra={})
    assert made.extra == {}


def test_every_other_field_is_kept_wherever_it_stands() -> None:
    item = {"first": 1, "asset_id": "id1", "middle": None, "status": "Queued", "url": None, "last": {"deep": [None]}}
    kept = as_asset(item).extra
    assert list(kept.items()) == [("first", 1), ("last", {"deep": [None]})]


@pytest.mark.parametrize("name", ["official_id", "name", "url", "created_at"])
@pytest.mark.parametrize("value", [1732270000, 5.5, True, ["x"], {"a": 1}])
def test_a_cosmetic_field_that_is_no_text_is_kept_in_extra(name: str, value: object) -> None:
    asset = as_asset({"asset_id": "id1", "status": "Active", name: value})
    assert (getattr(asset, name), asset.extra, asset.is_active) == (None, {name: value}, True)


def test_a_field_set_to_none_by_hand_is_not_there() -> None:
    made = SeedanceSpRealPersonAsset(asset_id="id1", status="Active")
    made.name = None  # type: ignore[assignment]  # pyright: ignore[reportAttributeAccessIssue]
    asset = RealPersonAsset.from_model(made)
    assert (asset.name, asset.extra) == (None, {})


@pytest.mark.parametrize(
    "changes", [{"asset_id": 5}, {"asset_id": " "}, {"status": []}, {"status": ""}, {"asset_ref": 5}]
)
def test_what_is_no_asset(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="asset"):
        as_asset({"asset_id": "id1", "status": "Active", **changes})


@pytest.mark.parametrize(
    ("asked", "named"), [((), "id1"), (["id1"], "id1"), (["off1"], "off1"), (["off1", "id1"], "id1")]
)
def test_the_id_it_was_asked_for(asked: list[str], named: str) -> None:
    model = SeedanceSpRealPersonAsset(asset_id="id1", official_id="off1", status="Active")
    assert RealPersonAsset.from_model(model, asked).requested_id == named
    assert RealPersonAsset("id1", "Active").requested_id == "id1"
    assert RealPersonAsset("id1", "Active", requested_id=named).reference == "asset://id1"


def test_shows_all_there_is() -> None:
    error = BadRequestError("no", operation="realperson/status")
    assert repr(evolve(ASSET, error=error)) == (
        "RealPersonAsset(asset_id='id1', status=<AssetStatus.ACTIVE: 'Active'>, asset_ref='ref', official_id='official'"
        f", name='name', url='url', created_at='when', extra={{'new': [1]}}, error={error!r})"
    )


def test_shown_without_what_is_not_there() -> None:
    assert repr(RealPersonAsset("id1", "Queued", name="张三")) == (
        "RealPersonAsset(asset_id='id1', status='Queued', name='张三')"
    )


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


REFUSED = {"no": BadRequestError("no", operation="realperson/batch-status")}
RESULTS: dict[str, Mapping[str, RealPersonAsset]] = {
    "<BatchResult: 0 assets, 0 missing, 0 refused, 0 unasked>": BatchResult(),
    "<BatchResult: 1 assets, 2 missing, 1 refused, 3 unasked>": BatchResult(
        {"id1": ASSET}, missing=("a", "b"), refused=REFUSED, unasked=("c", "d", "e")
    ),
    "<WaitResult: 0 assets, 0 active, 0 failed, 0 missing, 0 pending, 0 requests, 0.0 s elapsed>": WaitResult(),
    "<WaitResult: 1 assets, 1 active, 0 failed, 2 missing, 3 pending, 12 requests, 3.1 s elapsed>": WaitResult(
        {"id1": ASSET}, active={"id1": ASSET}, missing=("a", "b"), pending=("c", "d", "e"), requests=12, elapsed=3.14159
    ),
}


@pytest.mark.parametrize(("shown", "result"), RESULTS.items(), ids=RESULTS)
def test_a_result_shows_its_figures(shown: str, result: Mapping[str, RealPersonAsset]) -> None:
    assert repr(result) == shown


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
def test_a_result_equals_any_mapping_of_its_assets(result: Mapping[str, RealPersonAsset]) -> None:
    assert result == dict(result)
