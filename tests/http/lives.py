"""The scripted lives of assets over HTTP, for what a wait does with threads and tasks."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from ..policy.lives import KEY, TROUBLE, Asked, Chance, Lives
from .service import Connect, items, no


def answer(asked: Asked) -> httpx.Response:
    """What the service says to a request."""
    match asked.said:
        case "T" | "U":
            raise httpx.ConnectError("no route")
        case "H":
            return httpx.Response(200, html="<h1>Checking your browser</h1>")
        case "":
            return items(*asked.described)
    error: Any = TROUBLE[asked.said]()
    headers = {"Retry-After": str(error.retry_after)} if error.retry_after else {}
    return no(error.code, status=error.status_code, **headers)


def transport(service: Lives) -> httpx.MockTransport:
    """Plays the lives, each request taking its time."""

    def handle(request: httpx.Request) -> httpx.Response:
        asked = service.ask(json.loads(request.content)["asset_ids"])
        service.clock.advance(asked.seconds)
        return answer(asked)

    return httpx.MockTransport(handle)


def waiting(
    connect: Connect, lives: Mapping[str, str] = {}, *, latencies: Sequence[float] = (0.0,), **options: Any
) -> tuple[Lives, Any]:
    """A service, and the `real_person` of a client of it that does not try again within a look."""
    service = Lives(Chance(0.5), lives, latencies=latencies)
    options = {"api_key": KEY, "max_retries": 0, **options}
    return service, connect(transport=transport(service), clock=service.clock, **options).real_person
