"""The page of a served mock, for people: the assets, live, what was sent, and buttons."""

import inspect
import json
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from typing import Any

import httpx

from . import checks
from .assets import AssetStore
from .exchange import RecordedRequest, Reply
from .faults import KINDS, Faults, plan_by_name
from .spec import Node, Router, to_yaml

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
MAX_ASSETS, MAX_REQUESTS, MAX_TEXT = 100, 20, 20_000


class Page:
    """Answers requests for the page; every path that the spec has is left to the API."""

    def __init__(self, router: Router, store: AssetStore, fault: Faults, requests: Sequence[RecordedRequest]) -> None:
        """Show these."""
        self._router, self._store, self._fault, self._requests = router, store, fault, requests
        self._buttons: dict[str, Callable[..., object]] = {
            "/_mock/add": self._add,
            "/_mock/finish": lambda asset_id=None, outcome="": store.finish(asset_id, outcome=outcome),
            "/_mock/fault": lambda kind=None, **given: plan_by_name(fault, kind, given),
            "/_mock/cancel": lambda number=None: fault.clear(number),
        }
        self._views: dict[str, Callable[[], Reply]] = {
            "/": lambda: _file("page.html", "text/html"),
            "/_mock/page.css": lambda: _file("page.css", "text/css"),
            "/_mock/page.js": lambda: _file("page.js", "text/javascript"),
            "/_mock/state": lambda: _json(200, self._state()),
            "/openapi.yaml": lambda: _reply(200, to_yaml(router.spec), "application/yaml"),
            "/openapi.json": lambda: _json(200, router.spec),
        }

    def reply(self, request: httpx.Request) -> Reply | None:
        """The page, its state, the outcome of a button; None for everything else."""
        path = request.url.path
        if self._router.knows(path):
            return None
        if request.method == "POST" and path in self._buttons:
            return self._pressed(request, self._buttons[path])
        view = self._views.get(path) if request.method in {"GET", "HEAD"} else None
        return view() if view else None

    def _pressed(self, request: httpx.Request, button: Callable[..., object]) -> Reply:
        # A browser sends another site's request with that site's origin, and JSON only after a preflight, which fails.
        own = f"http://{request.headers['Host']}"
        if request.headers.get("Origin", own) != own or request.headers.get("Content-Type") != "application/json":
            return _json(403, {"msg": "buttons are pressed on the mock's own page only"})
        try:
            given = json.loads(request.content)
            if not isinstance(given, dict):
                raise TypeError("a button sends an object")
            button(**given)
        except (ValueError, TypeError, KeyError) as error:
            return _json(400, {"msg": str(error.args[0])})
        return _json(200, self._state())

    def _add(self, asset_id: Any = None, **given: Any) -> None:
        if not checks.text("an id", asset_id).strip():
            raise ValueError("an id must not be blank")
        self._store.add(asset_id, **given)

    def _state(self) -> Node:
        planned = ("text", "number", "times", "hits", "chance", "operation")
        total = len(self._requests)
        return {
            "api": self._router.spec["info"]["title"],
            "assets_total": len(self._store.statuses()),
            "assets": self._store.newest(MAX_ASSETS),
            "faults": [{name: getattr(one, name) for name in planned} for one in self._fault.planned],
            "requests_total": total,
            "requests": [_shown(at + 1, self._requests[at]) for at in range(total)[: -MAX_REQUESTS - 1 : -1]],
            "operations": [
                {"method": one.method.upper(), "path": one.path, "summary": one.declared.get("summary", one.name)}
                for one in self._router.operations
            ],
            "kinds": list(_kinds()),
        }


def _kinds() -> Iterator[Node]:
    """Each kind of fault in words, with its foremost argument and the default of that."""
    for kind, arguments in KINDS.items():
        hint = (inspect.getdoc(getattr(Faults, kind)) or "").partition("\n\n")[0].replace("\n", " ")
        argument, default = next(iter(arguments.items()), (None, None))
        preset = default if isinstance(default, int | float | str) else None
        yield {"kind": kind, "hint": hint, "argument": argument, "preset": preset}


def _shown(number: int, one: RecordedRequest) -> Node:
    names = ("method", "path", "operation", "ids", "time", "status", "code", "fault", "problem")
    texts = {"sent": _text(one.body), "answered": _text(one.answer)}
    return {"number": number, **{name: getattr(one, name) for name in names}, **texts}


def _text(value: Any) -> str:
    """A body, for people."""
    if isinstance(value, bytes | None):
        return (value or b"").decode(errors="replace")[:MAX_TEXT]
    return json.dumps(value, indent=2, ensure_ascii=False)[:MAX_TEXT]


def _file(name: str, kind: str) -> Reply:
    return _reply(200, files("jimmy_ai_openapi_client.sdk.mock").joinpath("page", name).read_text("utf-8"), kind)


def _json(status: int, value: Any) -> Reply:
    return _reply(status, json.dumps(value, indent=2), "application/json")


def _reply(status: int, content: str, kind: str) -> Reply:
    return Reply(status, content.encode(), {"Content-Type": f"{kind}; charset=utf-8", **HEADERS})
