"""One application in two forms: whatever is asked, both answer alike and remember the same."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService, RecordedRequest

from .helpers import BATCH, FORMS, STATUS, WAYS, asking
from .test_refusals import BAD, WRONG

JSON, FORM = {"Content-Type": "application/json"}, {"Content-Type": "multipart/form-data; boundary=b"}
Asked = list[tuple[str, str, dict[str, Any]]]
ONE = {"json": {"asset_id": "id1"}}
ASKED: Asked = [
    ("POST", STATUS, ONE),
    ("POST", STATUS, {"json": {"asset_id": "人物 \n\x00"}}),
    ("POST", STATUS, {"json": {"asset_id": "unknown"}}),
    ("POST", BATCH, {"json": {"asset_ids": ["id1", "id2", "unknown", "id1"]}}),
    ("POST", BATCH, {"json": {"asset_ids": []}}),
    ("POST", BATCH, {"json": {"asset_ids": ["id1", "refused"]}}),
    ("POST", f"{STATUS}?a=1&b=%20", ONE),
    *(("POST", path, {"content": body, "headers": JSON}) for path, body, *_ in BAD),
    *(
        ("POST", STATUS, {**ONE, "headers": {b"Authorization": wrong}})
        for wrong in WRONG
        if wrong and wrong == wrong.strip()
    ),
    ("POST", STATUS, {"content": b"{}", "headers": {"Content-Type": "text/plain"}}),
    ("POST", STATUS, {"data": {"asset_id": "id1"}}),
    ("POST", STATUS, {"files": {"asset_id": b"id1"}, "headers": FORM}),
    *((method, STATUS, {}) for method in ("GET", "PUT", "DELETE", "OPTIONS", "PATCH", "ODD")),
    *(("POST", path, {}) for path in (f"{STATUS}/", STATUS.upper(), "/", "/%2e%2e/x", "//x", "/x;y=1", "/人")),
]


def everything(spec: Any, form: str, way: str, asked: Asked) -> tuple[list[Any], list[RecordedRequest]]:
    """All answers of one form to one kind of client, and what the mock remembers."""
    mock = MockService(clock=FakeClock(), spec=spec, seed=1)
    mock.add("id1", polls=1)
    mock.add("id2", "人物 \n\x00", polls=0, outcome="Failed")
    mock.refuse("refused")
    mock.fault.code(chance=0.1)
    mock.fault.status(502, chance=0.1)
    mock.fault.delay(3, chance=0.2)
    answers = []
    with asking(mock, form, way) as request:
        for method, path, more in asked:
            answer: httpx.Response = request(method, path, **more)
            headers = {name: value for name, value in answer.headers.items() if name != "date"}
            answers.append((answer.status_code, headers, answer.content))
    return answers, mock.requests


GROWN: Asked = [
    ("POST", "/v2/assets", {"json": {"name": "x"}}),
    ("POST", "/assets", {"json": {"name": "x" * 21}}),
    ("GET", "/assets/latest", {}),
    ("GET", "/assets/%E4%BA%BA1?page=2&tag=a&tag=b", {}),
    ("GET", "/assets/a%2Fb?page=2", {}),
    ("DELETE", "/assets/a1", {}),
    ("POST", "/files", {"files": {"file": b"\x00\xff\r\n"}, "data": {"copies": "3"}, "headers": FORM}),
    ("GET", "/videos/7?key=sk-mock", {"headers": {"Authorization": ""}}),
    ("GET", "/plates/ABC", {}),
]


@pytest.mark.parametrize("which", ["packaged", "growth"])
def test_both_forms_answer_alike(which: str, growth: Path) -> None:
    spec, asked = (None, ASKED) if which == "packaged" else (growth, GROWN)
    played = {(form, way): everything(spec, form, way, asked) for form in FORMS for way in WAYS}
    answers, seen = played[FORMS[0], WAYS[0]]
    assert len(answers) == len(seen) == len(asked)
    for other in played.values():
        for one, expected in zip(zip(*other, strict=True), zip(answers, seen, strict=True), strict=True):
            assert one == expected
    if which == "packaged":
        assert {one.code for one in seen} >= {0, -1, None, 404, 405, 20001, 20002}
