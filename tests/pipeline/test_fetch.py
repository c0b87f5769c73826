"""Pages are read from the web by https alone, in bounds."""

from typing import Any

import pytest
import respx

from codegen import page
from codegen.fetch import LARGEST, fetch
from codegen.refused import RefusedError

from .places import ROOT

URL = "https://docs.example.com/page.md"
PAGE = ROOT / "tests/pipeline/pages/realperson-submit.md"


def test_a_page_is_read_from_the_web(respx_mock: respx.MockRouter) -> None:
    respx_mock.get(URL).respond(content=PAGE.read_bytes())
    assert page.read(URL)._replace(name="") == page.read(str(PAGE))._replace(name="")


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({"status_code": 302, "headers": {"Location": "https://other.example/"}}, "302 to 'https://other.example/'"),
        ({"status_code": 404}, "answered with HTTP 404"),
        ({"content": b"x" * (LARGEST + 1)}, "is larger than 1048576 bytes"),
    ],
)
def test_an_answer_out_of_bounds_is_refused(respx_mock: respx.MockRouter, answer: dict[str, Any], says: str) -> None:
    respx_mock.get(URL).respond(**answer)
    with pytest.raises(RefusedError, match=says):
        fetch(URL)


@pytest.mark.parametrize("url", ["http://localhost/x", "file:///etc/passwd", "ftp://x/y", "https://a:b@localhost/x"])
def test_an_address_that_is_not_plain_https_is_refused(url: str) -> None:
    with pytest.raises(RefusedError, match="is not read: pages come by https"):
        page.read(url)
