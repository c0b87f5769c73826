"""Certificates, made once, and an environment that trusts their authority alone."""

import logging
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

pytest.register_assert_rewrite("tests.faults.run")


@dataclass(frozen=True, slots=True)
class Tls:
    """A store with one authority, and servers; only `good` has a certificate of it, for localhost and of today."""

    trusted: Path
    servers: dict[str, ssl.SSLContext]


@pytest.fixture(scope="session")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    """A trust store, and servers it vouches for or not."""
    authority, trusted = trustme.CA(), tmp_path_factory.mktemp("tls") / "trusted.pem"
    authority.cert_pem.write_to_path(str(trusted))
    old = datetime(2001, 1, 1, tzinfo=UTC)
    expired = authority.issue_cert("localhost", not_before=old, not_after=old + timedelta(days=1))
    certificates = {
        "good": authority.issue_cert("localhost"),
        "stranger": trustme.CA().issue_cert("localhost"),
        "other name": authority.issue_cert("elsewhere.example"),
        "expired": expired,
    }
    servers = {name: ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) for name in certificates}
    for name, certificate in certificates.items():
        certificate.configure_cert(servers[name])
    return Tls(trusted, servers)


@pytest.fixture(autouse=True)
def _small_trust_store(tls: Tls, monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading the usual one takes 20 ms."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tls.trusted))


@pytest.fixture(autouse=True)
def _far_from_greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The dates of a service are in GMT wherever the caller is."""
    set_zone = getattr(time, "tzset", lambda: None)  # Windows has none
    monkeypatch.setenv("TZ", "XYZ-8")
    set_zone()
    yield
    monkeypatch.undo()
    set_zone()


@pytest.fixture
def records(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    """Those of every logger."""
    caplog.set_level(logging.DEBUG)
    return caplog.records
