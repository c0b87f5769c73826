"""Encrypted connections that cannot be trusted, or are none."""

import ssl

import pytest

from jimmy_ai_openapi_client import APIConnectionError, APITimeoutError

from .case import Case, Raises, Value
from .check import complaints
from .hygiene import impurities, leaks
from .run import OWN, Flavour, call, surroundings
from .script import GOOD, Blind, Close, Hold, Read, Reset, Script, raw
from .server import Server
from .tls import Tls

UNTRUSTED = Raises(APIConnectionError, {"status_code": None}, seen=0, pauses=())
flavours = pytest.mark.parametrize("flavour", OWN, ids=str)


def check(case: Case, flavour: Flavour, server: Server, url: str, tls: Tls) -> None:
    with surroundings(tls.trusted):
        outcome = call(server, case, flavour, url)
    assert complaints(case, flavour.kind, outcome) == []
    assert impurities(outcome.error) == []
    assert leaks(outcome) == []
    assert outcome.open_closed == 0


@flavours
def test_trusted_certificate(flavour: Flavour, tls: Tls) -> None:
    """The other tests here fail for the certificate alone: with a good one all is well."""
    with Server(tls=tls.good) as server:
        check(Case("tls/good", (GOOD,), Value()), flavour, server, server.url, tls)


@flavours
@pytest.mark.parametrize("which", ["stranger", "other_name", "expired"])
def test_untrusted_certificate_is_not_tried_again(flavour: Flavour, which: str, tls: Tls) -> None:
    context: ssl.SSLContext = getattr(tls, which)
    with Server(tls=context) as server:
        check(Case(f"tls/{which}", (GOOD,), UNTRUSTED), flavour, server, server.url, tls)


@flavours
@pytest.mark.parametrize(
    "script",
    [
        raw("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", Close()),
        raw(b"\x15\x03\x01\x00\x02\x02\x28", Close()),
        (Close(),),
        (Read(), Reset()),
    ],
    ids=["plain-http", "alert", "close", "reset"],
)
def test_no_tls_on_the_other_side(flavour: Flavour, script: Script, tls: Tls) -> None:
    """Nothing is sent before the handshake is done; it may be a passing trouble, so it is tried again."""
    case = Case("tls/none", ((Blind(), *script),), Raises(APIConnectionError, requests=4, pauses=(0.5, 1.0, 2.0)))
    with Server(case.play, healthy=case.play[0]) as server:
        check(case, flavour, server, f"https://localhost:{server.port}", tls)


@flavours
def test_handshake_that_never_ends(flavour: Flavour, tls: Tls) -> None:
    case = Case("tls/silent", ((Blind(), Hold()),), Raises(APITimeoutError, seen=-1), max_retries=0, timeout=0.15)
    with Server(case.play, healthy=case.play[0]) as server, surroundings(tls.trusted):
        outcome = call(server, case, flavour, f"https://localhost:{server.port}")
    assert complaints(case, flavour.kind, outcome) == []
    assert outcome.open_closed == 0
