"""httpx clients whose `send` retries, reads with a bound and judges. All that differs between threads and asyncio."""

import asyncio
import os
import platform
from collections.abc import AsyncGenerator, Callable, Generator, Hashable, MutableMapping
from contextlib import aclosing, closing, suppress
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Generic, Self, TypeVar, cast
from weakref import WeakKeyDictionary

import httpx
from attrs import define, evolve, frozen

from ..types import UNSET
from .answer import READS
from .clock import Clock
from .drive import adrive, drive
from .errors import ConfigurationError
from .exchange import Exchange, JudgedResponse
from .network import tame
from .retry import retrying
from .secret import Secret
from .settings import Settings
from .version import __version__

HEADERS = {
    "User-Agent": f"jimmy-ai-openapi-client/{__version__} python/{platform.python_version()} httpx/{httpx.__version__}",
    "Accept": "application/json",
    "Accept-Encoding": "gzip",
}
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}  # by RFC 9110 they change nothing, so they may be sent again

Wire = TypeVar("Wire", httpx.Client, httpx.AsyncClient)


@define(eq=False)
class Wires(Generic[Wire]):
    """The connection pools underneath: one per process, and for asyncio one per event loop, as none can move."""

    _make: Callable[[], Wire]
    _home: Callable[[], Hashable]
    _made: MutableMapping[Any, Wire]
    _closed: bool = False

    def here(self) -> Wire:
        """The pool of this process or loop; `ConfigurationError` once closed."""
        if self._closed:
            raise ConfigurationError("this client is closed; create a new one, or make the call inside its with block")
        home = self._home()
        try:
            return self._made.get(home) or self._made.setdefault(home, self._make())
        except (ImportError, ValueError, httpx.InvalidURL) as error:
            raise ConfigurationError(f"the proxy settings of the environment cannot be used: {error}") from None

    def close(self) -> list[Wire]:
        """Refuse further calls; the pools that are to be closed here."""
        self._closed = True
        return [wire for wire in [self._made.pop(self._home(), None)] if wire]


class _LoopWire(httpx.AsyncClient):
    """Closes itself when its event loop does as `asyncio.run` does at its end: finishing open async generators."""

    def __init__(self, forget: Callable[[], object], **options: Any) -> None:
        super().__init__(**options)
        self._forget = forget
        self._end = self._until_the_loop_ends()
        with suppress(StopIteration):
            self._end.asend(None).send(None)

    async def _until_the_loop_ends(self) -> AsyncGenerator[None, None]:
        try:
            yield
        finally:
            self._forget()
            await super().aclose()

    async def aclose(self) -> None:
        await self._end.aclose()


class _Bearer(httpx.Auth):
    """Puts the key on a request only while it is being sent."""

    def __init__(self, key: Secret) -> None:
        self._key = key

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Bearer {self._key.reveal()}"
        try:
            yield request
        finally:
            del request.headers["Authorization"]


@frozen
class Conduct:
    """How a client behaves, whichever way it does its I/O."""

    settings: Settings
    clock: Clock
    deadline: float | None = None

    def flow(self, request: httpx.Request) -> Generator[float, JudgedResponse, JudgedResponse]:
        operation = _operation(request)
        if _origin(request.url) != _origin(httpx.URL(self.settings.base_url)):
            raise ConfigurationError(f"{operation}: the key goes to {self.settings.base_url} only; set base_url")
        read = request.method in _SAFE_METHODS or (request.method == "POST" and operation in READS)
        retries = self.settings.max_retries
        return retrying(operation, read=read, max_retries=retries, deadline=self.deadline, clock=self.clock)

    def changed(self, **given: Any) -> Self:
        """The same with other settings; what is UNSET stays."""
        settings = evolve(self.settings, **{name: value for name, value in given.items() if value is not UNSET})
        return evolve(self, settings=settings)

    def exchange(self, request: httpx.Request) -> Exchange:
        return Exchange(request, _operation(request), self.settings)


def _operation(request: httpx.Request) -> str:
    path = request.url.raw_path.decode("ascii").partition("?")[0]
    return "/".join(path.strip("/").split("/")[-2:])[:100]


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


