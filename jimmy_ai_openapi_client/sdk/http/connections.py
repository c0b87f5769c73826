"""Plain httpx clients, one for each process or event loop, because connections cannot move between them."""

import logging
import os
import ssl
from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, cast

import httpx

from ..errors import ConfigurationError
from ..settings import Secret

log = logging.getLogger("jimmy_ai_openapi_client")

LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=30.0)
"""As those of httpx, except that an idle connection outlasts the longest usual pause of a wait."""

_NETWORK = ("verify", "cert", "http1", "http2", "proxy", "limits", "trust_env")
_TAKEN = (*_NETWORK, "mounts", "event_hooks")
_OWNED = {
    "auth": "pass the key as api_key=",
    "base_url": "pass base_url= itself",
    "cookies": "cookies are not sent",
    "follow_redirects": "redirects are not followed, as they could take the key elsewhere",
    "headers": "pass headers= itself",
    "max_redirects": "redirects are not followed",
    "timeout": "pass timeout= itself",
    "transport": "pass transport= itself",
}

_CLOSED = "this client is closed; create a new one, or make the call inside its with block"


class _Bearer(httpx.Auth):
    """Puts the key on a request when it is sent."""

    def __init__(self, key: Secret) -> None:
        self._key = key

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Bearer {self._key.reveal()}"
        yield request


def client_arguments(key: Secret, httpx_args: Mapping[str, Any] | None, transport: Any, kind: type) -> dict[str, Any]:
    """What a plain httpx client is made with. `ConfigurationError` for what cannot be, or is not the caller's."""
    given = dict(httpx_args or {})
    for name in given:
        if name not in _TAKEN:
            reason = _OWNED.get(name, f"it takes {', '.join(_TAKEN)}")
            raise ConfigurationError(f"httpx_args must not have {name!r:.100}: {reason}")
    if not isinstance(limits := given.get("limits", LIMITS), httpx.Limits):
        raise ConfigurationError(f"limits of httpx_args must be httpx.Limits, not {limits!r:.100}")
    arguments: dict[str, Any] = {"auth": _Bearer(key), "limits": LIMITS, **given}
    if transport is None:
        arguments["verify"] = _trust(given)
        arguments.pop("cert", None)  # it is in the context
        return arguments
    if not isinstance(transport, kind):
        what = type(transport).__name__
        raise ConfigurationError(f"transport must be an httpx.{kind.__name__}, such as mock.transport, not {what}")
    if spare := given.keys() & set(_NETWORK):
        raise ConfigurationError(f"httpx_args has {min(spare)!r}, which the given transport would not use")
    return {**arguments, "transport": transport}


def _trust(given: Mapping[str, Any]) -> ssl.SSLContext:
    """One context for all clients made with the same arguments: reading the trust store takes 20 ms."""
    chosen = {name: given[name] for name in ("verify", "cert", "trust_env") if name in given}
    if chosen.get("verify") is False:
        log.warning("verify=False: whoever is between here and the service can read the key")
    try:
        if chosen:
            return httpx.create_ssl_context(**chosen)
        return _default_trust(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))
    except (OSError, TypeError, ValueError) as error:
        source = next((name for name in ("SSL_CERT_FILE", "SSL_CERT_DIR") if os.environ.get(name)), "its default")
        what = "verify or cert of httpx_args" if chosen else f"the trust store ({source})"
        raise ConfigurationError(f"{what} cannot be read: {type(error).__name__}: {error}") from None


@cache
def _default_trust(file: str | None, _directory: str | None) -> ssl.SSLContext:
    # httpx 0.27 passes over a file that is not there.
    return ssl.create_default_context(cafile=file) if file else httpx.create_ssl_context()


