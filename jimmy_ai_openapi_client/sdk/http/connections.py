"""Plain httpx clients, one for each process or event loop, because connections cannot move between them."""

import logging
import os
import ssl
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from functools import cache, partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, NamedTuple, TypeVar

import httpx

from ..errors import ConfigurationError
from ..settings import Secret

log = logging.getLogger("jimmy_ai_openapi_client")

LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=30.0)
"""As those of httpx, except that an idle connection outlasts the longest usual pause of a wait."""

_NETWORK = ("verify", "cert", "http1", "http2", "proxy", "limits", "trust_env")
_TAKEN = (*_NETWORK, "mounts", "event_hooks")

Plain = TypeVar("Plain", httpx.Client, httpx.AsyncClient)

_CLOSED = "this client is closed; create a new one, or make the call inside its with block"


def _authorize(key: Secret, request: httpx.Request) -> httpx.Request:
    """Put the key on a request when it is sent."""
    request.headers["Authorization"] = f"Bearer {key.reveal()}"
    return request


def client_arguments(
    key: Secret, httpx_args: Mapping[str, Any] | None, transport: Any, kind: type, *, stands_in: bool
) -> dict[str, Any]:
    """What a plain httpx client is made with. `ConfigurationError` for what cannot be, or is not the caller's.

    A transport that stands in for the network, as the mock's does, needs none of the arguments about the network.
    """
    given = dict(httpx_args or {})
    for name in given.keys() - set(_TAKEN):
        raise ConfigurationError(
            f"httpx_args must not have {name!r:.100}: it takes {', '.join(_TAKEN)}; api_key, base_url, timeout, "
            "headers and transport are arguments of the client itself, cookies and redirects are not used"
        )
    if stands_in:
        given = {name: value for name, value in given.items() if name == "event_hooks"}
    arguments = {"auth": partial(_authorize, key), "limits": LIMITS, **given}
    if not isinstance(limits := arguments["limits"], httpx.Limits):
        raise ConfigurationError(f"limits of httpx_args must be httpx.Limits, not {limits!r:.100}")
    if transport is None:
        return {**arguments, "verify": _trust(given), "cert": None}  # what was given as cert is in the context
    if not isinstance(transport, kind):
        what = type(transport).__name__
        raise ConfigurationError(f"transport must be an httpx.{kind.__name__}, such as mock.transport, not {what}")
    if spare := given.keys() & set(_NETWORK):
        raise ConfigurationError(f"httpx_args has {min(spare)!r}, which belongs to the given transport")
    return {**arguments, "transport": transport}


def _trust(given: Mapping[str, Any]) -> ssl.SSLContext:
    """One context for all clients made with the same arguments: reading the trust store takes 20 ms."""
    chosen = {name: given[name] for name in ("verify", "cert", "trust_env") if name in given}
    if chosen.get("verify") is False:
        log.warning("verify=False: the key can be read by anyone between this machine and the service")
    file, directory = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    try:
        return httpx.create_ssl_context(**chosen) if chosen else _default_trust(file, directory)
    except (OSError, TypeError, ValueError) as error:
        store = "SSL_CERT_FILE" if file else "SSL_CERT_DIR" if directory else "its default"
        what = "verify or cert of httpx_args" if chosen else f"the trust store ({store})"
        raise ConfigurationError(f"{what} cannot be read: {type(error).__name__}: {error}") from None


@cache
def _default_trust(file: str | None, _directory: str | None) -> ssl.SSLContext:
    # httpx 0.27 passes over a file that is not there.
    return ssl.create_default_context(cafile=file) if file else httpx.create_ssl_context()


def _plain(make: type[Plain], arguments: Mapping[str, Any], keep_location: Any) -> Plain:
    """A client of httpx's own that keeps deadlines, keeps no cookies and follows no redirects."""
    given: Any = arguments.get("event_hooks") or {}
    no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    try:
        hooks = {**given, "response": [*given.get("response", ()), keep_location]}
        client = make(**{**arguments, "event_hooks": hooks, "cookies": no_cookies})
    except (ImportError, TypeError, ValueError, AttributeError, httpx.InvalidURL) as error:
        what = "httpx_args, or the proxy settings of the environment"
        raise ConfigurationError(f"httpx cannot use {what}: {type(error).__name__}: {error}") from None
    from .deadline import keep_deadlines  # noqa: PLC0415  (httpcore waits for the first call, as in httpx)

    keep_deadlines(client)
    return client