class Http(httpx.Client):
    """What generated sync functions send through: every answer is usable, every failure one error of our tree."""

    def __init__(self, conduct: Conduct, wires: Wires[httpx.Client]) -> None:
        # The pool is `wires`; a transport of its own only keeps httpx from building another.
        super().__init__(base_url=conduct.settings.base_url, headers=HEADERS, transport=httpx.BaseTransport())
        self.conduct, self.wires = conduct, wires

    def send(self, request: httpx.Request, **_: Any) -> JudgedResponse:
        """The judged answer to `request`, after retries; bounded in time and size."""
        return drive(self.conduct.flow(request), partial(self._attempt, request))

    def _attempt(self, request: httpx.Request, pause: float) -> JudgedResponse:
        self.conduct.clock.sleep(pause)
        wire = self.wires.here()
        exchange = self.conduct.exchange(request)
        bearer = _Bearer(self.conduct.settings.key)
        with exchange.told(wire), closing(wire.send(request, stream=True, auth=bearer)) as response:
            exchange.begin(response)
            for chunk in cast("httpx.SyncByteStream", response.stream):  # iter_raw refuses a mock's, read already
                exchange.feed(chunk)
            exchange.end()
        return exchange.outcome(self.conduct.clock.wall())


class AsyncHttp(httpx.AsyncClient):
    """What generated asyncio functions send through: every answer is usable, every failure one error of our tree."""

    def __init__(self, conduct: Conduct, wires: Wires[httpx.AsyncClient]) -> None:
        super().__init__(base_url=conduct.settings.base_url, headers=HEADERS, transport=httpx.AsyncBaseTransport())
        self.conduct, self.wires = conduct, wires

    async def send(self, request: httpx.Request, **_: Any) -> JudgedResponse:
        """The judged answer to `request`, after retries; bounded in time and size."""
        return await adrive(self.conduct.flow(request), partial(self._attempt, request))

    async def _attempt(self, request: httpx.Request, pause: float) -> JudgedResponse:
        await self.conduct.clock.asleep(pause)
        wire = self.wires.here()
        exchange = self.conduct.exchange(request)
        bearer = _Bearer(self.conduct.settings.key)
        with exchange.told(wire):
            async with (
                asyncio.timeout(self.conduct.settings.timeout),
                aclosing(await wire.send(request, stream=True, auth=bearer)) as response,
            ):
                exchange.begin(response)
                async for chunk in cast("httpx.AsyncByteStream", response.stream):
                    exchange.feed(chunk)
                exchange.end()
        return exchange.outcome(self.conduct.clock.wall())


def wires(transport: httpx.BaseTransport | None) -> Wires[httpx.Client]:
    """Pools for threads, over `transport` or the network."""

    def make() -> httpx.Client:
        client = httpx.Client(transport=transport, event_hooks={"response": [_hide_location]}, **_common())
        tame(client)
        return client

    return Wires(make, os.getpid, {})


def async_wires(transport: httpx.AsyncBaseTransport | None) -> Wires[httpx.AsyncClient]:
    """Pools for asyncio, over `transport` or the network."""

    async def hide(response: httpx.Response) -> None:
        _hide_location(response)

    made: WeakKeyDictionary[asyncio.AbstractEventLoop, httpx.AsyncClient] = WeakKeyDictionary()

    def make() -> httpx.AsyncClient:
        forget = partial(made.pop, asyncio.get_running_loop(), None)
        client = _LoopWire(forget, transport=transport, event_hooks={"response": [hide]}, **_common())
        tame(client)
        return client

    return Wires(make, asyncio.get_running_loop, made)


def _common() -> dict[str, Any]:
    return {
        # Longer than the longest usual pause of a wait, so that its polls share a connection.
        "limits": httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=30.0),
        "cookies": CookieJar(DefaultCookiePolicy(allowed_domains=[])),
    }


def _hide_location(response: httpx.Response) -> None:
    """Hide the header: httpx would parse the target of a redirect that nobody follows, and raise on a malformed one."""
    response.extensions["hidden"] = [pair for pair in response.headers.raw if pair[0].lower() == b"location"]
    response.headers.pop("location", None)
