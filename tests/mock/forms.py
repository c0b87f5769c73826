"""The mock in its two forms, and the client in its two: what is asked of one is asked of all."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from jimmy_ai_openapi_client.sdk.mock import MockService

from .play import KEY, SITE

Ask = Callable[..., httpx.Response]
FORMS = ["inside", "served"]
WAYS = ["sync", "async"]


@contextmanager
def reached(mock: MockService, form: str) -> Iterator[dict[str, Any]]:
    """Options of an httpx client that reaches a mock in-process or served."""
    if form == "inside":
        yield {"transport": mock.transport, "base_url": SITE, "headers": KEY}
    else:
        with mock.serve() as server:
            # Proxies of the machine do not reach its loopback.
            yield {"base_url": server.base_url, "headers": KEY, "trust_env": False}


@contextmanager
def asking(mock: MockService, form: str, way: str) -> Iterator[Ask]:
    """A function that sends one request."""
    with reached(mock, form) as options, asyncio.Runner() as runner:
        if way == "sync":
            with httpx.Client(**options) as client:
                yield client.request
        else:
            asynchronous = httpx.AsyncClient(**options)
            yield lambda *args, **more: runner.run(asynchronous.request(*args, **more))
            runner.run(asynchronous.aclose())