def _made(make: Callable[..., Any], arguments: Mapping[str, Any], keep_location: Callable[..., Any]) -> Any:
    hooks = arguments.get("event_hooks") or {}
    hooks = {**hooks, "response": [*hooks.get("response", ()), keep_location]}
    no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    try:
        return make(**{**arguments, "event_hooks": hooks, "cookies": no_cookies})
    except (ImportError, RuntimeError, TypeError, ValueError, AttributeError, httpx.InvalidURL) as error:
        words = f"{type(error).__name__}: {error}"
    raise ConfigurationError(f"httpx cannot use httpx_args, or the proxy settings of the environment: {words}")


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
        self._made_in = os.getpid()
        self._clients: dict[int, httpx.Client] = {}
        self._closed = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._current().send(request, stream=True)

    def _current(self) -> httpx.Client:
        if self._closed:
            raise ConfigurationError(_CLOSED)
        pid = os.getpid()
        # No lock: a forked child could inherit it locked. A second client that a race makes has no connection.
        return self._clients.get(pid) or self._clients.setdefault(pid, self._make(pid))

    def _make(self, pid: int) -> httpx.Client:
        if pid != self._made_in and isinstance(self._arguments.get("transport"), httpx.HTTPTransport):
            raise ConfigurationError("a transport given as transport= has connections of the process before the fork")
        from .deadline import keep_deadlines  # noqa: PLC0415  (httpcore waits for the first call, as in httpx)

        client = cast("httpx.Client", _made(httpx.Client, self._arguments, _keep_location))
        keep_deadlines(client)
        return client

    def shut(self) -> None:
        """Close the connections and refuse further requests."""
        self._closed = True
        if client := self._clients.pop(os.getpid(), None):
            client.close()


class AsyncConnections(httpx.AsyncBaseTransport):
    """Sends each request by the plain client of this event loop.

    It limits how many are sent at the same time: httpcore's own queue loses a place for good with each request that is
    cancelled in it.
    """

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        limits: httpx.Limits = arguments["limits"]
        unlimited = httpx.Limits(
            max_keepalive_connections=limits.max_keepalive_connections, keepalive_expiry=limits.keepalive_expiry
        )
        self._arguments = {**arguments, "limits": unlimited}
        self._most = limits.max_connections
        self._clients: dict[Any, httpx.AsyncClient] = {}
        self._open: dict[Any, AsyncGenerator[httpx.AsyncClient, None]] = {}
        self._places: dict[Any, Any] = {}
        self._closed = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        client = self._clients.get(running_loop()) or await self._connected()
        return await client.send(request, stream=True)

    @asynccontextmanager
    async def place(self, seconds: float) -> AsyncGenerator[None, None]:
        """Be one of those that are sent at the same time; `PoolTimeout` if none of them ends in time."""
        if self._most is None:
            yield
            return
        from asyncio import Semaphore, timeout  # noqa: PLC0415

        places = self._places.get(running_loop()) or self._places.setdefault(running_loop(), Semaphore(self._most))
        try:
            async with timeout(seconds if places.locked() else None):
                await places.acquire()
        except TimeoutError:
            raise httpx.PoolTimeout(f"all {self._most} connections are busy") from None
        try:
            yield
        finally:
            places.release()

    async def _connected(self) -> httpx.AsyncClient:
        if self._closed:
            raise ConfigurationError(_CLOSED)
        for loop in [loop for loop in self._clients if loop.is_closed()]:
            del self._clients[loop], self._open[loop]  # their sockets go with them
            self._places.pop(loop, None)
        loop = running_loop()
        self._open[loop] = self._until_the_loop_ends(loop)
        self._clients[loop] = await anext(self._open[loop])
        return self._clients[loop]

    async def _until_the_loop_ends(self, loop: Any) -> AsyncGenerator[httpx.AsyncClient, None]:
        """Close the client when its loop ends as `asyncio.run` ends it: by finishing its async generators."""
        client = cast("httpx.AsyncClient", _made(httpx.AsyncClient, self._arguments, _akeep_location))
        try:
            yield client
        finally:
            for table in (self._clients, self._open, self._places):
                table.pop(loop, None)
            await client.aclose()

    async def shut(self) -> None:
        """Close the connections of this loop and refuse further requests."""
        self._closed = True
        self._clients.clear()
        if opened := self._open.pop(running_loop(), None):
            await opened.aclose()


def running_loop() -> Any:
    """The running event loop of asyncio; `ConfigurationError` if there is none."""
    from asyncio import get_running_loop  # noqa: PLC0415

    try:
        return get_running_loop()
    except RuntimeError:
        pass
    raise ConfigurationError("AsyncJimmyAI needs a running event loop of asyncio; trio and others are not supported")
