"""httpx clients whose `send` retries, reads with a bound and judges. All that differs between threads and asyncio."""

import asyncio
import platform
from collections.abc import Generator
from contextlib import aclosing, closing
from functools import partial
from typing import Any, Self, cast

import httpx
from attrs import evolve, frozen

from ..types import UNSET
from .answer import READS
from .clock import Clock
from .drive import adrive, drive
from .errors import ConfigurationError
from .exchange import Exchange, JudgedResponse
from .pool import Wires
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
