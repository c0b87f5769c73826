"""A client opens, lends and closes the httpx clients that it stands for."""

import asyncio
import socket
import ssl
from dataclasses import dataclass, field
from typing import Any, Self

import httpx
import pytest

from .test_client_settings import each, per_class, send
from .wire import Wire, make


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
        self.seen.append("opened")
        return self

    def __exit__(self, *why: object) -> None:
        self.seen.append(why[0])

    async def __aenter__(self) -> Self:
        return self.__enter__()

    async def __aexit__(self, *why: object) -> None:
        self.__exit__(*why)


@each
def test_with(kind: Any, getter: str) -> None:
    """`with` and `async with` give the client itself, open what is beneath, and close it, telling why."""
    door = Door(blocking="async" not in getter)
    client = make(kind, door)

    def used(entered: Any) -> None:
        assert entered is client
        assert not getattr(client, getter)().is_closed
        raise ZeroDivisionError

    async def use() -> None:
        async with client as entered:
            used(entered)

    with pytest.raises(ZeroDivisionError):  # noqa: PT012
        if not door.blocking:
            asyncio.run(use())
        with client as entered:
            used(entered)
    assert getattr(client, getter)().is_closed
    assert door.seen == ["opened", ZeroDivisionError]


class Watched(ssl.SSLContext):
    """A TLS context that refuses to be used."""

    def wrap_socket(self, *_args: Any, **_kwargs: Any) -> Any:
        raise ssl.SSLError("seen")

    wrap_bio = wrap_socket


@each
def test_certificates(kind: Any, getter: str) -> None:
    """The TLS context that a client is given is the one that connects."""
    with socket.create_server(("127.0.0.1", 0)) as server:  # says nothing, and need not
        settings: dict[str, Any] = {"verify_ssl": Watched(ssl.PROTOCOL_TLS_CLIENT), "timeout": httpx.Timeout(20)}
        client = make(kind, httpx_args={"trust_env": False}, **settings)
        with pytest.raises(httpx.ConnectError, match="seen"):
            send(client, getter, f"https://127.0.0.1:{server.getsockname()[1]}/")
