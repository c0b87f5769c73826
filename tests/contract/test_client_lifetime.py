"""A client opens, lends and closes the httpx clients that it stands for."""

import asyncio
import socket
import ssl
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self

import httpx
import pytest

from .clients import each, make, per_class, send
from .wire import Wire


@per_class
def test_own_httpx_client(kind: Any) -> None:
    """A client of one's own is used as it is, and the setter returns the client."""
    client, own, own_async = make(kind), httpx.Client(), httpx.AsyncClient()
    assert client.set_httpx_client(own) is client
    assert client.set_async_httpx_client(own_async) is client
    assert client.get_httpx_client() is own
    assert client.get_async_httpx_client() is own_async
    own.close()
    asyncio.run(own_async.aclose())


@dataclass
class Door(Wire):
    """A wire that keeps how it was opened and closed."""

    seen: list[Any] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Keep that a blocking client opened it."""
        self.seen.append("opened")
        return self

    def __exit__(self, *why: object) -> None:
        """Keep what a blocking client closed it for."""
        self.seen.append(why[0])

    async def __aenter__(self) -> Self:
        """Keep that an async client opened it."""
        return self.__enter__()

    async def __aexit__(self, *why: object) -> None:
        """Keep what an async client closed it for."""
        self.__exit__(*why)


@per_class
def test_with(kind: Any) -> None:
    """`with` gives the client itself, opens what is beneath, and closes it, telling why."""
    door = Door(blocking=True)
    client = make(kind, httpx_args={"transport": door, "trust_env": False})
    with pytest.raises(ZeroDivisionError), client as entered:  # noqa: PT012
        assert entered is client
        assert not client.get_httpx_client().is_closed
        raise ZeroDivisionError
    assert client.get_httpx_client().is_closed
    assert door.seen == ["opened", ZeroDivisionError]


@per_class
def test_async_with(kind: Any) -> None:
    """`async with` does the same."""
    door = Door(blocking=False)
    client = make(kind, httpx_args={"transport": door, "trust_env": False})

    async def use() -> None:
        async with client as entered:
            assert entered is client
            assert not client.get_async_httpx_client().is_closed
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asyncio.run(use())
    assert client.get_async_httpx_client().is_closed
    assert door.seen == ["opened", ZeroDivisionError]


class Watched(ssl.SSLContext):
    """A TLS context that notices being used, and refuses to go on."""

    used = False

    def wrap_socket(self, *_args: Any, **_kwargs: Any) -> ssl.SSLSocket:
        """Stop a blocking connection."""
        self.used = True
        raise ssl.SSLError("seen")

    def wrap_bio(self, *_args: Any, **_kwargs: Any) -> ssl.SSLObject:
        """Stop an async connection."""
        self.used = True
        raise ssl.SSLError("seen")


@contextmanager
def hanging_up() -> Generator[str]:
    """Yield the address of a server that ends the first connection, as a client would wait for an answer."""
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as other_end:
        first = other_end.submit(server.accept)
        first.add_done_callback(lambda accepted: accepted.result()[0].close())
        try:
            yield f"https://127.0.0.1:{server.getsockname()[1]}/"
        finally:  # in case nobody came
            socket.create_connection(server.getsockname()).close()


@each
def test_certificates(kind: Any, getter: str) -> None:
    """The TLS context that a client is given is the one that connects."""
    context = Watched(ssl.PROTOCOL_TLS_CLIENT)
    with hanging_up() as url:
        client = make(kind, verify_ssl=context, httpx_args={"trust_env": False})
        with pytest.raises(httpx.ConnectError, match="seen"):
            send(getattr(client, getter)(), url)
    assert context.used
