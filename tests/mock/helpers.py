"""Clients of a mock: in-process and served, sync and async; and a check of its answers by openapi-core."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse
from ruamel.yaml import YAML

from jimmy_ai_openapi_client.sdk.mock import MockService

KEY = {"Authorization": "Bearer sk-mock"}
SITE = "https://www.jimmyai.cn"
STATUS = "/api/open-api/v1/seedance/sp/realperson/status"
BATCH = "/api/open-api/v1/seedance/sp/realperson/batch-status"


class Caller:
    """Asks a mock in-process, with the right key unless told otherwise."""

    def __init__(self, mock: MockService, base_url: str = SITE) -> None:
        self.mock = mock
        self.http = httpx.Client(transport=mock.transport, base_url=base_url, headers=KEY)

    def one(self, asset_id: str) -> Any:
        """The data of a single query."""
        return self.http.post(STATUS, json={"asset_id": asset_id}).json()["data"]

    def several(self, *asset_ids: str) -> dict[str, str]:
        """Status by id, from one batch."""
        items = self.http.post(BATCH, json={"asset_ids": asset_ids}).json()["data"]["items"]
        return {item["asset_id"]: item["status"] for item in items}


def read(path: Path) -> dict[str, Any]:
    """A spec as JSON values."""
    raw = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return dict(json.loads(json.dumps(raw, default=str)))


def check(api: OpenAPI, site: str, request: httpx.Request, response: httpx.Response) -> None:
    """Raise unless openapi-core finds the answer to be as the spec says."""
    asked = MockRequest(site, request.method, request.url.path)
    kind = response.headers.get("Content-Type", "")
    api.validate_response(asked, MockResponse(response.content, response.status_code, dict(response.headers), kind))


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
