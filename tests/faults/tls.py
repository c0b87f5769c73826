"""Certificates for loopback, made on the spot."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme


@dataclass(frozen=True, slots=True)
class Tls:
    """`trusted` is a store with one authority; only `good` is a certificate of it, for localhost and of today."""

    trusted: Path
    good: ssl.SSLContext
    stranger: ssl.SSLContext
    other_name: ssl.SSLContext
    expired: ssl.SSLContext


def certificates(folder: Path) -> Tls:
    """A trust store written to `folder`, and servers' contexts to present to it."""
    authority = trustme.CA()
    trusted = folder / "trusted.pem"
    authority.cert_pem.write_to_path(str(trusted))
    old = datetime(2001, 1, 1, tzinfo=UTC)
    expired = authority.issue_cert("localhost", not_before=old, not_after=old + timedelta(days=1))
    return Tls(
        trusted,
        _context(authority.issue_cert("localhost")),
        _context(trustme.CA().issue_cert("localhost")),
        _context(authority.issue_cert("elsewhere.example")),
        _context(expired),
    )


def _context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context
