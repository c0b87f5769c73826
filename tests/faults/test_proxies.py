"""Proxies named in the environment: used, obeyed, and no excuse for an error that is not ours."""

import socket
from collections.abc import Iterator

import pytest

from jimmy_ai_openapi_client import APIConnectionError, APITimeoutError, ConfigurationError, InternalServerError

from .case import Case, Raises, Value
from .check import complaints
from .hygiene import impurities, leaks
from .proxy import Proxy
from .run import KEY, OWN, Flavour, Outcome, call, surroundings
from .script import GOOD, GOOD_BODY, Drip, Hold, Reset, answer, page, same
from .server import Server
from .tls import Tls

SOON = (0.5, 1.0, 2.0)
DOWN = Raises(APIConnectionError, {"status_code": None}, requests=4, seen=0, pauses=SOON)
ALL_WELL = Case("proxy/good", (GOOD,), Value())
flavours = pytest.mark.parametrize("flavour", OWN, ids=str)


@pytest.fixture
def nobody() -> Iterator[str]:
    """An address where nobody listens; held, so that nobody else will."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


def check(case: Case, flavour: Flavour, outcome: Outcome) -> None:
    assert complaints(case, flavour.kind, outcome) == []
    assert impurities(outcome.error) == []
    assert leaks(outcome) == []
    assert outcome.open_closed == 0


@flavours
def test_refused(flavour: Flavour, tls: Tls, nobody: str) -> None:
    """No proxy at all, and no server either."""
    with surroundings(tls.trusted), Server() as server:
        check(Case("refused", (), DOWN), flavour, call(server, Case("refused", (), DOWN), flavour, nobody))


@flavours
def test_proxy_for_http(flavour: Flavour, tls: Tls) -> None:
    with Proxy() as proxy, Server() as server, surroundings(tls.trusted, HTTP_PROXY=proxy.url):
        check(ALL_WELL, flavour, call(server, ALL_WELL, flavour, server.url))
    assert proxy.heads[0].startswith(b"POST http://127.0.0.1:")


@flavours
def test_proxy_for_https_never_sees_the_key(flavour: Flavour, tls: Tls) -> None:
    with Proxy() as proxy, Server(tls=tls.good) as server, surroundings(tls.trusted, HTTPS_PROXY=proxy.url):
        outcome = call(server, ALL_WELL, flavour, server.url)
        check(ALL_WELL, flavour, outcome)
    assert proxy.heads[0].startswith(b"CONNECT localhost:")
    assert not any(KEY.encode() in head for head in proxy.heads)
    assert KEY.encode() in outcome.requests[0].head


@flavours
def test_no_proxy_is_obeyed(flavour: Flavour, tls: Tls) -> None:
    with Proxy() as proxy, Server() as server, surroundings(tls.trusted, ALL_PROXY=proxy.url, NO_PROXY="127.0.0.1"):
        check(ALL_WELL, flavour, call(server, ALL_WELL, flavour, server.url))
    assert proxy.heads == []


@flavours
@pytest.mark.parametrize("variable", ["HTTP_PROXY", "ALL_PROXY", "http_proxy"])
def test_proxy_that_is_down(flavour: Flavour, variable: str, tls: Tls, nobody: str) -> None:
    case = Case("proxy/down", (GOOD,), DOWN)
    with Server() as server, surroundings(tls.trusted, **{variable: nobody}):
        check(case, flavour, call(server, case, flavour, server.url))


@flavours
def test_proxy_for_https_that_is_down(flavour: Flavour, tls: Tls, nobody: str) -> None:
    case = Case("proxy/down", (GOOD,), DOWN)
    with Server(tls=tls.good) as server, surroundings(tls.trusted, HTTPS_PROXY=nobody):
        check(case, flavour, call(server, case, flavour, server.url))


@flavours
@pytest.mark.parametrize("status", [302, 403, 407, 502])
def test_proxy_that_refuses_to_connect(flavour: Flavour, status: int, tls: Tls) -> None:
    """Here the server plays the proxy: whatever CONNECT is answered with, there is no way through."""
    want = Raises(APIConnectionError, {"status_code": None}, requests=4, pauses=SOON, says=str(status))
    script = page("Not through here", status)
    case = Case("proxy/refuses", (script,), want)
    with Server(case.play, healthy=script) as server, surroundings(tls.trusted, HTTPS_PROXY=server.url):
        outcome = call(server, case, flavour, "https://localhost:1")
    check(case, flavour, outcome)
    assert all(request.head.startswith(b"CONNECT localhost:1 ") for request in outcome.requests)
    assert not any(KEY.encode() in request.head for request in outcome.requests)


@pytest.mark.parametrize("flavour", [one for one in OWN if one.kind == "single"], ids=str)
def test_proxy_that_connects_late_to_a_silent_host(flavour: Flavour, tls: Tls) -> None:
    """One timeout covers both: the handshake only gets what CONNECT has left of it."""
    connected = Drip(same("HTTP/1.1 200 Connection established\r\n\r\n"), every=0.02, times=1)
    case = Case("proxy/late", ((connected, Hold()),), Raises(APITimeoutError, seen=-1), max_retries=0, timeout=1.0)
    with Server(case.play, healthy=(Reset(),)) as server, surroundings(tls.trusted, HTTPS_PROXY=server.url):
        outcome = call(server, case, flavour, "https://localhost:1")
    check(case, flavour, outcome)
    assert outcome.elapsed < 1.5


@flavours
def test_proxy_that_answers_itself(flavour: Flavour, tls: Tls) -> None:
    """For plain http a proxy's own page looks like the service's."""
    want = Raises(InternalServerError, {"status_code": 502}, requests=4, pauses=SOON)
    case = Case("proxy/page", (page("Bad gateway", 502),), want)
    with Server(case.play) as server, surroundings(tls.trusted, HTTP_PROXY=server.url):
        check(case, flavour, call(server, case, flavour, "http://127.0.0.1:1"))


@flavours
def test_proxy_credentials_are_sent_and_not_shown(flavour: Flavour, tls: Tls) -> None:
    with Server() as server:
        proxy = f"http://someone:{KEY}@127.0.0.1:{server.port}"
        with surroundings(tls.trusted, HTTP_PROXY=proxy):
            outcome = call(server, ALL_WELL, flavour, "http://127.0.0.1:1")
    check(ALL_WELL, flavour, outcome)
    assert b"proxy-authorization: basic" in outcome.requests[0].head.lower()


@flavours
@pytest.mark.parametrize("proxy", ["ftp://127.0.0.1:1", "socks9://127.0.0.1:1", "http://127.0.0.1:port", "http://[::1"])
def test_proxy_setting_that_cannot_be_used(flavour: Flavour, proxy: str, tls: Tls) -> None:
    case = Case("proxy/senseless", (answer(GOOD_BODY),), Raises(ConfigurationError, requests=0, seen=0, pauses=()))
    with Server() as server, surroundings(tls.trusted, ALL_PROXY=proxy):
        outcome = call(server, case, flavour, server.url)
    assert type(outcome.error) is ConfigurationError
    assert impurities(outcome.error) == []
    assert outcome.requests == []
