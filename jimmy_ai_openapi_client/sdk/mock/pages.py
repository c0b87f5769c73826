"""The page of a served mock, for people: what there is, live, and buttons."""

import json
from collections.abc import Callable
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import httpx

from . import kinds
from .contract import Contract, Refused
from .reply import Reply
from .spec import Node

if TYPE_CHECKING:
    from .service import MockService

FILES = {
    "/": ("page.html", "text/html"),
    "/_mock/page.css": ("page.css", "text/css"),
    "/_mock/page.js": ("page.js", "text/javascript"),
}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
MOST_ASSETS, MOST_REQUESTS = 100, 20


class Pages:
    """Answers what is asked of the page; leaves to the API every path that the spec has."""

    def __init__(self, mock: "MockService", contract: Contract, title: str) -> None:
        """Show `mock`, and the operations of `contract`."""
        self._mock, self._contract, self._title = mock, contract, title
        self._buttons: dict[str, Callable[[Any], object]] = {
            "/_mock/add": self._add,
            "/_mock/finish": lambda told: mock.finish(told.get("asset_id"), outcome=told.get("outcome")),
            "/_mock/fault": self._fault,
            "/_mock/cancel": self._cancel,
        }

    def reply(self, request: httpx.Request) -> Reply | None:
        """The page, its state, the outcome of a button; None for everything else."""
        path = request.url.path
        ours = path in self._buttons if request.method == "POST" else path in {*FILES, "/_mock/state"}
        if not ours or request.method not in {"GET", "HEAD", "POST"} or self._has(request):
            return None
        if request.method == "POST":
            return self._pressed(request, self._buttons[path])
        if path == "/_mock/state":
            return _json(200, self._state())
        name, kind = FILES[path]
        content = files("jimmy_ai_openapi_client").joinpath("sdk", "mock", "page", name).read_bytes()
        return Reply(200, content, {"Content-Type": f"{kind}; charset=utf-8", **HEADERS})

    def _has(self, request: httpx.Request) -> bool:
        try:
            self._contract.route(request.method, request.url.path)
        except Refused as no:
            return no.status != 404
        return True

    def _pressed(self, request: httpx.Request, button: Callable[[Any], object]) -> Reply:
        # A browser sends another site's press with that site's origin, and JSON only after asking, which we answer no.
        own = f"http://{request.headers['Host']}"
        if request.headers.get("Origin", own) != own or request.headers.get("Content-Type") != "application/json":
            return _json(403, {"msg": "buttons are pressed on the mock's own page only"})
        try:
            told = json.loads(request.content)
            if not isinstance(told, dict):
                raise TypeError("a button sends an object")
            button(told)
        except (ValueError, TypeError, KeyError) as error:
            return _json(400, {"msg": str(error.args[0])})
        return _json(200, self._state())

    def _add(self, told: Any) -> None:
        self._mock.add(told.pop("asset_id", None), **told)

    def _fault(self, told: Any) -> None:
        kinds.plan(self._mock.fault, told.pop("kind", None), told)

    def _cancel(self, told: Any) -> None:
        for one in self._mock.fault.planned:
            if one.number == told.get("id"):
                one.cancel()

    def _state(self) -> Node:
        mock = self._mock
        total, assets = mock.newest(MOST_ASSETS)
        return {
            "api": self._title,
            "assets_total": total,
            "assets": assets,
            "faults": [
                {
                    "id": one.number,
                    "text": str(one.fault),
                    "times": one.times,
                    "hits": one.hits,
                    "chance": one.chance,
                    "operation": one.operation,
                }
                for one in mock.fault.planned
            ],
            "requests_total": len(mock.requests),
            "requests": _latest(mock),
            "operations": [
                {"method": one.method.upper(), "path": one.path, "says": one.declared.get("summary", one.name)}
                for one in self._contract.operations
            ],
            "kinds": list(kinds.described()),
        }


def _latest(mock: "MockService") -> list[Node]:
    total = len(mock.requests)
    shown = ("method", "path", "operation", "status", "code", "fault", "problem")
    return [
        {"number": number + 1, **{name: getattr(mock.requests[number], name) for name in shown}}
        for number in range(total - 1, max(-1, total - 1 - MOST_REQUESTS), -1)
    ]


def _json(status: int, value: Any) -> Reply:
    return Reply(status, json.dumps(value).encode(), {"Content-Type": "application/json", **HEADERS})
