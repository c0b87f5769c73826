"""httpx clients whose `send` retries, reads with a bound and judges. All that differs between threads and asyncio."""

import platform
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from functools import lru_cache
from typing import Any, NoReturn, Self

import httpx
from attrs import evolve

from ...client import AuthenticatedClient
from ..errors import ConfigurationError, JimmyAIError
from ..policy.answer import Operation, operation_of
from ..policy.retry import Retry
from ..settings import Settings
from ..version import __version__
from .attempt import Answer, Attempt
from .connections import AsyncConnections, Connections, running_loop

HEADERS = {
    "user-agent": f"jimmy-ai-openapi-client/{__version__} python/{platform.python_version()} httpx/{httpx.__version__}",
    "accept": "application/json",
    "accept-encoding": "gzip",
}
_GRACE = 0.1
"""Seconds. httpx's own timeouts come first: they tell connecting from reading, `asyncio.timeout` does not."""


def _operation(request: httpx.Request, base: httpx.URL, options: dict[str, Any]) -> Operation:
    """The operation of a request. `ConfigurationError` if it goes elsewhere, or asks for what is not supported."""
    url, prefix = request.url, base.raw_path.decode("ascii").rstrip("/")
    operation = operation_of(request.method, url.raw_path.partition(b"?")[0].decode("ascii").removeprefix(prefix))
    if (base.scheme, base.host, base.port) != (url.scheme, url.host, url.port):
        raise ConfigurationError(f"{operation.name}: the key goes to {base} only; set base_url for another address")
    for name, value in options.items():
        if value is not False and value is not httpx.USE_CLIENT_DEFAULT:
            raise ConfigurationError(f"{operation.name}: {name}= is not supported by this client")
    return operation


_STRAY = re.compile(r"(?<!:)//|/\.\.?(/|$)|./$")
"""What a path holds where a parameter is empty, `.` or `..`."""


@lru_cache(maxsize=256)
def _address(base_url: str, url: Any) -> Any:
    """Where the path of a generated function is. httpx itself joins the two for longer than the whole policy takes."""
    if _STRAY.search(str(url).partition("?")[0]):
        raise ConfigurationError(f"{str(url)[:300]!a} has a part that is empty, '.' or '..', and leads to another path")
    try:
        return httpx.URL(base_url + url) if isinstance(url, str) and url.startswith("/") else url
    except httpx.InvalidURL as error:
        raise ConfigurationError(f"a parameter cannot be sent: {error}") from None


class RetryingClient(httpx.Client):
    """What generated sync functions send through: every answer is usable, every failure one error of our tree."""

    def __init__(self, settings: Settings, connections: Connections) -> None:
        super().__init__(base_url=settings.base_url, headers={**HEADERS, **settings.headers}, transport=connections)
        self.settings, self.connections = settings, connections

    def build_request(self, method: str, url: Any, **options: Any) -> httpx.Request:
        return super().build_request(method, _address(self.settings.base_url, url), **options)

    def with_settings(self, **changes: Any) -> Self:
        """A client with other settings over the same connections."""
        return type(self)(evolve(self.settings, **changes), self.connections)

    def send(self, request: httpx.Request, **options: Any) -> Answer:
        """The usable answer to `request`, after retries; bounded in time and size."""
        retry = Retry(_operation(request, self.base_url, options), self.settings)
        while isinstance(outcome := self._attempt(retry, request), JimmyAIError):
            self.settings.clock.sleep(retry.pause_after(outcome))
        return outcome

    def _attempt(self, retry: Retry, request: httpx.Request) -> Answer | JimmyAIError:
        attempt = Attempt(retry, request)
        with attempt.capture_errors(), closing(self.connections.handle_request(request)) as response:
            for chunk in attempt.begin(response):
                attempt.feed(chunk)
        return attempt.outcome()


@asynccontextmanager
async def _closing(response: httpx.Response) -> AsyncGenerator[httpx.Response]:
    """Close the response at the end, in a task of its own: httpcore loses a connection if that is cancelled halfway."""
    from asyncio import CancelledError, create_task, shield, wait  # noqa: PLC0415

    try:
        yield response
    finally:
        task = create_task(response.aclose())
        try:
            await shield(task)
        except CancelledError:
            await wait([task])
            raise


class AsyncRetryingClient(httpx.AsyncClient):
    """What generated asyncio functions send through: every answer is usable, every failure one error of our tree."""

    def __init__(self, settings: Settings, connections: AsyncConnections) -> None:
        super().__init__(base_url=settings.base_url, headers={**HEADERS, **settings.headers}, transport=connections)
        self.settings, self.connections = settings, connections

    def build_request(self, method: str, url: Any, **options: Any) -> httpx.Request:
        return super().build_request(method, _address(self.settings.base_url, url), **options)

    def with_settings(self, **changes: Any) -> Self:
        """A client with other settings over the same connections."""
        return type(self)(evolve(self.settings, **changes), self.connections)

    async def send(self, request: httpx.Request, **options: Any) -> Answer:
        """The usable answer to `request`, after retries; bounded in time and size."""
        running_loop()  # asyncio's own words for its absence would say nothing of what to do
        retry = Retry(_operation(request, self.base_url, options), self.settings)
        while isinstance(outcome := await self._attempt(retry, request), JimmyAIError):
            await self.settings.clock.asleep(retry.pause_after(outcome))
        return outcome

    async def _attempt(self, retry: Retry, request: httpx.Request) -> Answer | JimmyAIError:
        from asyncio import timeout  # noqa: PLC0415

        attempt = Attempt(retry, request)
        with attempt.capture_errors():
            async with (
                timeout(attempt.seconds + _GRACE),
                self.connections.place(attempt.seconds),
                _closing(await self.connections.handle_async_request(request)) as response,
            ):
                async for chunk in attempt.begin(response):
                    attempt.feed(chunk)
        return attempt.outcome()


class RawClient(AuthenticatedClient):
    """An `AuthenticatedClient` that holds no key and cannot lose the client it was given.

    The generated methods that change a client would leave it without retries, typed errors and key; here they raise
    `ConfigurationError`.
    """

    def __init__(self, http: RetryingClient | AsyncRetryingClient) -> None:
        super().__init__(base_url=str(http.base_url), token="***")  # noqa: S106
        self._http = http

    def __reduce__(self) -> NoReturn:
        raise TypeError(".raw cannot be pickled or copied; create the client where it is used")

    def get_httpx_client(self) -> httpx.Client:
        if isinstance(self._http, httpx.Client):
            return self._http
        raise ConfigurationError("this .raw belongs to an AsyncJimmyAI; call sync functions with JimmyAI().raw")

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        if isinstance(self._http, httpx.AsyncClient):
            return self._http
        raise ConfigurationError("this .raw belongs to a JimmyAI; call asyncio functions with AsyncJimmyAI().raw")

    def _fixed(self, *_: object, **__: object) -> NoReturn:
        raise ConfigurationError(
            "headers, cookies, timeout and httpx clients of .raw are fixed; use with_options(timeout=...).raw for "
            "another timeout, or an AuthenticatedClient of your own"
        )

    with_headers = with_cookies = with_timeout = set_httpx_client = set_async_httpx_client = _fixed
