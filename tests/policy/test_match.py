"""Which item of a batch belongs to which id."""

import itertools
import logging
from typing import Any

import pytest

from jimmy_ai_openapi_client.sdk.asset import match

from .lives import asset, model

Items = list[dict[str, Any]]
MATCHED: dict[str, tuple[list[str], Items, dict[str, str]]] = {
    "by asset_id": (["a", "b"], [asset("b"), asset("a")], {"b": "b", "a": "a"}),
    "by official_id": (["off"], [asset("a", official_id="off")], {"off": "a"}),
    "asset_id first, one item for one id": (["a", "b"], [asset("a", official_id="b")], {"a": "a"}),
    "both ids, both items": (["a", "off"], [asset("a", official_id="off"), asset("off")], {"a": "a", "off": "off"}),
    "strangers": (["a"], [asset("x"), asset("a"), asset("y", official_id="z")], {"a": "a"}),
    "letters as they are": (["a"], [asset("A"), asset("a "), asset("а")], {}),  # the last one is Cyrillic
    "the same twice": (["a"], [asset("a"), asset("a")], {"a": "a"}),
    "other strangers of one id": (["a"], [asset("x"), asset("x", "Failed"), asset("a")], {"a": "a"}),
    "nothing": (["a"], [], {}),
}


@pytest.mark.parametrize(("ids", "items", "expected"), MATCHED.values(), ids=MATCHED)
def test_matched(ids: list[str], items: Items, expected: dict[str, str]) -> None:
    """Keys are the ids asked for; the assets keep the ids that the service gave them."""
    found = match(iter(ids), map(model, items))
    assert {name: one.asset_id for name, one in found.items()} == expected
    assert all(one.requested_id == name for name, one in found.items())


TWINS = [
    (asset("a", "Active"), asset("a", "Failed")),
    (asset("a", name="x"), asset("a", name="y")),
    (asset("a", new=1), asset("a", new=2)),
    (asset("a"), asset("other", official_id="a")),
]


@pytest.mark.parametrize("twins", [pair for twins in TWINS for pair in itertools.permutations(twins)], ids=str)
def test_one_id_twice_with_different_content(twins: tuple[Any, Any]) -> None:
    """Which of the two is true nobody can say."""
    with pytest.raises(ValueError, match="two different assets for 'a'"):
        match(["a", "b"], map(model, (twins[0], asset("b"), twins[1])))


def test_an_id_of_any_length_is_quoted_in_part() -> None:
    with pytest.raises(ValueError, match=r"two different assets for 'x{100}'$"):
        match(["x" * 500], map(model, (asset("x" * 500), asset("x" * 500, "Failed"))))


@pytest.mark.parametrize(("strangers", "lines"), [(0, []), (2, ["ignored 2 assets that were not asked for"])])
def test_one_debug_line_for_all_strangers(caplog: pytest.LogCaptureFixture, strangers: int, lines: list[str]) -> None:
    """It does not say which."""
    caplog.set_level(logging.DEBUG, "jimmy_ai_openapi_client")
    match(["a"], map(model, [asset("a"), *[asset("x")] * strangers]))
    assert [record.getMessage() for record in caplog.records] == [f"realperson: {line}" for line in lines]
