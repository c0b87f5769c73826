"""Clients as a user makes them, for the tests of what they hand to httpx."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from .generated import client_module
from .wire import BASE, TOKEN, Wire

CLASSES = (client_module.Client, client_module.AuthenticatedClient)
GETTERS = ("get_httpx_client", "get_async_httpx_client")
EACH = [
    pytest.param(kind, getter, id=f"{kind.__name__}-{'async' if 'async' in getter else 'sync'}")
    for kind in CLASSES
    for getter in GETTERS
]
each = pytest.mark.parametrize(("kind", "getter"), EACH)
per_class = pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)


def make(kind: Any, **settings: Any) -> Any:
    """Return a client; one that authenticates has its token."""
    token = {"token": TOKEN} if kind is client_module.AuthenticatedClient else {}
    return kind(base_url=BASE, **token, **settings)


def send(inner: httpx.Client | httpx.AsyncClient, path: str = "/step") -> httpx.Response:
    """Send a request through the httpx client that a client made."""
    if isinstance(inner, httpx.AsyncClient):
        return asyncio.run(inner.get(path))
    return inner.get(path)


def wire_for(getter: str, answer: Callable[[], httpx.Response] = lambda: httpx.Response(204)) -> Wire:
    """Return the wire for a sync or async client."""
    return Wire(blocking="async" not in getter, answer=answer)
