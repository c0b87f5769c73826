"""What a client is given reaches httpx, which does the work; a client opens, lends and closes what is beneath."""

from dataclasses import dataclass, field
from typing import Any, Self

import httpx
import pytest

from jimmy_ai_openapi_client.client import AuthenticatedClient, Client

from .wire import BASE, TOKEN, Wire, finished, make

GETTERS = ("get_httpx_client", "get_async_httpx_client")
CLASSES = (Client, AuthenticatedClient)
each = pytest.mark.parametrize(("kind", "getter"), [(kind, getter) for kind in CLASSES for getter in GETTERS])


def send(client: Any, getter: str) -> None:
    """Send a request through the httpx client that a client made."""
    finished(getattr(client, getter)().get("/step"))


@pytest.mark.parametrize("getter", GETTERS)
@pytest.mark.parametrize(
    ("settings", "header", "value"),
    [
        ({}, "authorization", f"Bearer {TOKEN}"),
        ({"prefix": "Token"}, "authorization", f"Token {TOKEN}"),
        ({"prefix": ""}, "authorization", TOKEN),
        ({"auth_header_name": "X-Key"}, "x-key", f"Bearer {TOKEN}"),
    ],
)
def test_token(getter: str, settings: dict[str, str], header: str, value: str) -> None:
    """The token goes out in the header and with the prefix that it is given, and in no other header."""
    wire = Wire(blocking="async" not in getter)
    send(make(AuthenticatedClient, wire, **settings), getter)
    assert [(name, held) for name, held in wire.requests[0].headers.items() if TOKEN in held] == [(header, value)]


CHANGES: dict[str, tuple[Any, dict[str, Any]]] = {
    "with_headers": ({"X-B": "b"}, {"x-b": "b"}),
    "with_cookies": ({"b": "2"}, {"cookie": "a=1; b=2"}),
    "with_timeout": (httpx.Timeout(3.25), {"timeout": 3.25}),
}


@each
@pytest.mark.parametrize("used", [False, True], ids=["fresh", "used"])
@pytest.mark.parametrize("method", CHANGES)
def test_changes(kind: Any, getter: str, used: bool, method: str) -> None:
    """`with_...` gives a client that has one thing more; a client that is in use already takes it over, too."""
    argument, difference = CHANGES[method]
    wire = Wire(blocking="async" not in getter)
    settings: dict[str, Any] = {"headers": {"X-A": "a"}, "cookies": {"a": "1"}, "timeout": httpx.Timeout(9.0)}
    differing = {"follow_redirects": True, "verify_ssl": False}
    client = make(kind, wire, raise_on_unexpected_status=True, **differing, **settings)
    plain = {"url": f"{BASE}/step", "x-a": "a", "cookie": "a=1", "timeout": 9.0, "follow_redirects": True}
    if used:
        assert plain.items() <= seen(client, getter, wire).items()
    changed = getattr(client, method)(argument)
    assert type(changed) is kind
    assert changed is not client
    assert changed.raise_on_unexpected_status is True
    assert (plain | difference).items() <= seen(changed, getter, wire).items()
    assert ("authorization" in wire.requests[-1].headers) == (kind is AuthenticatedClient)
    assert (plain | (difference if used else {})).items() <= seen(client, getter, wire).items()
    assert used or "x-b" not in wire.requests[-1].headers


def seen(client: Any, getter: str, wire: Wire) -> dict[str, Any]:
    """Return what a client sends, its timeout, and whether it follows redirects; it has one httpx client."""
    send(client, getter)
    request, inner = wire.requests[-1], getattr(client, getter)()
    assert getattr(client, getter)() is inner
    assert type(inner) is (httpx.Client if wire.blocking else httpx.AsyncClient)
    settings = {"timeout": inner.timeout.read, "follow_redirects": inner.follow_redirects}
    return {"url": str(request.url), **request.headers, **settings}


@pytest.mark.filterwarnings("ignore:`verify=<str>`:DeprecationWarning")
@each
def test_certificates(kind: Any, getter: str) -> None:
    """The certificates that a client is told to trust are those that httpx reads."""
    with pytest.raises(OSError):
        getattr(make(kind, verify_ssl="no such file"), getter)()


@pytest.mark.parametrize("kind", CLASSES)
def test_own_httpx_client(kind: Any) -> None:
    """A client of one's own is used as it is, and the setter returns the client."""
    client, own, own_async = make(kind), httpx.Client(), httpx.AsyncClient()
    assert client.set_httpx_client(own) is client
    assert client.set_async_httpx_client(own_async) is client
    assert client.get_httpx_client() is own
    assert client.get_async_httpx_client() is own_async
    own.close()
    finished(own_async.aclose())


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

    def use(entered: Any) -> None:
        assert entered is client
        assert not getattr(client, getter)().is_closed
        raise ZeroDivisionError

    async def enter() -> None:
        async with client as entered:
            use(entered)

    with pytest.raises(ZeroDivisionError):  # noqa: PT012
        if not door.blocking:
            finished(enter())
        with client as entered:
            use(entered)
    assert getattr(client, getter)().is_closed
    assert door.seen == ["opened", ZeroDivisionError]
