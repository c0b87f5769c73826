"""What is handed to httpx: headers, and the arguments of its clients."""

import os
import ssl
from pathlib import Path
from typing import Any

import httpx
import pytest
import trustme

from jimmy_ai_openapi_client import APIConnectionError, ConfigurationError, JimmyAI
from jimmy_ai_openapi_client.sdk.http import connections
from jimmy_ai_openapi_client.sdk.settings import Secret

from .service import Connect, Service


def test_headers_go_along_with_every_request(connect: Connect) -> None:
    service = Service()
    client = connect(transport=service.transport, headers={"X-Team": "video", "User-Agent": "mine"})
    client.real_person.status("id1")
    assert (service.asked[0].headers["x-team"], service.asked[0].headers["user-agent"]) == ("video", "mine")


@pytest.mark.parametrize(
    "headers",
    [
        *({name: "x"} for name in ("Authorization", "HOST", "cookie", "Content-Type", "Accept-Encoding")),
        {"": "x"},
        {"a b": "x"},
        {"a": "x\n"},
        {"a": "\u4eba"},
        {"a": 5},
        {5: "a"},
        "a: b",
    ],
    ids=repr,
)
def test_headers_that_are_refused(connect: Connect, headers: Any) -> None:
    with pytest.raises(ConfigurationError, match="header"):
        connect(headers=headers)


@pytest.mark.parametrize("json", [{}, None], ids=["generated", "other"])
def test_a_header_of_any_case_replaces_ours(connect: Connect, json: Any) -> None:
    service = Service()
    client = connect(transport=service.transport, headers={"USER-AGENT": "mine", "X-Trace": "1"})
    raw = client.target.raw.get_async_httpx_client() if hasattr(client, "target") else client.raw.get_httpx_client()
    request = raw.build_request("POST", "/x", json=json, headers={"x-trace": "2"}, params=None if json else {"a": 1})
    names = [name.lower() for name, _ in request.headers.raw]
    assert len(names) == len(set(names))
    assert (request.headers["User-Agent"], request.headers["X-Trace"]) == ("mine", "2")


OWNED = ["auth", "base_url", "cookies", "follow_redirects", "headers", "max_redirects", "timeout", "transport"]


@pytest.mark.parametrize("name", [*OWNED, "params", "nonsense"])
def test_what_the_client_sets_itself_is_refused_by_name(connect: Connect, name: str) -> None:
    with pytest.raises(ConfigurationError, match=f"httpx_args must not have '{name}': "):
        connect(httpx_args={name: None})


@pytest.mark.parametrize("name", ["verify", "cert", "http1", "http2", "proxy", "limits", "trust_env"])
def test_what_a_given_transport_would_not_use(connect: Connect, name: str) -> None:
    value = httpx.Limits() if name == "limits" else None
    with pytest.raises(ConfigurationError, match=f"'{name}', which belongs to the given transport"):
        connect(transport=Service().transport, httpx_args={name: value})


WRONG = [{"proxy": "ftp://x"}, {"limits": 5}, {"verify": "/nowhere"}, {"cert": "/nowhere"}, {"mounts": {"x": None}}]


@pytest.mark.parametrize("httpx_args", WRONG, ids=repr)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_what_httpx_cannot_use(connect: Connect, httpx_args: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match="httpx_args"):
        connect(base_url="http://127.0.0.1:9", httpx_args=httpx_args).real_person.status("id1")


@pytest.mark.parametrize("kind", ["nothing", "folder", "garbage"])
def test_a_trust_store_that_cannot_be_read(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str
) -> None:
    file = {"nothing": tmp_path / "none", "folder": tmp_path, "garbage": tmp_path / "garbage"}[kind]
    (tmp_path / "garbage").write_text("no certificate")
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with pytest.raises(ConfigurationError, match="SSL_CERT_FILE"):
        connect()


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({}, "its default"),
        ({"SSL_CERT_DIR": "x"}, "SSL_CERT_DIR"),
        ({"SSL_CERT_FILE": "x", "SSL_CERT_DIR": "x"}, "_FILE"),
    ],
    ids=str,
)
def test_which_trust_store_it_was(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], named: str
) -> None:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    def fail(*_: object, **__: object) -> None:
        raise OSError("unreadable")

    connections._default_trust.cache_clear()
    monkeypatch.setattr(httpx, "create_ssl_context", fail)
    with pytest.raises(ConfigurationError, match=rf"the trust store \(.*{named}\) cannot be read"):
        connect()


@pytest.mark.parametrize(
    "given", [None, httpx.Limits(max_connections=7, max_keepalive_connections=3, keepalive_expiry=2)]
)
def test_limits(connect: Connect, given: httpx.Limits | None) -> None:
    """By default those of httpx, but for idle connections, which outlast the longest usual pause of a wait."""
    limits = given or connections.LIMITS
    assert httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=30) == connections.LIMITS
    client = connect(base_url="http://127.0.0.1:9", max_retries=0, httpx_args={"limits": given} if given else {})
    with pytest.raises(APIConnectionError):
        client.real_person.status("id1")
    target: Any = getattr(client, "target", client)
    made = target._http.connections
    clients = [*getattr(made, "_clients", {}).values(), *(loop.client for loop in getattr(made, "_loops", {}).values())]
    pools = [one._transport._pool for one in clients]
    kept = [(pool._max_keepalive_connections, pool._keepalive_expiry) for pool in pools]
    assert kept == [(limits.max_keepalive_connections, limits.keepalive_expiry)]


def test_verify_false_is_warned_about(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    connect(httpx_args={"verify": False})
    assert "the key can be read by anyone" in caplog.text


def test_a_context_of_the_caller_s(connect: Connect) -> None:
    context = ssl.create_default_context()
    trustme.CA().configure_trust(context)
    assert connect(httpx_args={"verify": context})


def test_mounts_and_trust_env(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with pytest.raises(APIConnectionError):
        connect(max_retries=0, timeout=0.5).real_person.status("id1")
    service = Service()
    mounts = {"all://": service.transport}
    assert connect(httpx_args={"trust_env": False, "mounts": mounts}).real_person.status("id1").is_active


def test_nor_in_a_process_that_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same without a fork; a transport that holds no connections may go on."""
    transports: list[tuple[httpx.BaseTransport, bool]] = [(httpx.HTTPTransport(), False), (Service().transport, True)]
    for transport, goes_on in transports:
        client = JimmyAI(api_key="sk-test", transport=transport)
        monkeypatch.setattr(os, "getpid", lambda: -1)
        if goes_on:
            assert client.real_person.status("id1").is_active
        else:
            with pytest.raises(ConfigurationError, match="before the fork"):
                client.real_person.status("id1")
        monkeypatch.undo()


def test_a_transport_that_stands_in_for_the_network_needs_no_arguments_about_it() -> None:
    """Those of the hooks are used as ever."""
    given = {"verify": False, "proxy": "http://127.0.0.1:9", "event_hooks": {"request": []}}
    transport = Service().transport
    made = connections.client_arguments(Secret("sk-test"), given, transport, httpx.BaseTransport, stands_in=True)
    assert (made["event_hooks"], made["transport"]) == ({"request": []}, transport)
    assert not {"verify", "proxy"}.intersection(made)
