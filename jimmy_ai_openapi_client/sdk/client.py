"""The front door: `JimmyAI` and `AsyncJimmyAI`, straight lines over the generated functions."""

from types import TracebackType
from typing import NoReturn, Self

import httpx

from ..types import UNSET, Unset
from . import defaults
from .clock import Clock
from .http import AsyncHttp, Conduct, Http
from .pool import async_wires, wires
from .raw import RawClient, async_raw, raw
from .real_person import AsyncRealPerson, RealPerson
from .secret import Secret
from .settings import Settings, checked_seams


class _Client:
    """A client of the Jimmy AI API. Every wrong argument raises `ConfigurationError` before any I/O.

        with JimmyAI() as jimmy:
            asset = jimmy.real_person.wait("id1")

    `real_person` has the calls; `raw` is the generated client for everything else. Arguments:

    - `api_key`: the key; by default the environment's JIMMYAI_API_KEY. It is shown nowhere.
    - `base_url`: where the service is; by default JIMMYAI_BASE_URL, else the spec's server. https, or http to
      loopback; `allow_http=True` lets the key go over plain http to any host.
    - `timeout`: seconds for one whole attempt, connecting (at most 5 s an address) included, however slowly the answer
      drips. Not covered: the operating system's name look-up. Default 30.
    - `max_retries`: how often a read is sent again after passing trouble. Default 3.
    - `batch_size`, `concurrency`: ids to a request (default 100) and requests at a time (default 4) for many ids.
    - `transport`: an httpx transport in place of the network, such as the mock's.
    - `clock`: time, sleep and chance, for tests.

    Proxies of the environment (HTTPS_PROXY, NO_PROXY) are used; redirects are not followed; TLS is verified.
    A client may be shared by threads, used after a fork (but fork right after a threaded batch, and OpenSSL itself may
    hang in the child), and is never pickled or copied.
    """

    raw: RawClient
    """The generated client over our httpx clients: every generated function called with `client=jimmy.raw` gets the
    same retries, typed errors, deadlines and care for the key."""

    def __repr__(self) -> str:
        address = self.raw.base_url if "raw" in vars(self) else None
        return f"{type(self).__name__}(base_url={address!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} is not pickled or copied; use with_options, or create one where needed")


class JimmyAI(_Client):  # noqa: D101  (inherited)
    __doc__ = _Client.__doc__

    real_person: RealPerson
    """`status`, `batch_status`, `wait`, `wait_many`, `as_completed`."""

    def __init__(  # noqa: PLR0913  (options, by name)
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        allow_http: bool = False,
        timeout: float = 30.0,
        max_retries: int = 3,
        batch_size: int = 100,
        concurrency: int = 4,
        transport: httpx.BaseTransport | None = None,
        clock: Clock | None = None,
    ) -> None:
        key = Secret(api_key)
        del api_key  # no frame of ours is to hold it
        settings = Settings.read(
            key=key,
            base_url=base_url,
            allow_http=allow_http,
            timeout=timeout,
            max_retries=max_retries,
            batch_size=batch_size,
            concurrency=concurrency,
        )
        transport, clock = defaults.resolve(base_url, transport, clock)
        checked_seams(transport, httpx.BaseTransport, clock)
        own = wires(settings.base_url, transport)
        self._own = [own]
        self._over(Http(Conduct(settings, clock or Clock()), own))

    def _over(self, http: Http) -> None:
        self._http = http
        self.raw = raw(http)
        self.real_person = RealPerson(http)

    def with_options(self, *, timeout: float | Unset = UNSET, max_retries: int | Unset = UNSET) -> Self:
        """A client with other options over the same connections; what is not given stays as it is.

        Closing it leaves the connections open; closing this one ends both. Raises `ConfigurationError`.
        """
        other = object.__new__(type(self))
        other._own = []
        other._over(Http(self._http.conduct.changed(timeout=timeout, max_retries=max_retries), self._http.wires))
        return other

    def close(self) -> None:
        """Close the connections; later calls raise `ConfigurationError`. Closing twice does no harm."""
        for own in self._own:
            for wire in own.close():
                wire.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class AsyncJimmyAI(_Client):  # noqa: D101  (inherited)
    __doc__ = _Client.__doc__

    real_person: AsyncRealPerson
    """`status`, `batch_status`, `wait`, `wait_many`, `as_completed`."""

    def __init__(  # noqa: PLR0913  (options, by name)
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        allow_http: bool = False,
        timeout: float = 30.0,
        max_retries: int = 3,
        batch_size: int = 100,
        concurrency: int = 4,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Clock | None = None,
    ) -> None:
        key = Secret(api_key)
        del api_key  # no frame of ours is to hold it
        settings = Settings.read(
            key=key,
            base_url=base_url,
            allow_http=allow_http,
            timeout=timeout,
            max_retries=max_retries,
            batch_size=batch_size,
            concurrency=concurrency,
        )
        transport, clock = defaults.resolve(base_url, transport, clock)
        checked_seams(transport, httpx.AsyncBaseTransport, clock)
        own = async_wires(settings.base_url, transport)
        self._own = [own]
        self._over(AsyncHttp(Conduct(settings, clock or Clock()), own))

    def _over(self, http: AsyncHttp) -> None:
        self._http = http
        self.raw = async_raw(http)
        self.real_person = AsyncRealPerson(http)

    def with_options(self, *, timeout: float | Unset = UNSET, max_retries: int | Unset = UNSET) -> Self:
        """A client with other options over the same connections; what is not given stays as it is.

        Closing it leaves the connections open; closing this one ends both. Raises `ConfigurationError`.
        """
        other = object.__new__(type(self))
        other._own = []
        other._over(AsyncHttp(self._http.conduct.changed(timeout=timeout, max_retries=max_retries), self._http.wires))
        return other

    async def close(self) -> None:
        """Close the connections; later calls raise `ConfigurationError`. Closing twice does no harm."""
        for own in self._own:
            for wire in own.close():
                await wire.aclose()

    aclose = close

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.close()
