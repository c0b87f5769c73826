"""Mocks of httpx: respx, pytest-httpx and vcrpy. No request passes them by."""

from pathlib import Path

import httpx
import pytest
import respx
import vcr
from pytest_httpx import HTTPXMock

from .conftest import ASSET, BUSY, KEY, Call, Served


@pytest.mark.parametrize("using", ["httpcore", "httpx"])
def test_respx(call: Call, using: str) -> None:
    """In both of its modes."""
    with respx.mock(using=using, assert_all_called=True) as router:
        route = router.post(path__regex="/realperson/status$")
        route.side_effect = [httpx.Response(200, json=BUSY), httpx.Response(200, json=ASSET)]
        assert call() == "Active"
        assert len(router.calls) == 2
        assert {seen.request.url.host for seen in router.calls} == {"www.jimmyai.cn"}


def test_pytest_httpx(call: Call, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json=BUSY)
    httpx_mock.add_response(json=ASSET)
    assert call() == "Active"
    assert len(httpx_mock.get_requests()) == 2


def test_vcrpy(call: Call, server: Served, tmp_path: Path) -> None:
    """A cassette is recorded once and played after; without the key, as it is told to leave that header out."""
    cassette = tmp_path / "cassette.yaml"
    options = {"filter_headers": ["authorization"], "record_mode": "once"}
    for _ in range(2):
        with vcr.use_cassette(str(cassette), **options):
            assert call(base_url=server.base_url) == "Active"
    assert server.requests == 1
    recorded = cassette.read_text("utf-8")
    assert "realperson/status" in recorded
    assert KEY not in recorded
