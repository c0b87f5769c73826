"""How to get to the service: directly or through the environment's proxy, with TLS where the address says so."""

import os
import ssl
from collections.abc import Callable
from functools import cache, partial
from typing import Any, NamedTuple
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from .direct import AsyncConnection, Connection
from .errors import ConfigurationError
from .streams import Backend

KEEPALIVE = 30.0
"""Seconds an idle connection is kept: longer than the longest usual pause of a wait, so that its polls share one."""


class Kind(NamedTuple):
    """The classes for threads or for asyncio. httpcore's pools serve as makers of single connections."""

    quick: Callable[..., Any]
    direct: Callable[..., Any]
    http_proxy: Callable[..., Any]
    socks_proxy: Callable[..., Any]
    backend: Any


def threads() -> Kind:
    """Blocking connections."""
    backend = Backend(httpcore.SyncBackend())
    return Kind(Connection, httpcore.ConnectionPool, httpcore.HTTPProxy, httpcore.SOCKSProxy, backend)


def asyncio() -> Kind:
    """Connections for an event loop."""
    from .asyncio_streams import AsyncBackend  # noqa: PLC0415

    pools = httpcore.AsyncConnectionPool, httpcore.AsyncHTTPProxy, httpcore.AsyncSOCKSProxy
    return Kind(AsyncConnection, *pools, AsyncBackend())


def connector(base_url: str, kind: Kind, httptools: Any) -> Callable[[], Any]:
    """What makes a new connection to `base_url`. `ConfigurationError` if its proxy cannot be used.

    With `httptools` direct connections are ours; all others are httpcore's.
    """
    url = httpx.URL(base_url)
    origin = _url(url).origin
    options: dict[str, Any] = {
        "ssl_context": trusted() if url.scheme == "https" else None,
        "keepalive_expiry": KEEPALIVE,
        "network_backend": kind.backend,
    }
    try:
        proxy = environment_proxy(url)
        if httptools and proxy is None:
            return partial(kind.quick, origin, **options)
        pool = _pool(kind, proxy, options)
    except (RuntimeError, ValueError, httpx.InvalidURL) as error:
        raise ConfigurationError(f"the proxy settings of the environment cannot be used: {error}") from None
    return partial(pool.create_connection, origin)


def _pool(kind: Kind, proxy: httpx.Proxy | None, options: dict[str, Any]) -> Any:
    if proxy is None:
        return kind.direct(**options)
    if proxy.url.scheme.startswith("socks5"):
        return kind.socks_proxy(_url(proxy.url), proxy_auth=proxy.raw_auth, **options)
    tls, headers = trusted() if proxy.url.scheme == "https" else None, proxy.headers.raw
    return kind.http_proxy(
        _url(proxy.url), proxy_auth=proxy.raw_auth, proxy_headers=headers, proxy_ssl_context=tls, **options
    )


def environment_proxy(url: httpx.URL) -> httpx.Proxy | None:
    """The proxy that the environment names for `url`, by the rules of the standard library."""
    proxies = getproxies()
    address = proxies.get(url.scheme) or proxies.get("all")
    if not address or proxy_bypass(url.host) or proxy_bypass(url.netloc.decode("ascii")):
        return None
    return httpx.Proxy(address if "://" in address else f"http://{address}")


def trusted() -> ssl.SSLContext:
    """What httpx trusts. One for all clients, as reading the trust store takes 20 ms."""
    return _context(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))


@cache
def _context(_file: str | None, _directory: str | None) -> ssl.SSLContext:
    return httpx.create_ssl_context()


def _url(url: httpx.URL) -> httpcore.URL:
    return httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
