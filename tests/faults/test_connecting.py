"""The way to the service: connections that cannot be trusted, and proxies named in the environment."""

import logging
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from ..http.server import Drip, Reply, Script, Send, Server
from ..http.service import KEY
from .case import Case
from .conftest import Tls
from .proxy import Proxy
from .run import Flavour, call, check, flavours

pytestmark = pytest.mark.wire
SOON = (0.5, 1.0, 2.0)
Records = list[logging.LogRecord]


def well(flavour: Flavour) -> Case:
    return Case("good", flavour.kind)


def ill(flavour: Flavour, *play: Script, **expected: Any) -> Case:
    return Case("bad", flavour.kind, play, **{"raises": "APIConnectionError", **expected})


def page(status: int) -> Script:
    return (Reply(status, ("Content-Type: text/html",), b"<html>Not through here</html>"),)


@flavours
def test_trusted_certificate(flavour: Flavour, tls: Tls, records: Records) -> None:
    """The other tests here fail for the certificate alone: with a good one all is well."""
    with Server(tls=tls.good) as server:
        check(well(flavour), call(server, well(flavour), flavour), records)


@flavours
@pytest.mark.parametrize("which", ["stranger", "other_name", "expired"])
def test_untrusted_certificate_is_not_tried_again(flavour: Flavour, which: str, tls: Tls, records: Records) -> None:
    case = ill(flavour, has={"status_code": None}, seen=0)
    with Server(tls=getattr(tls, which)) as server:
        check(case, call(server, case, flavour), records, heals=False)


NO_TLS: dict[str, Script] = {
    "plain http": ("blind", Send(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"), "close"),
    "alert": ("blind", Send(b"\x15\x03\x01\x00\x02\x02\x28"), "close"),
    "close": ("blind", "close"),
    "reset": ("blind", "read", "reset"),
}


@flavours
@pytest.mark.parametrize("script", NO_TLS.values(), ids=NO_TLS)
def test_no_tls_on_the_other_side(flavour: Flavour, script: Script, records: Records) -> None:
    """Nothing is sent before the handshake is done; it may be a passing trouble, so it is tried again."""
    case = ill(flavour, pauses=SOON)
    with Server(healthy=script) as server:
        check(case, call(server, case, flavour, f"https://localhost:{server.port}"), records, heals=False)


@flavours
def test_handshake_that_never_ends(flavour: Flavour, records: Records) -> None:
    case = ill(flavour, ("blind", "hold"), raises="APITimeoutError", seen=-1, max_retries=0, timeout=0.15)
    with Server(*case.play, healthy=("blind", "read", "reset")) as server:
        check(case, call(server, case, flavour, f"https://localhost:{server.port}"), records, heals=False)


@flavours
def test_proxy_for_http(flavour: Flavour, monkeypatch: pytest.MonkeyPatch, records: Records) -> None:
    with Proxy() as proxy, Server() as server:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        check(well(flavour), call(server, well(flavour), flavour), records)
    assert proxy.heads[0].startswith(b"POST http://127.0.0.1:")


@flavours
def test_proxy_for_https_never_sees_the_key(
    flavour: Flavour, tls: Tls, monkeypatch: pytest.MonkeyPatch, records: Records
) -> None:
    with Proxy() as proxy, Server(tls=tls.good) as server:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        outcome = call(server, well(flavour), flavour)
    check(well(flavour), outcome, records)
    assert proxy.heads[0].startswith(b"CONNECT localhost:")
    assert not any(KEY.encode() in head for head in proxy.heads)
    assert KEY.encode() in outcome.requests[0].head


@flavours
def test_no_proxy_is_obeyed(flavour: Flavour, monkeypatch: pytest.MonkeyPatch, records: Records) -> None:
    with Proxy() as proxy, Server() as server:
        monkeypatch.setenv("ALL_PROXY", proxy.url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        check(well(flavour), call(server, well(flavour), flavour), records)
    assert proxy.heads == []


@pytest.fixture
def nobody() -> Iterator[str]:
    """An address where nobody listens; held, so that nobody else will."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


@flavours
@pytest.mark.parametrize("variable", ["HTTP_PROXY", "ALL_PROXY", "http_proxy", "HTTPS_PROXY", ""])
def test_nobody_there(
    flavour: Flavour, variable: str, *, tls: Tls, nobody: str, monkeypatch: pytest.MonkeyPatch, records: Records
) -> None:
    """Instead of a proxy; or of the server, where there is no proxy."""
    if variable:
        monkeypatch.setenv(variable, nobody)
    case = ill(flavour, has={"status_code": None}, pauses=SOON, seen=0)
    with Server(tls=tls.good if variable == "HTTPS_PROXY" else None) as server:
        check(case, call(server, case, flavour, server.url if variable else nobody), records, heals=False)


@flavours
@pytest.mark.parametrize("status", [302, 403, 407, 502])
def test_proxy_that_refuses_to_connect(
    flavour: Flavour, status: int, monkeypatch: pytest.MonkeyPatch, records: Records
) -> None:
    """Here the server plays the proxy: whatever CONNECT is answered with, there is no way through."""
    case = ill(flavour, has={"status_code": None}, pauses=SOON, says=str(status))
    with Server(healthy=page(status)) as server:
        monkeypatch.setenv("HTTPS_PROXY", server.url)
        outcome = call(server, case, flavour, "https://localhost:1")
    check(case, outcome, records, heals=False)
    assert all(request.head.startswith(b"CONNECT localhost:1 ") for request in outcome.requests)
    assert not any(KEY.encode() in request.head for request in outcome.requests)


@flavours
def test_proxy_that_connects_late_to_a_silent_host(
    flavour: Flavour, monkeypatch: pytest.MonkeyPatch, records: Records
) -> None:
    """One timeout covers both: the handshake only gets what CONNECT has left of it."""
    connected = Drip(b"HTTP/1.1 200 Connection established\r\n\r\n", every=0.02, times=1)
    case = ill(flavour, (connected, "hold"), raises="APITimeoutError", seen=-1, max_retries=0, timeout=1.0)
    with Server(*case.play, healthy=("reset",)) as server:
        monkeypatch.setenv("HTTPS_PROXY", server.url)
        check(case, call(server, case, flavour, "https://localhost:1"), records, heals=False)


@flavours
def test_proxy_that_answers_itself(flavour: Flavour, monkeypatch: pytest.MonkeyPatch, records: Records) -> None:
    """For plain http a proxy's own page looks like the service's."""
    case = ill(flavour, page(502), raises="InternalServerError", has={"status_code": 502}, pauses=SOON)
    with Server(*case.play) as server:
        monkeypatch.setenv("HTTP_PROXY", server.url)
        check(case, call(server, case, flavour, "http://127.0.0.1:1"), records)


@flavours
def test_proxy_credentials_are_sent_and_not_shown(
    flavour: Flavour, monkeypatch: pytest.MonkeyPatch, records: Records
) -> None:
    with Server() as server:
        monkeypatch.setenv("HTTP_PROXY", f"http://someone:{KEY}@127.0.0.1:{server.port}")
        outcome = call(server, well(flavour), flavour, "http://127.0.0.1:1")
    check(well(flavour), outcome, records)
    assert b"proxy-authorization: basic" in outcome.requests[0].head.lower()