def _keep_location(response: httpx.Response) -> None:
    """Hide where a redirect leads from httpx, which prepares to follow it, and fails if it leads nowhere."""
    if response.has_redirect_location:
        response.extensions["location"] = response.headers.pop("Location")


async def _akeep_location(response: httpx.Response) -> None:
    _keep_location(response)


class Connections(httpx.BaseTransport):
    """Sends each request by the plain client of this process."""

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        self._arguments = arguments
        self._clients = {os.getpid(): _plain(httpx.Client, arguments, _keep_location)}
        self._is_closed = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self._is_closed:
            raise ConfigurationError(_CLOSED)
        pid = os.getpid()
        # No lock: a forked child could inherit it locked. A second client that a race makes has no connection.
        client = self._clients.get(pid) or self._clients.setdefault(pid, self._after_fork())
        try:
            return client.send(request, stream=True)
        except RuntimeError:  # httpx's own word for a client that another thread has just closed
            if client.is_closed:
                raise ConfigurationError(_CLOSED) from None
            raise

    def _after_fork(self) -> httpx.Client:
        given = (self._arguments.get("transport"), *(self._arguments.get("mounts") or {}).values())
        if any(isinstance(transport, httpx.HTTPTransport) for transport in given):
            raise ConfigurationError("a given transport has connections from before the fork; create a new client")
        return _plain(httpx.Client, self._arguments, _keep_location)

    def shut(self) -> None:
        """Close the connections and refuse further requests."""
        self._is_closed = True
        if client := self._clients.get(os.getpid()):
            client.close()


class _Loop(NamedTuple):
    """What belongs to one event loop."""

    client: httpx.AsyncClient
    places: Any
    """A semaphore: httpcore's own queue loses a place for good with each request that is cancelled in it."""
    end: AsyncGenerator[None]


class AsyncConnections(httpx.AsyncBaseTransport):
    """Sends each request by the plain client of this event loop."""

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        self._limits: httpx.Limits = arguments["limits"]
        kept = {name: getattr(self._limits, name) for name in ("max_keepalive_connections", "keepalive_expiry")}
        self._arguments = {**arguments, "limits": httpx.Limits(**kept)}
        self._unused = {"client": _plain(httpx.AsyncClient, self._arguments, _akeep_location)}
        self._loops: dict[Any, _Loop] = {}
        self._is_closed = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await (await self._current()).client.send(request, stream=True)

    @asynccontextmanager
    async def place(self, seconds: float) -> AsyncGenerator[None]:
        """Be one of those that are sent at the same time; `PoolTimeout` if none of them ends in time."""
        from asyncio import timeout  # noqa: PLC0415

        places = (await self._current()).places
        try:
            async with timeout(seconds if places.locked() else None):
                await places.acquire()
        except TimeoutError:
            raise httpx.PoolTimeout(f"all {self._limits.max_connections} connections are busy") from None
        try:
            yield
        finally:
            places.release()

    async def _current(self) -> _Loop:
        loop = running_loop()
        if self._is_closed:
            raise ConfigurationError(_CLOSED)
        if loop not in self._loops:
            for other in list(self._loops):  # loops of other threads come and go
                if other.is_closed():
                    self._loops.pop(other, None)  # its sockets go with it
            from asyncio import Semaphore  # noqa: PLC0415

            unused = self._unused.pop("client", None)  # one step, whatever other threads do
            client = unused or _plain(httpx.AsyncClient, self._arguments, _akeep_location)
            end = self._closed_with(loop, client)
            self._loops[loop] = _Loop(client, Semaphore(self._limits.max_connections or sys.maxsize), end)
            await anext(end)
        return self._loops[loop]

    async def _closed_with(self, loop: Any, client: httpx.AsyncClient) -> AsyncGenerator[None]:
        """Close the client when its loop ends as `asyncio.run` ends it: by finishing its async generators."""
        try:
            yield
        finally:
            self._loops.pop(loop, None)
            await client.aclose()

    async def shut(self) -> None:
        """Close the connections of this loop and refuse further requests."""
        self._is_closed = True
        if loop := self._loops.pop(running_loop(), None):
            await loop.end.aclose()
        if unused := self._unused.pop("client", None):
            await unused.aclose()


def running_loop() -> Any:
    """The running event loop of asyncio; `ConfigurationError` if there is none."""
    from asyncio import get_running_loop  # noqa: PLC0415

    try:
        return get_running_loop()
    except RuntimeError:
        pass
    raise ConfigurationError("AsyncJimmyAI needs a running event loop of asyncio; trio and others are not supported")
