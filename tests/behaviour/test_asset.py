"""RealPersonAsset: a value."""

import copy
import json
import pickle
from itertools import product

import pytest
from attrs import astuple, evolve
from attrs.exceptions import FrozenInstanceError

from jimmy_ai_openapi_client import AssetStatus, BadRequestError, RealPersonAsset

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


def test_compared_in_every_field() -> None:
    other = RealPersonAsset("id1", AssetStatus.ACTIVE, "ref", "official", "name", "url", "when", {"new": [2]})
    assert other != ASSET


def test_extra_is_its_own() -> None:
    """Neither a change of what it gave away nor of what it was made of reaches it."""
    ASSET.extra["other"] = 1
    assert ASSET.extra == {"new": [1]}
    fields = {"asset_id": "id1", "status": "Active", "new": 1}
    asset = RealPersonAsset.from_dict(fields)
    fields["new"] = 2
    assert asset.extra == {"new": 1}


def test_no_extra_is_no_extra_however_it_was_made() -> None:
    made = RealPersonAsset.from_dict({"asset_id": "id1", "status": "Queued"})
    assert made == RealPersonAsset("id1", "Queued") == RealPersonAsset("id1", "Queued", extra={})
    assert made.extra == {}


def test_what_a_service_sent_is_as_frozen_as_what_a_caller_made() -> None:
    made = RealPersonAsset.from_dict({"asset_id": "id1", "status": "active"})
    assert type(made) is RealPersonAsset
    with pytest.raises(FrozenInstanceError):
        made.name = "other"  # type: ignore[misc]


def test_every_other_field_is_kept_wherever_it_stands() -> None:
    item = {"first": 1, "asset_id": "id1", "middle": None, "status": "Queued", "url": None, "last": {"deep": [None]}}
    kept = RealPersonAsset.from_dict(item).extra
    assert list(kept.items()) == [("first", 1), ("last", {"deep": [None]})]


@pytest.mark.parametrize("others", range(9))
def test_no_count_of_fields_hides_another(others: int) -> None:
    new = {f"new{number}": number for number in range(others)}
    for nulls, absent in product(range(6), repeat=2):
        known = ["asset_ref", "official_id", "name", "url", "created_at"][absent:]
        item: dict[str, object] = {"asset_id": "id1", "status": "Queued"}
        item |= {name: None if place < nulls else "x" for place, name in enumerate(known)}
        asset = RealPersonAsset.from_dict(item | new)
        assert astuple(asset) == astuple(RealPersonAsset(**item, extra=new or None))  # type: ignore[arg-type]


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
