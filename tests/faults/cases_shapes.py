"""Data that is not there, not the documented shape, or more than documented."""

import json

from jimmy_ai_openapi_client import APIResponseError, APIStatusError, AssetStatus

from .case import Case, Raises, Value
from .script import ASSET, Kind, answer, asset, envelope

UNUSABLE = Raises(APIResponseError, {"status_code": 200, "code": 0})
MISSING = Value(present=(), missing=("id1",))
CONTRADICTION = Raises(APIResponseError, {"status_code": 200}, says="id1")
ONE = asset()
OTHER = asset(asset_id="id2", official_id="off2", status="Failed")


def _data(name: str, data: str) -> Case:
    batch = MISSING if data in {"null", "{}"} else UNUSABLE
    return Case(f"shapes/data-{name}", (answer(envelope(data=data)),), UNUSABLE, batch)


def _asset(name: str, text: str) -> Case:
    return Case(f"shapes/asset-{name}", (answer(envelope(text)),), UNUSABLE)


def _kept(name: str, changes: dict[str, object], seen: dict[str, object]) -> Case:
    return Case(f"shapes/kept-{name}", (answer(envelope(asset(**changes))),), Value(seen))


def _items(name: str, items: str, want: Value | Raises, ids: tuple[str, ...] = ("id1",)) -> Case:
    body = envelope(data=f'{{"items":{items}}}')
    return Case(f"shapes/items-{name}", (answer(body),), want, only="batch", ids=ids)


def _only(kind: Kind, name: str, text: str, want: Value | Raises) -> Case:
    return Case(f"shapes/{name}", (answer(text),), want, only=kind)


def _nulls(*names: str) -> dict[str, object]:
    return dict.fromkeys(names)


OPTIONAL = ("asset_ref", "official_id", "name", "url", "created_at")

