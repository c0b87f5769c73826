"""What is handed to httpx: the arguments of its clients, and a transport. What cannot be is refused."""

import os
import ssl
from pathlib import Path
from typing import Any

import httpx
import pytest
import trustme

from jimmy_ai_openapi_client import APIConnectionError, APIStatusError, BadRequestError, ConfigurationError, JimmyAI
from jimmy_ai_openapi_client.sdk.http.connections import _default_trust, client_arguments
from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService
from jimmy_ai_openapi_client.sdk.settings import Secret

from .server import Server
from .service import Connect, Service, no

OWNED = ("auth", "base_url", "cookies", "follow_redirects", "headers", "max_redirects", "timeout", "transport")
OF_A_TRANSPORT = ("verify", "cert", "http1", "http2", "proxy", "limits", "trust_env")
NO_TRANSPORTS: dict[str, Any] = {"mock": MockService(), "class": httpx.BaseTransport, "text": "http://127.0.0.1"}
GIVEN, ANYTHING = Service().transport, httpx.Limits()
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    **{name: ({"httpx_args": {name: None}}, f"must not have '{name}': ") for name in [*OWNED, "params", "nonsense"]},
    **{
        f"transport and {name}": ({"transport": GIVEN, "httpx_args": {name: ANYTHING}}, f"'{name}', which belongs")
        for name in OF_A_TRANSPORT
    },
    **{name: ({"transport": wrong}, "transport must be an httpx") for name, wrong in NO_TRANSPORTS.items()},
    "limits": ({"httpx_args": {"limits": 5}}, "limits of httpx_args must be httpx.Limits, not 5"),
    **{
        f"{name} {value!r}": ({"httpx_args": {name: value}}, "verify or cert of httpx_args cannot be read")
        for name, value in (("verify", "/nowhere"), ("verify", "\0"), ("cert", "/nowhere"), ("cert", (5, 5)))
    },
}


@pytest.mark.parametrize(("options", "problem"), REFUSED.values(), ids=REFUSED)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_refused(connect: Connect, options: dict[str, Any], problem: str) -> None:
    with pytest.raises(ConfigurationError, match=problem):
        connect(**options)


NO_PROXIES = ["ftp://user:hidden@proxy.example", "http://proxy.example:port", "http://user:hidden@[::1"]
NO_PROXIES.append("socks5://user:hidden@proxy.example")  # needs a library that is not installed
UNUSABLE: list[tuple[str, dict[str, Any]]] = [
    *((proxy, {}) for proxy in NO_PROXIES),
    ("", {"proxy": "ftp://x"}),
    ("", {"mounts": {"x": None}}),
    ("", {"mounts": 5}),
    ("", {"event_hooks": 5}),
]


@pytest.mark.parametrize(("proxy", "httpx_args"), UNUSABLE, ids=str)
def test_what_httpx_cannot_use(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, proxy: str, httpx_args: dict[str, Any]
) -> None:
    """One error of our tree, which does not show a password, before anything is sent."""
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(ConfigurationError, match="httpx_args, or the proxy settings of the environment") as caught:
        connect(httpx_args=httpx_args).real_person.status("id1")
    assert str(caught.value).isprintable()
    assert "hidden" not in str(caught.value)


