"""A scripted service in place of the network: notes what it was asked, answers from a script, then as the API would."""

import json
from collections.abc import Callable
from typing import Any

import httpx
from attrs import frozen

from ..policy import lives

KEY, asset = lives.KEY, lives.asset

Connect = Callable[..., Any]
"""The fixture `connect`."""


@frozen
class Asked:
    """One request as it went out; its body parsed if it is JSON."""

    url: str
    headers: httpx.Headers
    body: Any

    @property
    def ids(self) -> list[str]:
        """The ids of a batch request."""
        ids: list[str] = self.body["asset_ids"]
        return ids


Answer = httpx.Response | BaseException | Callable[[Asked], httpx.Response]


def ok(data: Any, code: Any = 0, **headers: str) -> httpx.Response:
    """A success."""
    return httpx.Response(200, json={"code": code, "msg": "ok", "data": data}, headers=headers)


def items(*assets: Any) -> httpx.Response:
    """A successful answer to a batch."""
    return ok({"items": list(assets)})


def no(code: Any, msg: Any = "no", status: Any = 200, **headers: str) -> httpx.Response:
    """A refusal."""
    return httpx.Response(status, json={"code": code, "msg": msg}, headers=headers)


class Service:
    """Answers with `script`, one entry a request (an exception is raised); then every asset is active.

    `transport` serves threads and asyncio.
    """

    def __init__(self, *script: Answer) -> None:
        self.asked: list[Asked] = []
        self.transport = httpx.MockTransport(self.handle)
        self._script = list(script)

    def handle(self, request: httpx.Request) -> httpx.Response:
        """Note `request` and answer it."""
        body = json.loads(request.content) if request.content.startswith(b"{") else request.content
        asked = Asked(str(request.url), request.headers.copy(), body)
        self.asked.append(asked)
        answer = self._script.pop(0) if self._script else self.usual
        if isinstance(answer, BaseException):
            raise answer
        if callable(answer):
            return answer(asked)
        # One goes through a client once only, and scripts may hold it several times.
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    def usual(self, asked: Asked) -> httpx.Response:
        """What the API says once the script is at its end."""
        match asked.body:
            case {"asset_id": asset_id}:
                return ok(asset(asset_id))
            case {"asset_ids": ids}:
                return items(*map(asset, ids))
        return ok(None)
