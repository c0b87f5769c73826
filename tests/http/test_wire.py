"""What goes over the wire, and what does not."""

import gzip
import platform
import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import APIResponseError, JimmyAI, __version__
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock

from .service import KEY, Asked, Connect, Service, asset, no, ok

CALLS: dict[str, Callable[[Any], Any]] = {
    "status": lambda client: client.real_person.status("id1"),
    "batch_status": lambda client: client.real_person.batch_status(["id1", "id2"]),
}
calls = pytest.mark.parametrize("call", CALLS)


@calls
def test_headers(connect: Connect, call: str) -> None:
    """These and no others."""
    service = Service()
    CALLS[call](connect(api_key=KEY, transport=service.transport))
    headers = dict(service.asked[0].headers)
    assert int(headers.pop("content-length")) > 0
    assert headers == {
        "host": "www.jimmyai.cn",
        "authorization": f"Bearer {KEY}",
        "content-type": "application/json",
        "accept": "application/json",
        "accept-encoding": "gzip",
        "connection": "keep-alive",
        "user-agent": (
            f"jimmy-ai-openapi-client/{__version__} python/{platform.python_version()} httpx/{httpx.__version__}"
        ),
    }


def test_version() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+([a-z.]+\d+)?", __version__)


@calls
def test_every_attempt_has_the_key_once(connect: Connect, call: str) -> None:
    service = Service(*[no(None, status=503)] * 3)
    CALLS[call](connect(api_key=KEY, transport=service.transport, clock=FakeClock()))
    assert [asked.headers.get_list("authorization") for asked in service.asked] == [[f"Bearer {KEY}"]] * 4


@calls
def test_the_key_is_on_the_request_only_while_it_is_sent(connect: Connect, call: str) -> None:
    """Afterwards nothing that holds the request holds the key."""
    requests: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"] == f"Bearer {KEY}"
        requests.append(request)
        return Service().handle(request)

    CALLS[call](connect(api_key=KEY, transport=httpx.MockTransport(handle)))
    assert len(requests) == 1
    assert "authorization" not in requests[0].headers


@pytest.mark.parametrize(
    "trouble",
    [httpx.ReadError("x"), httpx.ReadTimeout("x"), OSError("x"), KeyboardInterrupt("x"), LookupError("x")],
    ids=repr,
)
def test_nor_after_trouble(trouble: BaseException) -> None:
    requests: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        raise trouble

    jimmy = JimmyAI(api_key=KEY, transport=httpx.MockTransport(handle), max_retries=0)
    with pytest.raises(BaseException):  # noqa: B017
        jimmy.real_person.status("id1")
    assert "authorization" not in requests[0].headers


def test_cookies_are_not_kept(connect: Connect) -> None:
    service = Service(ok(asset("id1"), **{"set-cookie": "session=1; Path=/; Domain=www.jimmyai.cn"}))
    client = connect(transport=service.transport)
    client.real_person.status("id1")
    client.real_person.status("id1")
    assert "cookie" not in service.asked[1].headers


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "location", ["https://elsewhere.example/", "/other", "http://[", "\x00", "https://x.example:bad"], ids=ascii
)
def test_redirects_are_not_followed(connect: Connect, status: int, location: str) -> None:
    """Neither key nor ids go to whoever asks, and a malformed target does no harm."""
    service = Service(httpx.Response(status, headers={"location": location}))
    with pytest.raises(Exception, match="redirect to") as caught:
        connect(transport=service.transport).real_person.status("id1")
    assert (len(service.asked), caught.value.status_code) == (1, status)  # type: ignore[attr-defined]


def test_netrc_does_not_replace_the_key(connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine www.jimmyai.cn login someone password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    service = Service()
    connect(api_key=KEY, transport=service.transport).real_person.status("id1")
    assert service.asked[0].headers["authorization"] == f"Bearer {KEY}"


def coded(encoding: str, content: bytes) -> httpx.Response:
    """An encoded answer as it comes over the wire: httpx itself would decode what it is given at once."""
    stream = httpx.ByteStream(content)
    return httpx.Response(200, headers={"content-encoding": encoding}, stream=stream)


GOOD = ok(asset("id1")).content


@pytest.mark.parametrize("encoding", ["gzip", "GZIP", " gzip ", "x-gzip"])
def test_gzip(connect: Connect, encoding: str) -> None:
    service = Service(lambda _: coded(encoding, gzip.compress(GOOD)))
    assert connect(transport=service.transport).real_person.status("id1").asset_id == "id1"


@pytest.mark.parametrize("encoding", ["", "identity"])
def test_plain(connect: Connect, encoding: str) -> None:
    service = Service(lambda _: coded(encoding, GOOD))
    assert connect(transport=service.transport).real_person.status("id1").asset_id == "id1"


@pytest.mark.parametrize(
    "encoding", ["br", "zstd", "deflate", "gzip, gzip", "gzip,identity", "\x01", "x" * 5000], ids=lambda one: one[:9]
)
def test_encodings_that_were_not_offered(connect: Connect, encoding: str) -> None:
    def handle(_: Asked) -> httpx.Response:
        return coded(encoding, GOOD)

    with pytest.raises(APIResponseError, match="content encoding") as caught:
        connect(transport=Service(handle).transport).real_person.status("id1")
    assert str(caught.value).isprintable()
    assert (caught.value.attempts, len(str(caught.value)) < 500) == (1, True)