def test_the_trust_store(connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is read once, and not where something else is chosen. One that cannot be read is named."""
    file, garbage = tmp_path / "trusted.pem", tmp_path / "garbage"
    trustme.CA().cert_pem.write_to_path(str(file))
    garbage.write_text("no certificate")
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    connect()
    file.unlink()
    connect()
    for unreadable in (tmp_path / "nothing", tmp_path, garbage):
        monkeypatch.setenv("SSL_CERT_FILE", str(unreadable))
        connect(httpx_args={"trust_env": False})
        with pytest.raises(ConfigurationError, match=r"the trust store \(SSL_CERT_FILE\) cannot be read"):
            connect()
    monkeypatch.delenv("SSL_CERT_FILE")
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path))  # Python's own context fails, whatever the store
    for variable, named in (("SSL_CERT_DIR", "SSL_CERT_DIR"), ("OTHER", "its default")):
        monkeypatch.setenv(variable, str(tmp_path))
        _default_trust.cache_clear()
        with pytest.raises(ConfigurationError, match=rf"the trust store \({named}\) cannot be read"):
            connect()
        monkeypatch.delenv(variable)


def test_the_usual_trust_store_is_that_of_httpx(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(variable, raising=False)
    made = client_arguments(Secret("sk-test"), None, None, httpx.BaseTransport, stands_in=False)
    assert made["verify"].cert_store_stats() == httpx.create_ssl_context().cert_store_stats()


@pytest.mark.wire
def test_verify_takes_a_context(connect: Connect) -> None:
    authority, trusting, serving = trustme.CA(), ssl.create_default_context(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.configure_trust(trusting)
    authority.issue_cert("localhost").configure_cert(serving)
    with Server(tls=serving) as server:
        client = connect(base_url=server.url, httpx_args={"verify": trusting})
        assert client.real_person.status("id1").is_active


def test_verify_false_is_warned_about(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    connect(httpx_args={"verify": True})
    assert not caplog.records
    connect(httpx_args={"verify": False})
    assert "the key can be read by anyone" in caplog.text


def test_a_transport_mounts_and_trust_env(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a transport of the caller's nor a mounted one is proxied."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with pytest.raises(APIConnectionError):
        connect(max_retries=0, timeout=0.5).real_person.status("id1")
    transport = Service().transport
    mounted = {"trust_env": False, "mounts": {"all://": transport}}
    assert connect(httpx_args=mounted).real_person.status("id1").is_active
    assert connect(transport=transport).real_person.status("id1").is_active


def test_event_hooks_see_each_request_and_each_answer(connect: Connect, way: str) -> None:
    """More of them: tests/ecosystem."""
    seen: list[httpx.Request | httpx.Response] = []

    async def note(one: httpx.Request | httpx.Response) -> None:
        seen.append(one)

    hooks = [seen.append if way == "threads" else note]
    httpx_args = {"event_hooks": {"request": hooks, "response": hooks}}
    connect(transport=Service().transport, httpx_args=httpx_args).real_person.status("id1")
    assert list(map(type, seen)) == [httpx.Request, httpx.Response]


@pytest.mark.parametrize("is_read", [False, True])
def test_a_hook_that_raises_for_status_changes_no_error(connect: Connect, way: str, is_read: bool) -> None:
    """It is retried, or raised, as it would be without the hook; with its body if the hook has read it."""

    def hook(response: httpx.Response) -> None:
        if is_read:
            response.read()
        response.raise_for_status()

    async def ahook(response: httpx.Response) -> None:
        if is_read:
            await response.aread()
        response.raise_for_status()

    elsewhere = httpx.Response(302, headers={"location": "https://x.example"})
    service = Service(no(None, status=503), no(20002, "unknown id", status=400), elsewhere)
    hooks = {"event_hooks": {"response": [hook if way == "threads" else ahook]}}
    options = {"transport": httpx.MockTransport(lambda request: unread(service.handle(request))), "httpx_args": hooks}
    real_person = connect(**options, clock=FakeClock()).real_person
    with pytest.raises(BadRequestError) as caught:
        real_person.status("id1")
    found = caught.value
    assert (found.status_code, found.attempts, len(service.asked)) == (400, 2, 2)
    assert (found.code, found.msg) == ((20002, "unknown id") if is_read else (None, None))
    with pytest.raises(APIStatusError, match=r"HTTP 302: a redirect to https://x\.example"):
        real_person.status("id1")


def unread(response: httpx.Response) -> httpx.Response:
    """The same, as if it came over a wire."""
    return httpx.Response(response.status_code, headers=response.headers, stream=httpx.ByteStream(response.content))


def test_a_hook_that_complains_of_a_good_answer(connect: Connect, way: str) -> None:
    """Is an error of its own, not one of the answer."""

    def hook(response: httpx.Response) -> None:
        raise httpx.HTTPStatusError("not good enough", request=response.request, response=response)

    async def ahook(response: httpx.Response) -> None:
        hook(response)

    hooks = {"event_hooks": {"response": [hook if way == "threads" else ahook]}}
    with pytest.raises(APIConnectionError, match="HTTPStatusError: not good enough"):
        connect(transport=Service().transport, httpx_args=hooks).real_person.status("id1")


@pytest.mark.parametrize("place", ["transport", "mounts"])
def test_connections_of_another_process(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """A transport that holds some cannot be used after a fork; any other may go on."""
    usual, holding = (
        JimmyAI(
            api_key="sk-test",
            transport=transport if place == "transport" else None,
            httpx_args={"mounts": {"https://": transport}} if place == "mounts" else None,
        )
        for transport in (Service().transport, httpx.HTTPTransport())
    )
    monkeypatch.setattr(os, "getpid", lambda: -1)
    assert usual.real_person.status("id1").is_active
    with pytest.raises(ConfigurationError, match="before the fork"):
        holding.real_person.status("id1")
    holding.close()  # it has nothing to close here
    usual.close()
    monkeypatch.setattr(os, "getpid", lambda: -2)
    with pytest.raises(ConfigurationError, match="closed"):
        usual.real_person.status("id1")


def test_a_transport_that_stands_in_for_the_network_needs_no_arguments_about_it() -> None:
    """Those of the hooks are used as ever."""
    given = {"verify": False, "proxy": "http://127.0.0.1:9", "event_hooks": {"request": []}}
    transport = Service().transport
    made = client_arguments(Secret("sk-test"), given, transport, httpx.BaseTransport, stands_in=True)
    assert (made["event_hooks"], made["transport"]) == ({"request": []}, transport)
    assert not {"verify", "proxy"}.intersection(made)
