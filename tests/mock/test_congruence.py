"""One application in two forms: whatever is asked, both answer sync and async clients alike and remember the same."""

import asyncio
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService
from jimmy_ai_openapi_client.sdk.mock.faults import KINDS

from .helpers import BATCH, GROWTH, JSON, KEY, SITE, STATUS

FORM = {"Content-Type": "multipart/form-data; boundary=b"}
Asked = list[tuple[str, str, dict[str, Any]]]
ONE = {"json": {"asset_id": "id1"}}
ASKED: Asked = [
    ("POST", BATCH, {"json": {"asset_ids": ["id1", "id2", "unknown", "id1"]}}),
    ("POST", BATCH, {"json": {"asset_ids": ["id1", "refused"]}}),
    ("POST", STATUS, {"json": {"asset_id": "人物 \n\x00"}}),
    ("POST", f"{STATUS}?a=1&b=%20", ONE),
    *(("POST", STATUS, {"content": body, "headers": JSON}) for body in (b"", b"\xff\xfe", b"[" * 100_000)),
    *(("POST", STATUS, {**ONE, "headers": {b"Authorization": key}}) for key in (b"", b"Bearer \xff")),
    ("POST", STATUS, {"files": {"asset_id": b"id1"}, "headers": FORM}),
    *((method, STATUS, {}) for method in ("GET", "PUT", "DELETE", "OPTIONS", "PATCH", "ODD")),
    *(("POST", path, {}) for path in (f"{STATUS}/", STATUS.upper(), "/", "/%2e%2e/x", "//x", "/x;y=1", "/人")),
]
GROWN: Asked = [
    ("POST", "/v2/assets", {"json": {"name": "x"}}),
    ("GET", "/assets/%E4%BA%BA1?page=2&tag=a&tag=b", {}),
    ("GET", "/assets/a%2Fb?page=2", {}),
    ("DELETE", "/assets/a1", {}),
    ("POST", "/files", {"files": {"file": b"\x00\xff\r\n"}, "data": {"copies": "3"}, "headers": FORM}),
    ("GET", "/videos/7?key=sk-mock", {"headers": {"Authorization": ""}}),
]


def told(answer: httpx.Response | httpx.HTTPError) -> tuple[Any, ...]:
    """What of an answer must be the same in every form."""
    if isinstance(answer, httpx.HTTPError):  # a reset is told in other words by the system
        return type(answer), str(answer) * isinstance(answer, httpx.RemoteProtocolError)
    return answer.status_code, {**answer.headers, "date": None}, answer.content


def everything(spec: Any, asked: Asked, *, served: bool, tasks: bool) -> list[Any]:
    """All answers of one form to one kind of client, the last to requests that meet a fault; and what is remembered."""
    mock = MockService(clock=FakeClock(), spec=spec)
    mock.add("id1", polls=1)
    mock.add("id2", "人物 \n\x00", polls=0, outcome="Failed")
    mock.refuse("refused")
    answers = []
    with mock.serve() as server, asyncio.Runner() as runner:
        where: Any = {"base_url": server.base_url} if served else {"base_url": SITE, "transport": mock.transport}
        # Proxies of the machine do not reach its loopback.
        client: Any = (httpx.AsyncClient if tasks else httpx.Client)(**where, headers=KEY, trust_env=False)
        for (method, path, more), kind in [*((one, None) for one in asked), *((asked[0], kind) for kind in KINDS)]:
            if kind:
                getattr(mock.fault, kind)()
            try:
                answer = client.request(method, path, **more)
                answers.append(told(runner.run(answer) if tasks else answer))
            except httpx.HTTPError as error:
                answers.append(told(error))
        if tasks:
            runner.run(client.aclose())
        else:
            client.close()
    return [*zip(answers, mock.requests, strict=True), mock.clock.now()]


@pytest.mark.wire
@pytest.mark.parametrize(("spec", "asked"), [(None, ASKED), (GROWTH, GROWN)], ids=["packaged", "growth"])
def test_both_forms_answer_alike(spec: Any, asked: Asked) -> None:
    first, *others = (
        everything(spec, asked, served=served, tasks=tasks) for served in (False, True) for tasks in (False, True)
    )
    for other in others:
        for one, expected in zip(other, first, strict=True):
            assert one == expected
