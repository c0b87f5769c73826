"""The connections underneath: plain httpx clients that go where a pool of connections cannot."""

import asyncio
import os
from collections.abc import AsyncGenerator, Callable, Hashable, MutableMapping
from contextlib import suppress
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

import httpx
from attrs import Factory, define, field

from .errors import ConfigurationError
from .network import tame

Wire = TypeVar("Wire", httpx.Client, httpx.AsyncClient)


@define(eq=False)
class Wires(Generic[Wire]):
    """The connection pools underneath: one per process, and for asyncio one per event loop, as none can move."""

    _make: Callable[[], Wire]
    _home: Callable[[], Hashable]
    _made: MutableMapping[Any, Wire]
    _closed: bool = False
    # One each, or a forked child would inherit a lock that a thread it does not have holds for ever.
    _locks: MutableMapping[Any, Lock] = field(
        init=False, default=Factory(lambda self: type(self._made)(), takes_self=True)
    )

    def here(self) -> Wire:
        """The pool of this process or loop; `ConfigurationError` once closed."""
        if self._closed:
            raise ConfigurationError("this client is closed; create a new one, or make the call inside its with block")
        home = self._home()
        try:
            with self._locks.setdefault(home, Lock()):
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