CASES = [
    Case("shapes/data-missing", (answer('{"code":0,"msg":"ok"}'),), UNUSABLE, MISSING),
    *[
        _data(name, text)
        for name, text in {
            "null": "null",
            "list": "[]",
            "list-of-assets": f"[{ONE}]",
            "text": '"ok"',
            "empty-text": '""',
            "number": "7",
            "zero": "0",
            "true": "true",
            "false": "false",
            "empty-object": "{}",
            "json-in-text": '"{\\"asset_id\\":\\"id1\\"}"',
        }.items()
    ],
    Case("shapes/root-list", (answer("[]"),), Raises(APIResponseError)),
    Case("shapes/root-text", (answer('"ok"'),), Raises(APIResponseError)),
    Case("shapes/root-null", (answer("null"),), Raises(APIResponseError)),
    Case("shapes/root-number", (answer("0"),), Raises(APIResponseError)),
    Case("shapes/root-true", (answer("true"),), Raises(APIResponseError)),
    Case("shapes/root-empty-object", (answer("{}"),), Raises(APIResponseError)),
    Case(
        "shapes/envelope-in-a-list", (answer(envelope().map(lambda raw: b"[" + raw + b"]")),), Raises(APIResponseError)
    ),
    Case("shapes/no-envelope", (answer(ONE),), Raises(APIResponseError)),
    _asset("without-id", asset(asset_id=...)),
    _asset("id-null", asset(asset_id=None)),
    _asset("id-blank", asset(asset_id="  ")),
    _asset("id-number", asset(asset_id=7)),
    _asset("id-list", asset(asset_id=["id1"])),
    _asset("without-status", asset(status=...)),
    _asset("status-null", asset(status=None)),
    _asset("status-empty", asset(status="")),
    _asset("status-blank", asset(status=" \t")),
    _asset("status-number", asset(status=1)),
    _asset("status-true", asset(status=True)),
    _asset("status-object", asset(status={"value": "Active"})),
    _asset("reference-object", asset(asset_ref={"id": "id1"})),
    _asset("reference-false", asset(asset_ref=False)),
    _asset("null", "null"),
    _asset("list", "[]"),
    _asset("empty", "{}"),
    _kept("url-number", {"url": 1}, {"url": None, "extra": {"url": 1}}),
    _kept("name-list", {"name": ["portrait"]}, {"name": None, "extra": {"name": ["portrait"]}}),
    _kept("created-at-number", {"created_at": 1732270000}, {"created_at": None, "extra": {"created_at": 1732270000}}),
    _kept("null-optionals", _nulls(*OPTIONAL), {**_nulls(*OPTIONAL), "extra": {}, "reference": "asset://id1"}),
    _kept("absent-optionals", dict.fromkeys(OPTIONAL, ...), {**_nulls(*OPTIONAL), "reference": "asset://id1"}),
    _kept("reference-empty", {"asset_ref": ""}, {"reference": "asset://id1"}),
    _kept(
        "unknown-fields",
        {"score": 0.5, "tags": ["a"], "deep": {"b": 1}},
        {"extra": {"score": 0.5, "tags": ["a"], "deep": {"b": 1}}},
    ),
    _kept("unknown-field-to_dict", {"to_dict": 1, "self": 2}, {"extra": {"to_dict": 1, "self": 2}}),
    _kept("unknown-status", {"status": "Reviewing"}, {"status": "Reviewing", "is_final": False}),
    _kept("unknown-status-padded", {"status": " Waiting  "}, {"status": " Waiting  ", "is_final": False}),
    _kept("unknown-status-chinese", {"status": "审核中"}, {"status": "审核中", "is_final": False}),
    _kept("unknown-status-surrogate", {"status": "\ud800"}, {"status": "\ud800", "is_final": False}),
    _kept("status-other-case", {"status": " ACTIVE\n"}, {"status": AssetStatus.ACTIVE, "is_active": True}),
    _kept("status-failed-lower", {"status": "failed"}, {"status": AssetStatus.FAILED, "is_final": True}),
    _kept("status-processing", {"status": "processing"}, {"status": AssetStatus.PROCESSING, "is_final": False}),
    _kept("everything", {}, {**ASSET, "extra": {}, "reference": "asset://id1", "is_final": True}),
    _kept("long-name", {"name": "x" * 100_000}, {"name": "x" * 100_000}),
    _only(
        "single", "single-extra-envelope-fields", f'{{"code":0,"msg":"ok","data":{ONE},"trace":"t","ts":1}}', Value()
    ),
    _only("single", "single-msg-null", f'{{"code":0,"msg":null,"data":{ONE}}}', Value()),
    _only("single", "single-msg-number", f'{{"code":0,"msg":7,"data":{ONE}}}', Value()),
    _only("single", "single-msg-absent", f'{{"code":0,"data":{ONE}}}', Value()),
    _only("single", "single-answered-as-batch", f'{{"code":0,"msg":"ok","data":{{"items":[{ONE}]}}}}', UNUSABLE),
    _only("single", "single-other-id", f'{{"code":0,"data":{OTHER}}}', UNUSABLE),
    _only("batch", "batch-answered-as-single", f'{{"code":0,"msg":"ok","data":{ONE}}}', MISSING),
    _only("batch", "batch-msg-null", f'{{"code":0,"msg":null,"data":{{"items":[{ONE}]}}}}', Value()),
    _items("null", "null", MISSING),
    _items("object", f'{{"id1":{ONE}}}', UNUSABLE),
    _items("text", '"id1"', UNUSABLE),
    _items("number", "3", UNUSABLE),
    _items("holding-null", f"[{ONE},null]", UNUSABLE),
    _items("holding-number", f"[{ONE},7]", UNUSABLE),
    _items("holding-text", '["id1"]', UNUSABLE),
    _items("holding-list", f"[[{ONE}]]", UNUSABLE),
    _items("holding-half-an-asset", f'[{ONE},{{"asset_id":"id9"}}]', UNUSABLE),
    _items("nobody-answered", "[]", Value(present=(), missing=("id1",))),
    _items("order-restored", f"[{OTHER},{ONE}]", Value(present=("id1", "id2")), ("id1", "id2")),
    _items(
        "some-missing",
        f"[{OTHER}]",
        Value({"asset_id": "id2"}, present=("id2",), missing=("id1", "id3")),
        ("id1", "id2", "id3"),
    ),
    _items("not-asked", f"[{OTHER},{ONE}]", Value(present=("id1",))),
    _items("by-official-id", f"[{ONE}]", Value({"asset_id": "id1"}, present=("off1",)), ("off1",)),
    _items("by-either-id", f"[{ONE},{OTHER}]", Value({"asset_id": "id2"}, present=("off2", "id1")), ("off2", "id1")),
    _items("claimed-by-two", f"[{asset(asset_id='x', official_id='id1')},{ONE}]", CONTRADICTION),
    _items("asked-by-both-ids", f"[{ONE}]", Value(present=("id1",), missing=("off1",)), ("id1", "off1")),
    _items("twice-the-same", f"[{ONE},{ONE}]", Value()),
    _items("twice-in-other-order", f"[{ONE},{json.dumps(dict(reversed(ASSET.items())))}]", Value()),
    _items("twice-different", f"[{ONE},{asset(status='Failed')}]", CONTRADICTION),
    _items("twice-different-unasked", f"[{ONE},{OTHER},{asset(asset_id='id2', status='Active')}]", Value()),
    _items(
        "thousand-unasked",
        "[" + ",".join(asset(asset_id=f"n{i}", official_id=None) for i in range(1000)) + f",{ONE}]",
        Value(),
    ),
    Case(
        "shapes/refused-with-null-data",
        (answer('{"code":"40301","msg":"余额不足","data":null}'),),
        Raises(APIStatusError, {"code": 40301, "msg": "余额不足"}, says="余额不足"),
    ),
]
