"""The clients: `JimmyAI` and `AsyncJimmyAI`."""

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
    """A client for the Jimmy AI API.

        with JimmyAI() as jimmy:
            asset = jimmy.real_person.wait("id1")

    `real_person` has the calls; `raw` is the generated client, for every other operation.

    A client may be shared by threads, and used after a fork, but do not fork right after a threaded batch. It cannot be
    pickled or copied. Proxies are read from the environment, TLS is verified, redirects are not followed and cookies
    are not kept. `AsyncJimmyAI` needs asyncio.

    Args:
        api_key: The key. Default: JIMMYAI_API_KEY. It is never shown.
        base_url: The address of the service. Default: JIMMYAI_BASE_URL, else the first server of the spec. It must be
            https, or http to loopback.
        timeout: Seconds for one whole attempt, including connecting (at most 5 s for each address) and slow responses.
            The operating system's DNS lookup is not covered, nor a single read of a transport that is not one of
            httpx's, nor HTTP/2 with threads, which share a connection.
        max_retries: How often a request is retried after a transient error.
        batch_size: Ids in one request, or fewer where the spec allows only fewer.
        concurrency: Requests at a time.
        allow_http: Send the key over plain http to any host.
        headers: Headers for every request.
        httpx_args: Keyword arguments for `httpx.Client` or `httpx.AsyncClient`: `verify`, `cert`, `http1`, `http2`,
            `proxy`, `mounts`, `limits`, `event_hooks`, `trust_env`. Others are refused.
        transport: An httpx transport to use instead of the network. It is closed with the client. One that holds
            connections cannot be used after a fork.
        clock: Time, sleep and randomness, for tests.

    Raises:
        ConfigurationError: If an argument is wrong or there is no key. Nothing has been sent then.
    """

    _transport_kind: type
    _connections_kind: Any
    _http_kind: Any
    _real_person_kind: Any
    _http: Any

    raw: RawClient
    """The generated client. Functions called with `client=jimmy.raw` get the same retries, typed errors, deadlines and
    key protection."""

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
        used, clock = defaults.resolve(address.reveal(), transport, clock)
        sent = checked_headers(headers)
        settings = Settings(key, url, timeout, max_retries, batch_size, concurrency, sent, clock)
        arguments = client_arguments(key, httpx_args, used, self._transport_kind, stands_in=used is not transport)
        self._owns_connections = True
        self._use(self._http_kind(settings, self._connections_kind(arguments)))

    def _use(self, http: Any) -> None:
        self._http = http
        self.real_person = self._real_person_kind(http)
        self.raw = self.real_person.raw

    def with_options(self, *, timeout: float | Unset = UNSET, max_retries: int | Unset = UNSET) -> Self:
        """Return a client with other options that shares the connections. Options not given keep their values.

        Closing it leaves the connections open; closing the original closes them for both.

        Raises:
            ConfigurationError: If an option is wrong.
        """
        other = object.__new__(type(self))
        other._owns_connections = False
        other._use(self._http.with_settings(**_changed(timeout=timeout, max_retries=max_retries)))
        return other

    def __repr__(self) -> str:
        address = str(self._http.base_url) if "_http" in vars(self) else None
        return f"{type(self).__name__}(base_url={address!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} cannot be pickled or copied; use with_options or create another")


def _changed(**options: Any) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not UNSET}


class JimmyAI(_Client[httpx.BaseTransport]):  # noqa: D101  (inherited)
    __doc__ = _Client.__doc__
    _transport_kind, _connections_kind = httpx.BaseTransport, Connections
    _http_kind, _real_person_kind = RetryingClient, RealPerson
    real_person: RealPerson
    """`status`, `batch_status`, `wait`, `wait_many`, `as_completed`."""

    def close(self) -> None:
        """Close the connections; later calls raise `ConfigurationError`. It may be called more than once."""
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
        """Close the connections; later calls raise `ConfigurationError`. It may be called more than once."""
        if self._owns_connections:
            await self._http.connections.shut()

    aclose = close

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
