"""One line a request, and what it says of wrong ones."""

import logging
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService

from .play import BATCH, KEY, SITE, STATUS, Caller

LOGGER = "jimmy_ai_openapi_client.mock"


def lines(mock: MockService, *asked: tuple[str, str, dict[str, Any]], site: str = SITE) -> list[str]:
    """What a served mock says of requests, durations left out; the logger hears the same."""
    told: list[str] = []
    with mock.serve(log=told.append) as server, httpx.Client(headers=KEY, trust_env=False) as http:
        for method, path, more in asked:
            try:
                http.request(method, server.base_url + path, **more)
            except httpx.HTTPError:
                continue
    return [re.sub(r"\d+\.\d ms", "T", line) for line in told]


def test_a_line_a_request() -> None:
    mock = MockService(clock=FakeClock())
    mock.add("id1")
    mock.fault.code()
    mock.fault.cut()
    mock.fault.reset()
    ok = ("POST", STATUS, {"json": {"asset_id": "id1"}})
    assert lines(mock, ok, ok, ok, ok, ("GET", "/x?key=1", {}), ("GET", STATUS, {})) == [
        f"POST {STATUS} querySeedanceSpRealPersonStatus: HTTP 200, code -1, T; fault: code -1",
        f"POST {STATUS} querySeedanceSpRealPersonStatus: HTTP 200, code 0, T; fault: cut body",
        f"POST {STATUS} querySeedanceSpRealPersonStatus: no answer, T; fault: reset",
        f"POST {STATUS} querySeedanceSpRealPersonStatus: HTTP 200, code 0, T",
        "GET /x -: HTTP 404, code 404, T; problem: no such path (#/paths)",
        f"GET {STATUS} -: HTTP 405, code 405, T; problem: use POST (#/paths)",
    ]


SCHEMAS = "#/components/schemas/SeedanceSpRealPerson"
BODY = f"#/paths/{STATUS.replace('/', '~1')}/post/requestBody"
JSON = {"Content-Type": "application/json"}
PLACED: list[tuple[str, dict[str, Any], str]] = [
    (STATUS, {"json": {"asset_id": 3}}, f"{SCHEMAS}StatusRequest/properties/asset_id/type"),
    (STATUS, {"json": {}}, f"{SCHEMAS}StatusRequest/required"),
    (STATUS, {"json": []}, f"{SCHEMAS}StatusRequest/type"),
    (BATCH, {"json": {"asset_ids": ["a", 4]}}, f"{SCHEMAS}BatchStatusRequest/properties/asset_ids/items/type"),
    (STATUS, {}, f"{BODY}/required"),
    (STATUS, {"content": b"[" * 99_999, "headers": JSON}, BODY),
    (STATUS, {"content": b"{", "headers": JSON}, f"{BODY}/content/application~1json/schema"),
    (STATUS, {"content": b"{}"}, f"{BODY}/content"),
    (STATUS, {"headers": {"Authorization": "Bearer other"}}, "#/components/securitySchemes/bearerAuth"),
]


@pytest.mark.parametrize(("path", "more", "place"), PLACED, ids=lambda value: str(value)[-40:])
def test_a_wrong_request_is_told_where_the_spec_says_so(caller: Caller, path: str, more: Any, place: str) -> None:
    msg = caller.http.post(path, **more).json()["msg"]
    assert caller.mock.requests[0].problem == f"{msg} ({place})"


GROWN: list[tuple[str, str, dict[str, Any], str]] = [
    ("POST", "/assets", {"json": {"name": "x" * 21}}, "#/components/schemas/Submit/properties/name/maxLength"),
    ("GET", "/assets/a1", {}, "#/paths/~1assets~1{asset_id}/get/parameters/0"),
    (
        "GET",
        "/assets/a1",
        {"params": {"page": 0}},
        "#/paths/~1assets~1{asset_id}/get/parameters/0/schema/minimum",
    ),
    ("GET", "/assets/a1", {"params": {"page": "x"}}, "#/paths/~1assets~1{asset_id}/get/parameters/0/schema"),
    (
        "GET",
        "/assets/a1",
        {"params": {"page": 1, "tag": ["a", ""]}},
        "#/paths/~1assets~1{asset_id}/get/parameters/1/schema/items/minLength",
    ),
    ("GET", "/assets/a", {"params": {"page": 1}}, "#/paths/~1assets~1{asset_id}/parameters/0/schema/minLength"),
    (
        "POST",
        "/files",
        {"files": {"file": b"x"}, "data": {"copies": "3.5"}},
        "#/paths/~1files/post/requestBody/content/multipart~1form-data/schema/properties/copies/type",
    ),
    ("GET", "/videos/7", {"headers": {"Authorization": "no"}}, "#/components/securitySchemes/bearerAuth"),
]


@pytest.mark.parametrize(("method", "path", "more", "place"), GROWN, ids=lambda value: str(value)[-40:])
def test_a_place_in_a_grown_spec(growth: Path, method: str, path: str, more: Any, place: str) -> None:
    mock = MockService(spec=growth)
    with httpx.Client(transport=mock.transport, base_url=SITE, headers=KEY) as http:
        http.request(method, path, **more)
    assert (mock.requests[0].problem or "").endswith(f" ({place})")


def test_an_unknown_or_malformed_id_is_told(mock: MockService, caller: Caller) -> None:
    mock.refuse("bad")
    caller.http.post(STATUS, json={"asset_id": "other"})
    caller.http.post(BATCH, json={"asset_ids": ["bad"]})
    assert [seen.problem for seen in mock.requests] == ["asset not found", "asset_ids: 'bad' is malformed"]


def test_the_logger_hears_requests_in_process_too(caller: Caller, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, LOGGER):
        caller.http.post(STATUS, json={})
    assert caplog.record_tuples == [(LOGGER, logging.INFO, caplog.messages[0])]
    assert caplog.messages[0].startswith(f"POST {STATUS} querySeedanceSpRealPersonStatus: HTTP 200, code 20002, ")
    caplog.clear()
    with caplog.at_level(logging.WARNING, LOGGER):
        caller.http.post(STATUS, json={})
    assert caplog.messages == []


def test_no_line_holds_the_key_or_moves_the_cursor() -> None:
    mock = MockService()
    mock.add("id1")
    odd = {"asset_id": ["sk-mock\x1b[2J\r\n人"]}
    told = lines(mock, ("POST", STATUS, {"json": odd}), ("GET", "/sk-mock/x?key=sk-mock", {}))
    assert "sk-mock" not in "".join(told) + repr([seen.problem for seen in mock.requests])
    assert all(line.isprintable() for line in told)
    assert "***\\x1b[2J\\r\\n人" in told[0].replace("\\\\", "\\")
    assert told[1].startswith("GET /***/x -: ")
