"""Proxies of the environment: used, and told about when they cannot be."""

import pytest

from jimmy_ai_openapi_client import APIConnectionError, ConfigurationError
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock

from .server import served
from .service import KEY, Connect, Service

UNUSABLE = [
    "ftp://user:hidden@proxy.example",
    "socks5://user:hidden@proxy.example",  # needs a library that is not installed
    "http://proxy.example:port",
    "http://user:hidden@[::1",
]


@pytest.mark.parametrize("proxy", UNUSABLE)
@pytest.mark.parametrize("name", ["HTTPS_PROXY", "all_proxy"])
def test_unusable(connect: Connect, monkeypatch: pytest.MonkeyPatch, name: str, proxy: str) -> None:
    """One error of our tree, which does not show the password, before anything is sent."""
    monkeypatch.setenv(name, proxy)
    client = connect(api_key=KEY)
    with pytest.raises(ConfigurationError, match="proxy settings of the environment") as caught:
        client.real_person.status("id1")
    assert str(caught.value).isprintable()
    assert "hidden" not in str(caught.value)


def test_down(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the connection: the service was never reached."""
    with served() as server:
        monkeypatch.setenv("HTTPS_PROXY", server.base_url)
    client = connect(api_key=KEY, clock=FakeClock())
    with pytest.raises(APIConnectionError) as caught:
        client.real_person.status("id1")
    assert (caught.value.attempts, caught.value.reached) == (4, False)


def test_asked_in_the_service_s_place(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    with served() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.base_url)
        client = connect(api_key=KEY, base_url="http://far.example", allow_http=True)
        assert client.real_person.status("id1").is_active
        assert proxy.requests == 1


def test_loopback_and_no_proxy(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with served() as server:
        assert connect(api_key=KEY, base_url=server.base_url).real_person.status("id1").is_active
        assert server.requests == 1


def test_a_transport_of_the_caller_s_is_not_proxied(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert connect(api_key=KEY, transport=Service().transport).real_person.status("id1").is_active
