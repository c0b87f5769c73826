"""httpx clients whose `send` retries, reads with a bound and judges. All that differs between threads and asyncio."""

import platform
from collections.abc import Generator
from contextlib import aclosing, closing
from functools import lru_cache, partial
from types import ModuleType
from typing import Any, NamedTuple, Self, cast

import httpx
from attrs import evolve

from ..types import UNSET
from .call import Call
from .clock import Clock
from .drive import adrive, drive
from .errors import ConfigurationError
from .exchange import Exchange, JudgedResponse, Usable
from .pool import Wires
from .reads import READS
from .retry import retrying
from .settings import Settings
from .version import __version__

HEADERS = {
    "User-Agent": f"jimmy-ai-openapi-client/{__version__} python/{platform.python_version()} httpx/{httpx.__version__}",
    "Accept": "application/json",
    "Accept-Encoding": "gzip",
    "Connection": "keep-alive",
}
_COMMON = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}  # by RFC 9110 they change nothing, so they may be sent again


class Conduct(NamedTuple):
    """How a client behaves, whichever way it does its I/O."""

    settings: Settings
    clock: Clock
    deadline: float | None = None

    def flow(self, call: Call) -> Generator[float, Usable, Usable]:
        """The retries of one call."""
        if _origin(call.url) != _origin(_address(self.settings.base_url)):
            raise ConfigurationError(f"{call.operation}: the key goes to {self.settings.base_url} only; set base_url")
        read = call.method in _SAFE_METHODS or (call.method == "POST" and call.operation in READS)
        retries = self.settings.max_retries
        return retrying(call.operation, read=read, max_retries=retries, deadline=self.deadline, clock=self.clock)

    def call(self, operation: ModuleType, body: Any) -> Call:
        """The call that the functions of a generated module make for `body`."""
        asked = operation._get_kwargs(body=body)  # noqa: SLF001  (their answer would be parsed once more)
        return Call.json(asked["method"].upper(), self.settings.base_url, asked["url"], _COMMON, asked["json"])

    def changed(self, **given: Any) -> Self:
        """The same with other settings; what is UNSET stays."""
        settings = evolve(self.settings, **{name: value for name, value in given.items() if value is not UNSET})
        return self._replace(settings=settings)


_address = lru_cache(maxsize=16)(httpx.URL)


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


class Http(httpx.Client):
    """What generated sync functions send through: every answer is usable, every failure one error of our tree."""

    def __init__(self, conduct: Conduct, wires: Wires[httpx.BaseTransport]) -> None:
        # The connections are in `wires`; a transport of its own only keeps httpx from making some.
        super().__init__(base_url=conduct.settings.base_url, headers=HEADERS, transport=httpx.BaseTransport())
        self.conduct, self.wires = conduct, wires

    def send(self, request: httpx.Request, **_: Any) -> JudgedResponse:
        """The judged answer to `request`, after retries; bounded in time and size."""
        return self._usable(Call.of(request)).response(request)

    def read(self, operation: ModuleType, body: Any) -> Any:
        """What `reads` makes of the answer of one of its operations."""
        return self._usable(self.conduct.call(operation, body)).judged.value

    def _usable(self, call: Call) -> Usable:
        return drive(self.conduct.flow(call), partial(self._attempt, call))

    def _attempt(self, call: Call, pause: float) -> Usable:
        self.conduct.clock.sleep(pause)
        wire = self.wires.here()
        exchange = Exchange(call, self.conduct.settings)
        with exchange.told(), closing(wire.handle_request(exchange.wired)) as response:
            exchange.begin(response)
            for chunk in cast("httpx.SyncByteStream", response.stream):
                exchange.feed(chunk)
            exchange.end()
        return exchange.outcome(self.conduct.clock.wall())


class AsyncHttp(httpx.AsyncClient):
    """What generated asyncio functions send through: every answer is usable, every failure one error of our tree."""

    def __init__(self, conduct: Conduct, wires: Wires[httpx.AsyncBaseTransport]) -> None:
        super().__init__(base_url=conduct.settings.base_url, headers=HEADERS, transport=httpx.AsyncBaseTransport())
        self.conduct, self.wires = conduct, wires

    async def send(self, request: httpx.Request, **_: Any) -> JudgedResponse:
        """The judged answer to `request`, after retries; bounded in time and size."""
        return (await self._usable(Call.of(request))).response(request)

    async def read(self, operation: ModuleType, body: Any) -> Any:
        """What `reads` makes of the answer of one of its operations."""
        return (await self._usable(self.conduct.call(operation, body))).judged.value

    async def _usable(self, call: Call) -> Usable:
        return await adrive(self.conduct.flow(call), partial(self._attempt, call))

    async def _attempt(self, call: Call, pause: float) -> Usable:
        from asyncio import timeout  # noqa: PLC0415

        await self.conduct.clock.asleep(pause)
        wire = self.wires.here()
        exchange = Exchange(call, self.conduct.settings)
        with exchange.told():
            async with (
                timeout(self.conduct.settings.timeout),
                aclosing(await wire.handle_async_request(exchange.wired)) as response,
            ):
                exchange.begin(response)
                async for chunk in cast("httpx.AsyncByteStream", response.stream):
                    exchange.feed(chunk)
                exchange.end()
        return exchange.outcome(self.conduct.clock.wall())
