"""Operations the mock has never heard of, served from the spec alone."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from openapi_core import OpenAPI
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

from jimmy_ai_openapi_client.sdk.mock import MockService

from .helpers import KEY, Caller, check, read

SITE = "https://api.example.com/v2"
TREE = {"label": "root", "children": []}
PAGE = {
    "items": [{"kind": "photo", "at": "2026-05-01T12:00:00Z"}] * 2,
    "next": "https://example.com/",
    "cursor": -6,
    "anything": None,
}
VIDEO = {"code": "00000", "msg": "0", "data": {"created_at": 1700000000, "state": "queued", "progress": 1}}


@pytest.fixture(scope="module")
def http(growth: Path) -> Iterator[httpx.Client]:
    with Caller(MockService(spec=growth), SITE).http as client:
        yield client


@pytest.fixture(scope="module")
def judge(growth: Path) -> OpenAPI:
    return OpenAPI.from_dict(read(growth))


ASKED: list[tuple[str, str, dict[str, Any], int, Any]] = [
    (
        "POST",
        "/assets",
        {"json": {"name": "x", "servers": "y", "deprecated": "z"}},
        201,
        {"code": "20000", "msg": "ok", "data": {"id": "a1", "on": "2026-05-01"}},
    ),
    ("GET", "/assets/latest", {}, 200, TREE),
    ("GET", "/assets/a1", {"params": {"page": 1, "tag": ["a", "b"]}}, 200, PAGE),
    ("GET", "/assets/%E4%BA%BA1", {"params": {"page": "2"}, "headers": {"Cookie": "seen=3"}}, 200, PAGE),
    ("DELETE", "/assets/a1", {}, 204, None),
    ("GET", "/videos/7", {}, 200, VIDEO),
    ("POST", "/files", {"files": {"file": b"\x00\xff\r\n--+++"}, "data": {"copies": "3", "note": "5"}}, 200, "stored"),
    ("GET", "/files/f1/content", {"headers": {"Authorization": "Basic sk-mock"}}, 200, "0"),
]


@pytest.mark.parametrize(("method", "path", "more", "status", "answer"), ASKED, ids=lambda value: str(value)[:30])
def test_an_operation_nobody_wrote_is_served(  # noqa: PLR0917
    http: httpx.Client, judge: OpenAPI, method: str, path: str, more: dict[str, Any], status: int, answer: Any
) -> None:
    response = http.request(method, path, **more)
    assert response.status_code == status, response.text
    if isinstance(answer, dict):
        assert response.json() == answer
    else:
        assert response.text == (answer or "")
    if path != "/files/f1/content":  # openapi-core calls bytes no string
        check(judge, "https://api.example.com", response.request, response)


def test_documented_headers_are_sent(http: httpx.Client) -> None:
    headers = http.post("/assets", json={"name": "x"}).headers
    assert (headers["Location"], headers["X-Left"]) == ("https://example.com/", "7")


NAME, PARAMETER = "#/components/schemas/Submit/properties", "#/paths/~1assets~1{asset_id}/get/parameters"
FORM = "#/paths/~1files/post/requestBody/content/multipart~1form-data/schema"
TRACE, COOKIE = {"headers": {"X-Trace": "t"}}, {"headers": {"Cookie": "seen=x"}}
KEYLESS = {"headers": {"Authorization": "no"}}
REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    ("/assets", {"json": {"name": "x" * 21}}, "body.name: ", f"{NAME}/name/maxLength"),
    ("/assets", {"json": {"name": "x", "other": 1}}, "body: Additional properties", "additionalProperties"),
    ("/assets", {"json": {"name": "x", "on": "true"}}, "body.on: 'true' is not of type", f"{NAME}/on/type"),
    ("/assets/a1", {}, "query page: Missing required query parameter: page", f"{PARAMETER}/0"),
    ("/assets/a1?page=0", {}, "query page: 0 is less than the minimum", f"{PARAMETER}/0/schema/minimum"),
    ("/assets/a1?page=x", {}, "query page: ", f"{PARAMETER}/0/schema"),
    ("/assets/a1?page=1&tag=a&tag=", {}, "query tag", f"{PARAMETER}/1/schema/items/minLength"),
    ("/assets/a1?page=1", TRACE, "header X-Trace: 't' is not a 'uuid'", f"{PARAMETER}/2/schema/format"),
    ("/assets/a1?page=1", COOKIE, "cookie seen: ", f"{PARAMETER}/3/schema"),
    ("/assets/%41?page=1", {}, "path asset_id: 'A' is too short", "{asset_id}/parameters/0/schema/minLength"),
    ("/videos/x", {}, "path task_id: ", "/get/parameters/0/schema"),
    ("/videos/7", KEYLESS, "key missing", "#/components/securitySchemes/bearerAuth"),
    ("/files", {"data": {}}, "body: 'copies' is a required property", f"{FORM}/required"),
    ("/files", {"data": {"copies": "3.5"}}, "body.copies: ", f"{FORM}/properties/copies/type"),
    ("/files", {"data": {"copies": "many"}}, "body.copies: ", f"{FORM}/properties/copies/type"),
    ("/files", {"data": {"copies": "3", "note": "12345"}}, "body.note: '12345' is too long", "note/maxLength"),
    ("/files", {"json": {"copies": 1}}, "body: Content for the following mimetype not found", "Body/content"),
]


@pytest.mark.parametrize(("path", "more", "msg", "place"), REFUSED, ids=lambda value: str(value)[:40])
def test_a_request_the_spec_does_not_allow_is_refused(
    growth: Path, path: str, more: dict[str, Any], msg: str, place: str
) -> None:
    mock = MockService(spec=growth)
    more = {**more, "files": {"file": b"x"}} if "data" in more else more
    with Caller(mock, SITE).http as http:
        answer = http.request("POST" if more.keys() & {"json", "data"} else "GET", path, **more).json()
    assert int(answer["code"]) == (20001 if more == KEYLESS else 20002)
    assert answer["msg"].startswith(msg)
    problem = mock.requests[0].problem or ""
    assert problem.startswith(answer["msg"])
    assert problem.endswith(f"{place})")


def test_codes_are_text_where_the_spec_says_so(http: httpx.Client) -> None:
    assert http.post("/assets", json={}).json()["code"] == "20002"
    assert http.get("/assets/a1").json()["code"] == 20002


def test_security_is_as_the_spec_says(growth: Path) -> None:
    with httpx.Client(transport=MockService(spec=growth).transport, base_url=SITE) as http:
        assert http.get("/assets/latest").json() == TREE
        assert http.get("/videos/7").json()["code"] == "20001"
        assert http.get("/videos/7", params={"key": "sk-mock"}).json() == VIDEO
        assert http.get("/videos/7", params={"key": "sk-mock2"}).json()["code"] == "20001"
        assert http.get("/videos/7", headers=KEY).json() == VIDEO
        assert http.delete("/assets/a1", params={"key": "sk-mock"}).json()["code"] == 20001
        assert http.get("/files/f1/content").json()["code"] == 20001
        assert http.get("/plates/ABC").json()["code"] == 20001
        assert http.get("/plates/ABC", headers=KEY).status_code == 501


def test_no_key_is_not_the_key_none(growth: Path) -> None:
    with httpx.Client(transport=MockService(spec=growth, api_key="None").transport, base_url=SITE) as http:
        assert http.get("/videos/7").json()["code"] == "20001"


def test_the_most_exact_path_wins_and_a_wrong_method_names_the_right_ones(http: httpx.Client) -> None:
    assert http.get("/assets/latest").json() == TREE
    assert http.delete("/assets/latest").status_code == 204
    assert http.put("/assets/a1").headers["Allow"] == "DELETE, GET"
    assert http.get("/assets/").status_code == 404
    assert http.get("/assets/a/b").status_code == 404


def test_paths_stand_with_and_without_the_prefix_of_the_server(growth: Path) -> None:
    mock = MockService(spec=growth)
    with mock.serve() as server, httpx.Client(trust_env=False) as http:
        assert http.get(f"{server.base_url}/assets/latest").json() == TREE
        assert http.get(f"{server.base_url}/v2/assets/latest").json() == TREE
        assert http.get(f"{server.base_url}/box/assets/latest").json() == TREE
        assert http.get(f"{server.base_url}/v3/assets/latest").status_code == 404
        assert http.delete(f"{server.base_url}/assets/a1", headers=KEY).status_code == 204


def test_a_spec_that_shows_nothing_is_asked_for_an_example(http: httpx.Client) -> None:
    response = http.get("/plates/ABC")
    assert response.status_code == 501
    assert response.json()["msg"] == "give getPlate an example in the spec: no plain string fits"


def test_a_third_operation_beside_the_two(spec: dict[str, Any], tmp_path: Path) -> None:
    """By a mapping and by a file; the mapping stays as it was."""
    path = "/api/open-api/v1/seedance/sp/balance"
    schema = {"type": "object", "properties": {"code": {"type": "integer"}, "data": {"type": "number", "minimum": 2.5}}}
    responses = {"default": {"description": "ok", "content": {"application/json": {"schema": schema}}}}
    bare = {name: value for name, value in spec.items() if name != "servers"}
    grown = {**bare, "paths": {**spec["paths"], path: {"get": {"operationId": "getBalance", "responses": responses}}}}
    before = json.dumps(grown)
    file = tmp_path / "grown.yaml"
    file.write_text(before, encoding="utf-8")
    for source in (grown, file, str(file)):
        mock = MockService(spec=source)
        mock.add("id1", polls=0)
        caller = Caller(mock)
        assert caller.http.get(path).json() == {"code": 0, "data": 2.5}
        assert caller.one("id1")["status"] == "Active"
        assert [seen.operation for seen in mock.requests] == ["getBalance", "querySeedanceSpRealPersonStatus"]
    assert json.dumps(grown) == before


def test_a_broken_spec_is_refused_at_once(spec: dict[str, Any]) -> None:
    with pytest.raises(OpenAPIValidationError):
        MockService(spec={**spec, "info": {}})
    with pytest.raises(ValueError, match=r"validates no requests of OpenAPIV2\.0"):
        MockService(spec={"swagger": "2.0", "info": spec["info"], "paths": {}})


UNREADABLE = [b"no form", b"--b\r\n\r\nx\r\n--b--\r\n", b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n"]


@pytest.mark.parametrize("form", UNREADABLE)
@pytest.mark.parametrize(("key", "code"), [("sk-mock", 20002), ("wrong", 20001)])
def test_a_form_that_cannot_be_read_is_refused(growth: Path, form: bytes, key: str, code: int) -> None:
    """After the key, like any other wrong body."""
    headers = {"Content-Type": "multipart/form-data; boundary=b", "Authorization": f"Bearer {key}"}
    with httpx.Client(transport=MockService(spec=growth).transport, base_url=SITE) as client:
        answer = client.post("/files", content=form, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (200, code)
    assert (answer.json()["msg"] == "body: a form that cannot be read") is (code == 20002)
