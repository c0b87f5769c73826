"""One asset: what the service may say of it, and what the caller then holds."""

from typing import Any

import pytest

from jimmy_ai_openapi_client import APIResponseError, APIStatusError, AssetStatus, RealPersonAsset

from .service import Connect, Service, asset, no, ok

FULL = {
    "asset_id": "id1",
    "status": "Active",
    "asset_ref": "asset://ref1",
    "official_id": "official1",
    "name": "portrait-1",
    "url": "https://cdn.example/1.jpg",
    "created_at": "2026-05-01 12:00:00",
}


def status_of(connect: Connect, answer: Any) -> RealPersonAsset:
    service = answer if isinstance(answer, Service) else Service(answer)
    found = connect(transport=service.transport, max_retries=0).real_person.status("id1")
    assert isinstance(found, RealPersonAsset)
    assert [(asked.method, asked.body) for asked in service.asked] == [("POST", {"asset_id": "id1"})]
    return found


def test_every_documented_field(connect: Connect) -> None:
    found = status_of(connect, ok(FULL))
    assert {name: getattr(found, name) for name in FULL} == FULL
    assert found == RealPersonAsset(**FULL)  # type: ignore[arg-type]
    assert found.status is AssetStatus.ACTIVE
    assert (found.extra, found.reference, found.is_active, found.is_final) == ({}, "asset://ref1", True, True)


def test_the_least_that_is_an_asset(connect: Connect) -> None:
    found = status_of(connect, ok({"asset_id": "id1", "status": "Processing"}))
    assert found == RealPersonAsset("id1", AssetStatus.PROCESSING)
    assert (found.asset_ref, found.official_id, found.name, found.url, found.created_at) == (None,) * 5


@pytest.mark.parametrize("name", [name for name in FULL if name not in {"asset_id", "status"}])
def test_null_is_absent(connect: Connect, name: str) -> None:
    found = status_of(connect, ok({**FULL, name: None}))
    assert getattr(found, name) is None
    assert name not in found.extra


STATUSES = {
    "Processing": (AssetStatus.PROCESSING, False, False),
    "PROCESSING": (AssetStatus.PROCESSING, False, False),
    "Active": (AssetStatus.ACTIVE, True, True),
    "active": (AssetStatus.ACTIVE, True, True),
    " Active\n": (AssetStatus.ACTIVE, True, True),
    "Failed": (AssetStatus.FAILED, False, True),
    "FAILED": (AssetStatus.FAILED, False, True),
    "Queued": ("Queued", False, False),
    " Under review ": (" Under review ", False, False),
    "审核中": ("审核中", False, False),
}


@pytest.mark.parametrize(("word", "expected"), STATUSES.items(), ids=map(ascii, STATUSES))
def test_status(connect: Connect, word: str, expected: tuple[str, bool, bool]) -> None:
    """Letter case and space aside; a word nobody knows is kept as it is, and is not final."""
    found = status_of(connect, ok(asset("id1", word)))
    assert (found.status, found.is_active, found.is_final) == expected
    assert isinstance(found.status, AssetStatus) == (word.strip().casefold() in {"processing", "active", "failed"})


@pytest.mark.parametrize("reference", [None, ""])
def test_an_active_asset_without_reference_is_usable_still(connect: Connect, reference: str | None) -> None:
    assert status_of(connect, ok(asset("id1", asset_ref=reference))).reference == "asset://id1"


def test_what_the_spec_does_not_know_is_kept(connect: Connect) -> None:
    new = {"error_message": "blurred", "score": 0.5, "tags": ["a", None], "deep": {"x": {"y": [1]}}}
    found = status_of(connect, ok({**FULL, **new, "gone": None}))
    assert found.extra == new


def test_another_id_in_the_answer(connect: Connect) -> None:
    """The documented example answers an official id with another asset_id: it is the answer all the same."""
    assert status_of(connect, ok(asset("other", official_id="id1"))).asset_id == "other"


@pytest.mark.parametrize("code", [0, 20000, "0", "20000"], ids=repr)
def test_success_codes(connect: Connect, code: Any) -> None:
    assert status_of(connect, ok(FULL, code)).is_active


@pytest.mark.parametrize("code", [False, True, 0.0, 20000.0, None, "", "ok", " 0", "0x0", "+0", "٠", [0], {}, "0" * 10])
def test_codes_that_are_none(connect: Connect, code: Any) -> None:
    with pytest.raises(APIResponseError, match="no usable business code"):
        status_of(connect, ok(FULL, code))


@pytest.mark.parametrize("code", [1, "1", 20003, "40001", -2, "-2", 2, 999_999_999], ids=repr)
def test_other_codes_win_over_data(connect: Connect, code: Any) -> None:
    with pytest.raises(APIStatusError) as caught:
        status_of(connect, ok(FULL, code))
    assert type(caught.value) is APIStatusError
    assert (caught.value.code, caught.value.status_code) == (int(code), 200)


DATA = [None, [], "text", 5, True, {}, {"asset_id": "id1"}, {"status": "Active"}, [FULL]]
FIELDS: list[Any] = [None, "", "  ", 5, True, [], {}, 1.5]


@pytest.mark.parametrize("data", DATA, ids=repr)
def test_data_that_is_no_asset(connect: Connect, data: Any) -> None:
    with pytest.raises(APIResponseError) as caught:
        status_of(connect, ok(data))
    assert (caught.value.status_code, caught.value.operation) == (200, "realperson/status")


@pytest.mark.parametrize("name", ["asset_id", "status"])
@pytest.mark.parametrize("value", FIELDS, ids=repr)
def test_required_fields(connect: Connect, name: str, value: Any) -> None:
    with pytest.raises(APIResponseError, match=f"no {name}"):
        status_of(connect, ok({**FULL, name: value}))


@pytest.mark.parametrize("value", [5, True, [], {}, 1.5], ids=repr)
def test_a_reference_that_is_no_text(connect: Connect, value: Any) -> None:
    with pytest.raises(APIResponseError, match="asset_ref of an asset is not text"):
        status_of(connect, ok({**FULL, "asset_ref": value}))


@pytest.mark.parametrize("changes", [{"asset_id": "id2", "official_id": "id3"}, {"asset_id": "ID1", "official_id": 1}])
def test_an_answer_about_another_asset(connect: Connect, changes: dict[str, Any]) -> None:
    with pytest.raises(APIResponseError, match="another asset than the one asked for"):
        status_of(connect, ok({**FULL, **changes}))


def test_refused(connect: Connect) -> None:
    with pytest.raises(APIStatusError, match="realperson/status: HTTP 200, code 30001: 余额不足"):
        status_of(connect, no(30001, "余额不足"))
