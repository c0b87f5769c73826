"""The generated client, set up so that whatever is called with it goes through our httpx clients."""

from typing import Any, NoReturn

import httpx

from ...client import AuthenticatedClient
from ..errors import ConfigurationError
from .client import AsyncRetryingClient, RetryingClient


class RawClient(AuthenticatedClient):
    """An `AuthenticatedClient` that holds no key and cannot lose the clients it was given.

    The generated `with_headers`, `with_cookies` and `with_timeout` would return a client without retries, typed errors
    and key, and change this one on the way; here they raise `ConfigurationError`.
    """

    def with_headers(self, headers: dict[str, str]) -> NoReturn:
        raise ConfigurationError("headers of .raw are fixed; use an AuthenticatedClient of your own to change them")

    def with_cookies(self, cookies: dict[str, str]) -> NoReturn:
        raise ConfigurationError("cookies are not kept by .raw; use an AuthenticatedClient of your own to send them")

    def with_timeout(self, timeout: httpx.Timeout) -> NoReturn:
        raise ConfigurationError("use with_options(timeout=...).raw for another timeout")

    @property
    def base_url(self) -> str:
        """Where requests go."""
        return str(self.get_httpx_client().base_url)

    def __repr__(self) -> str:
        return f"RawClient(base_url={self.base_url!r})"


class _Wrong(httpx.BaseTransport, httpx.AsyncBaseTransport):
    def __init__(self, advice: str) -> None:
        self._advice = advice

    def handle_request(self, request: httpx.Request) -> NoReturn:
        raise ConfigurationError(self._advice)

    async def handle_async_request(self, request: httpx.Request) -> NoReturn:
        raise ConfigurationError(self._advice)


def raw_client(http: RetryingClient) -> RawClient:
    """The generated client over `http`; its asyncio functions point to `AsyncJimmyAI`."""
    wrong: Any = _Wrong("this .raw belongs to a JimmyAI; call asyncio functions with AsyncJimmyAI().raw")
    other = httpx.AsyncClient(transport=wrong, base_url=http.base_url)
    return _raw(http).set_httpx_client(http).set_async_httpx_client(other)


def async_raw_client(http: AsyncRetryingClient) -> RawClient:
    """The generated client over `http`; its sync functions point to `JimmyAI`."""
    wrong = _Wrong("this .raw belongs to an AsyncJimmyAI; call sync functions with JimmyAI().raw")
    other = httpx.Client(transport=wrong, base_url=http.base_url)
    return _raw(http).set_async_httpx_client(http).set_httpx_client(other)


def _raw(http: httpx.Client | httpx.AsyncClient) -> RawClient:
    return RawClient(base_url=str(http.base_url), token="***")  # noqa: S106
