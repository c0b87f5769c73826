"""The front door: `JimmyAI` and `AsyncJimmyAI`, straight lines over the generated functions."""

from collections.abc import Mapping
from typing import Any, Generic, NoReturn, Self, TypeVar

import httpx

from ..types import UNSET, Unset
from . import defaults
from .clock import Clock
from .http.client import AsyncRetryingClient, RawClient, RetryingClient
from .http.connections import AsyncConnections, Connections, client_arguments
from .real_person import AsyncRealPerson, RealPerson
from .settings import Secret, Settings, checked_headers, read_base_url, read_key

Transport = TypeVar("Transport", httpx.BaseTransport, httpx.AsyncBaseTransport)


class _Client(Generic[Transport]):
    """A client of the Jimmy AI API. Every wrong argument raises `ConfigurationError` before any I/O.

        with JimmyAI() as jimmy:
            asset = jimmy.real_person.wait("id1")

    `real_person` has the calls; `raw` is the generated client for everything else. Arguments:

    - `api_key`: the key; by default the environment's JIMMYAI_API_KEY. It is shown nowhere.
    - `base_url`: where the service is; by default JIMMYAI_BASE_URL, else the spec's server. https, or http to
      loopback; `allow_http=True` lets the key go over plain http to any host.
    - `timeout`: seconds for one whole attempt, connecting (at most 5 s an address) and slow responses included. Not
      covered: the operating system's name look-up, and a single read of a transport that is not one of httpx's.
      Default 30.
    - `max_retries`: how often a query is sent again after transient errors. Default 3.
    - `batch_size`, `concurrency`: ids to a request (default 100) and requests at a time (default 4) for many ids.
    - `headers`: headers that go along with every request.
    - `httpx_args`: keyword arguments for `httpx.Client` or `httpx.AsyncClient`: `verify`, `cert`, `http1`, `http2`,
      `proxy`, `mounts`, `limits`, `event_hooks`, `trust_env`. What the client sets itself is refused.
    - `transport`: an httpx transport in place of the network, such as the mock's. It is closed with the client. One
      that holds connections is not used on after a fork: that raises `ConfigurationError`.
    - `clock`: time, sleep and chance, for tests.

    Proxies of the environment (HTTPS_PROXY, NO_PROXY) are used, redirects are not followed, cookies are not kept, TLS
    is verified. A client may be shared by threads, and used after a fork (but fork right after a threaded batch, and
    OpenSSL itself may hang in the child); it is never pickled or copied. `AsyncJimmyAI` runs on asyncio only.
    """

    _transport_kind: type
    _connections_kind: Any
    _http_kind: Any
    _real_person_kind: Any
    _http: Any

    raw: RawClient
    """The generated client over our httpx clients: every generated function called with `client=jimmy.raw` gets the
    same retries, typed errors, deadlines and care for the key."""

    def __init__(  # noqa: PLR0913  (options, by name)
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: float = 30.0,
        max_retries: int = 3,
        batch_size: int = 100,
        concurrency: int = 4,
        allow_http: bool = False,
        headers: Mapping[str, str] | None = None,
        httpx_args: Mapping[str, Any] | None = None,
        transport: Transport | None = None,
        clock: Clock | None = None,
    ) -> None:
        key, address = Secret(api_key), Secret(base_url)
        del api_key, base_url  # no frame of an error is to hold them in the open
        key, url = read_key(key), read_base_url(address, allow_http=allow_http)
        transport, clock = defaults.resolve(address.reveal(), transport, clock)
        sent = checked_headers(headers)
        settings = Settings(key, url, timeout, max_retries, batch_size, concurrency, sent, clock)
        arguments = client_arguments(key, httpx_args, transport, self._transport_kind)
        self._owns_connections = True
        self._use(self._http_kind(settings, self._connections_kind(arguments)))

    def _use(self, http: Any) -> None:
        self._http = http
        self.real_person = self._real_person_kind(http)
        self.raw = self.real_person.raw

    def with_options(self, *, timeout: float | Unset = UNSET, max_retries: int | Unset = UNSET) -> Self:
        """A client with other options over the same connections; what is not given stays as it is.

        Closing it leaves the connections open; closing this one ends both. Raises `ConfigurationError`.
        """
        other = object.__new__(type(self))
        other._owns_connections = False
        other._use(self._http.with_settings(**_changed(timeout=timeout, max_retries=max_retries)))
        return other

    def __repr__(self) -> str:
        address = str(self._http.base_url) if "_http" in vars(self) else None
        return f"{type(self).__name__}(base_url={address!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} is not pickled or copied; use with_options, or create one where needed")


def _changed(**options: Any) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not UNSET}


class JimmyAI(_Client[httpx.BaseTransport]):  # noqa: D101  (inherited)
    __doc__ = _Client.__doc__
    _transport_kind, _connections_kind = httpx.BaseTransport, Connections
    _http_kind, _real_person_kind = RetryingClient, RealPerson
    real_person: RealPerson
    """`status`, `batch_status`, `wait`, `wait_many`, `as_completed`."""

    def close(self) -> None:
        """Close the connections; later calls raise `ConfigurationError`. Closing twice does no harm."""
        if self._owns_connections:
            self._http.connections.shut()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncJimmyAI(_Client[httpx.AsyncBaseTransport]):  # noqa: D101  (inherited)
    __doc__ = _Client.__doc__
    _transport_kind, _connections_kind = httpx.AsyncBaseTransport, AsyncConnections
    _http_kind, _real_person_kind = AsyncRetryingClient, AsyncRealPerson
    real_person: AsyncRealPerson
    """`status`, `batch_status`, `wait`, `wait_many`, `as_completed`."""

    async def close(self) -> None:
        """Close the connections; later calls raise `ConfigurationError`. Closing twice does no harm."""
        if self._owns_connections:
            await self._http.connections.shut()

    aclose = close

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
