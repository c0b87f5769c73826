"""What a client is given reaches httpx, which does the work."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from .generated import client_module
from .wire import BASE, TOKEN, Wire, make

GETTERS = ("get_httpx_client", "get_async_httpx_client")
CLASSES = (client_module.Client, client_module.AuthenticatedClient)
per_class = pytest.mark.parametrize("kind", CLASSES)
each = pytest.mark.parametrize(("kind", "getter"), [(kind, getter) for kind in CLASSES for getter in GETTERS])


def send(client: Any, getter: str, path: str = "/step") -> httpx.Response:
    """Send a request through the httpx client that a client made."""
    inner = getattr(client, getter)()
    if isinstance(inner, httpx.AsyncClient):
        return asyncio.run(inner.get(path))
    response: httpx.Response = inner.get(path)
    return response


@each
def test_reach_httpx(kind: Any, getter: str) -> None:
    """Base URL, cookies, headers, timeout, redirects and further arguments are those of the httpx client."""
    wire = Wire(blocking="async" not in getter)
    settings: dict[str, Any] = {
        "cookies": {"session": "c1"},
        "headers": {"X-Given": "h1"},
        "timeout": httpx.Timeout(7.5),
    }
    client = make(kind, wire, follow_redirects=True, **settings)
    inner = getattr(client, getter)()
    assert type(inner) is (httpx.AsyncClient if "async" in getter else httpx.Client)
    assert getattr(client, getter)() is inner
    assert (inner.timeout, inner.follow_redirects) == (httpx.Timeout(7.5), True)
    send(client, getter)
    request = wire.requests[0]
    assert str(request.url) == f"{BASE}/step"
    assert (request.headers["cookie"], request.headers["x-given"]) == ("session=c1", "h1")


@each
def test_defaults(kind: Any, getter: str) -> None:
    """Unless told otherwise: no redirect followed, no cookie, no limit of time, no error for a status."""
    wire = Wire("async" not in getter, lambda _: httpx.Response(302, headers={"location": "/elsewhere"}))
    client = make(kind, wire)
    assert client.raise_on_unexpected_status is False
    assert send(client, getter).status_code == 302
    assert "cookie" not in wire.requests[0].headers
    assert getattr(client, getter)().timeout == httpx.Timeout(None)


@per_class
def test_own_defaults(kind: Any) -> None:
    """Two clients share no headers, cookies or arguments."""
    one, other = make(kind), make(kind)
    one.get_httpx_client().headers["x-one"] = "1"
    one.get_httpx_client().cookies.set("one", "1")
    assert "x-one" not in other.get_httpx_client().headers
    assert not other.get_httpx_client().cookies


@pytest.mark.parametrize("getter", GETTERS)
@pytest.mark.parametrize(
    ("settings", "header", "value"),
    [
        ({}, "Authorization", f"Bearer {TOKEN}"),
        ({"prefix": "Token"}, "Authorization", f"Token {TOKEN}"),
        ({"prefix": ""}, "Authorization", TOKEN),
        ({"auth_header_name": "X-Key"}, "X-Key", f"Bearer {TOKEN}"),
    ],
)
def test_token(getter: str, settings: dict[str, str], header: str, value: str) -> None:
    """The token goes out in the header and with the prefix that it is given, and in no other header."""
    wire = Wire(blocking="async" not in getter)
    send(make(client_module.AuthenticatedClient, wire, **settings), getter)
    sent = wire.requests[0].headers
    assert [(name, held) for name, held in sent.items() if TOKEN in held] == [(header.lower(), value)]


CHANGES: dict[str, tuple[Callable[[Any], Any], dict[str, Any]]] = {
    "headers": (lambda client: client.with_headers({"X-B": "b"}), {"x-b": "b"}),
    "cookies": (lambda client: client.with_cookies({"b": "2"}), {"cookie": "a=1; b=2"}),
    "timeout": (lambda client: client.with_timeout(httpx.Timeout(3.25)), {"timeout": 3.25}),
}


@each
@pytest.mark.parametrize("used", [False, True], ids=["fresh", "used"])
@pytest.mark.parametrize(("change", "difference"), CHANGES.values(), ids=CHANGES)
def test_changes(kind: Any, getter: str, used: bool, change: Callable[[Any], Any], difference: dict[str, Any]) -> None:
    """`with_...` gives a client that has one thing more; a client that is in use already takes it over, too."""
    wire = Wire(blocking="async" not in getter)
    settings: dict[str, Any] = {"headers": {"X-A": "a"}, "cookies": {"a": "1"}, "timeout": httpx.Timeout(9.0)}
    client = make(kind, wire, raise_on_unexpected_status=True, **settings)
    plain = {"x-a": "a", "cookie": "a=1", "timeout": 9.0}
    if used:
        assert plain.items() <= seen(client, getter, wire).items()
    changed = change(client)
    assert type(changed) is kind
    assert changed is not client
    assert changed.raise_on_unexpected_status is True
    assert (plain | difference).items() <= seen(changed, getter, wire).items()
    assert ("authorization" in wire.requests[-1].headers) == (kind is client_module.AuthenticatedClient)
    assert (plain | (difference if used else {})).items() <= seen(client, getter, wire).items()
    assert used or "x-b" not in wire.requests[-1].headers


def seen(client: Any, getter: str, wire: Wire) -> dict[str, Any]:
    """Return the headers of a request that the client sends, and its timeout."""
    send(client, getter)
    return {**wire.requests[-1].headers, "timeout": getattr(client, getter)().timeout.read}
