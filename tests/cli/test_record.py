"""A result as a line, for any text a server may send."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jimmy_ai_openapi_client import RealPersonAsset
from jimmy_ai_openapi_client.sdk.cli import results
from jimmy_ai_openapi_client.sdk.cli.screen import clean

ANY = st.text(st.characters(codec=None))  # half surrogate pairs too, which JSON can say
ASSETS = st.builds(
    RealPersonAsset,
    asset_id=ANY,
    status=ANY,
    asset_ref=st.none() | ANY,
    name=st.none() | ANY,
    extra=st.dictionaries(ANY, st.none() | ANY | st.integers() | st.lists(ANY), max_size=3),
)


@settings(deadline=None, max_examples=200)
@given(ANY, st.none() | ASSETS, st.booleans())
def test_a_line_is_one_printable_line_that_says_it_all(
    asked: str, asset: RealPersonAsset | None, ascii_only: bool
) -> None:
    line = results.line(asked, asset, ascii_only=ascii_only)
    assert line.isprintable()
    assert line.startswith(results.START)
    said = json.loads(line)
    assert (said["id"], said["status"]) == (asked, asset and asset.status)
    if asset:
        assert [said[name] for name in ("asset_id", "name", "extra")] == [asset.asset_id, asset.name, asset.extra]
    assert results.read(line.encode()) == (asked, asset and asset.status)


@pytest.mark.parametrize(
    "line",
    [
        b'{"id": "x"}',
        b'{"id": 7, "status": "Active", "missing": false}',
        b'{"id": "x", "status": null, "missing": false}',
        b'{"id": "x", "status": "Active", "missing": true}',
        b"[1]",
        b"[" * 100_000,
    ],
    ids=lambda line: line[:60].decode(),
)
def test_json_that_is_no_line_of_ours(line: bytes) -> None:
    assert results.read(line) is None


@settings(deadline=None)
@given(st.binary() | ANY.map(lambda text: json.dumps(text).encode()))
def test_anything_else_is_not_a_line_of_ours(line: bytes) -> None:
    assert results.read(line) is None


@given(ANY)
def test_no_text_moves_the_cursor(text: str) -> None:
    assert clean(text).isprintable()
