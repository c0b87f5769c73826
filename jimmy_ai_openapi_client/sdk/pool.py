"""The connections underneath: httpx transports, one where each process or event loop needs its own."""

import os
from collections.abc import AsyncGenerator, Callable, Hashable, MutableMapping
from contextlib import suppress
from functools import partial
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

import httpx
from attrs import Factory, define, field

from .errors import ConfigurationError

Wire = TypeVar("Wire", httpx.BaseTransport, httpx.AsyncBaseTransport)


@define(eq=False, repr=False)
class Wires(Generic[Wire]):
    """Transports: one per process, and for asyncio one per event loop, as connections cannot move."""

    _make: Callable[[], Wire]
    _home: Callable[[], Hashable]
    _made: MutableMapping[Any, Wire]
    _closed: bool = False
    # One each, or a forked child would inherit a lock that a thread it does not have holds for ever.
    _locks: MutableMapping[Any, Lock] = field(
        init=False, default=Factory(lambda self: type(self._made)(), takes_self=True)
    )

    def here(self) -> Wire:
        """The transport of this process or loop; `ConfigurationError` once closed."""
        if self._closed:
            raise ConfigurationError("this client is closed; create a new one, or make the call inside its with block")
        home = self._home()
        with self._locks.setdefault(home, Lock()):
            return self._made.get(home) or self._made.setdefault(home, self._make())

    def close(self) -> list[Wire]:
        """Refuse further calls; the transports that are to be closed here."""
        self._closed = True
        return [wire for wire in [self._made.pop(self._home(), None)] if wire]


class _UntilTheLoopEnds(httpx.AsyncBaseTransport):
    """Closes `transport` when its event loop ends as `asyncio.run` ends it: finishing open async generators."""

    def __init__(self, transport: httpx.AsyncBaseTransport, forget: Callable[[], object]) -> None:
        self.handle_async_request = transport.handle_async_request  # type: ignore[method-assign]
        self._end = self._closing(transport, forget)
        with suppress(StopIteration):
            self._end.asend(None).send(None)

    async def _closing(
        self, transport: httpx.AsyncBaseTransport, forget: Callable[[], object]
    ) -> AsyncGenerator[None, None]:
        try:
            yield
        finally:
            forget()
            await transport.aclose()

    async def aclose(self) -> None:
        await self._end.aclose()


def wires(base_url: str, transport: httpx.BaseTransport | None) -> Wires[httpx.BaseTransport]:
    """Connections for threads, over `transport` or the network."""

    def make() -> httpx.BaseTransport:
        if transport:
            return transport
        from .network import Network  # noqa: PLC0415  (importing httpcore waits for the first call)

        return Network(base_url)

    return Wires(make, os.getpid, {})


def async_wires(base_url: str, transport: httpx.AsyncBaseTransport | None) -> Wires[httpx.AsyncBaseTransport]:
    """Connections for asyncio, over `transport` or the network."""
    from asyncio import get_running_loop  # noqa: PLC0415

    made: WeakKeyDictionary[Any, httpx.AsyncBaseTransport] = WeakKeyDictionary()

    def connected() -> httpx.AsyncBaseTransport:
        from .network import AsyncNetwork  # noqa: PLC0415

        return AsyncNetwork(base_url)

    def make() -> httpx.AsyncBaseTransport:
        forget = partial(made.pop, get_running_loop(), None)
        return _UntilTheLoopEnds(transport or connected(), forget)

    return Wires(make, get_running_loop, made)
