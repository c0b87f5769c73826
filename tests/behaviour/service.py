"""A scripted service in place of the network: notes what it was asked, answers from a script, then as the API would."""

import json
from collections.abc import Callable, Iterable
from typing import Any

import httpx
from attrs import frozen

from jimmy_ai_openapi_client import RealPersonAsset
from jimmy_ai_openapi_client.models import SeedanceSpRealPersonAsset
from jimmy_ai_openapi_client.sdk.policy.answer import READ_OPERATIONS

KEY = "sk-S3CRET-key-0123456789"

Connect = Callable[..., Any]
"""The fixture `connect`."""


@frozen
class Asked:
    """One request as it went out."""

    method: str
    url: str
    headers: httpx.Headers
    body: Any

    @property
    def is_other(self) -> bool:
        """Whether the operation is none of those the layer knows to change nothing."""
        return not self.url.endswith(tuple(path for _, path in READ_OPERATIONS))

    @property
    def ids(self) -> list[str]:
        """The ids of a batch request."""
        ids: list[str] = self.body["asset_ids"]
        return ids


Answer = httpx.Response | BaseException | Callable[[Asked], httpx.Response]


def asset(asset_id: str, status: str = "Active", **fields: Any) -> dict[str, Any]:
    """An asset as the service writes it."""
    return {"asset_id": asset_id, "status": status, **fields}


def as_asset(fields: dict[str, Any]) -> RealPersonAsset:
    """What a call makes of an asset on the wire."""
    return RealPersonAsset.from_model(
        SeedanceSpRealPersonAsset.from_dict({name: it for name, it in fields.items() if it is not None})
    )


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

    A batch that holds an id of `malformed` is refused. `transport` serves threads and asyncio.
    """

    def __init__(self, *script: Answer, malformed: Iterable[str] = ()) -> None:
        self.asked: list[Asked] = []
        self.transport = httpx.MockTransport(self.handle)
        self._script = list(script)
        self._malformed = set(malformed)

    def handle(self, request: httpx.Request) -> httpx.Response:
        """Note `request` and answer it."""
        body = json.loads(request.content) if request.content else None
        asked = Asked(request.method, str(request.url), request.headers.copy(), body)
        self.asked.append(asked)
        answer = self._script.pop(0) if self._script else self.usual
        if isinstance(answer, BaseException):
            raise answer
        return answer(asked) if callable(answer) else _fresh(answer)

    def usual(self, asked: Asked) -> httpx.Response:
        """What the API says once the script is at its end."""
        if asked.is_other:
            return ok(None)
        if "asset_id" in asked.body:
            return ok(asset(asked.body["asset_id"]))
        if self._malformed.intersection(asked.ids):
            return no(20002, "bad asset id")
        return items(*map(asset, asked.ids))


def _fresh(answer: httpx.Response) -> httpx.Response:
    """A response goes through a client once only, so that scripts share none."""
    return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)
