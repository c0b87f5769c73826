"""What goes over the wire, and what does not."""

import platform
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import JimmyAIError, __version__
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock

from .service import KEY, Connect, Service, asset, no, ok

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


@pytest.mark.parametrize(
    "trouble", [None, httpx.ReadError("x"), OSError("x"), KeyboardInterrupt("x"), LookupError("x")], ids=repr
)
def test_the_key_is_on_the_request_only_while_it_is_sent(connect: Connect, trouble: BaseException | None) -> None:
    """Afterwards nothing that holds the request holds the key."""
    requests: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"] == f"Bearer {KEY}"
        requests.append(request)
        if trouble:
            raise trouble
        return Service().handle(request)

    with suppress(JimmyAIError, KeyboardInterrupt):
        connect(api_key=KEY, transport=httpx.MockTransport(handle), max_retries=0).real_person.status("id1")
    assert ["authorization" in request.headers for request in requests] == [False]


def test_cookies_are_not_kept(connect: Connect) -> None:
    service = Service(ok(asset("id1"), **{"set-cookie": "session=1; Path=/; Domain=www.jimmyai.cn"}))
    client = connect(transport=service.transport)
    client.real_person.status("id1")
    client.real_person.status("id1")
    assert "cookie" not in service.asked[1].headers


@pytest.mark.parametrize("location", ["/other", "http://[", "\x00", "https://x.example:bad"], ids=ascii)
def test_a_malformed_redirect_does_no_harm(connect: Connect, location: str) -> None:
    """Httpx would prepare to follow it."""
    service = Service(httpx.Response(307, headers={"location": location}))
    with pytest.raises(JimmyAIError, match="redirect to") as caught:
        connect(transport=service.transport).real_person.status("id1")
    assert (len(service.asked), caught.value.status_code) == (1, 307)


def test_netrc_does_not_replace_the_key(connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine www.jimmyai.cn login someone password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    service = Service()
    connect(api_key=KEY, transport=service.transport).real_person.status("id1")
    assert service.asked[0].headers["authorization"] == f"Bearer {KEY}"
