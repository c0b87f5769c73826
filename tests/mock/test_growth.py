"""Operations the mock has never heard of, served from the spec alone."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

from jimmy_ai_openapi_client.sdk.mock import MockService
from jimmy_ai_openapi_client.sdk.mock.spec import Router, load, pointed, resolve

from .helpers import GROWTH, KEY, Caller

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
def http() -> Iterator[httpx.Client]:
    with Caller(MockService(spec=GROWTH), SITE).http as client:
        yield client


@pytest.fixture
def stranger() -> Iterator[httpx.Client]:
    """Without a key."""
    with httpx.Client(transport=MockService(spec=GROWTH).transport, base_url=SITE) as client:
        yield client


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
    http: httpx.Client, method: str, path: str, more: dict[str, Any], status: int, answer: Any
) -> None:
    response = http.request(method, path, **more)
    assert response.status_code == status, response.text
    assert (response.json() if isinstance(answer, dict) else response.text) == (answer or "")


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
    ("/files/f1/content", KEYLESS, "key missing", "#/components/securitySchemes/basic"),
    ("/files", {"data": {}}, "body: 'copies' is a required property", f"{FORM}/required"),
    ("/files", {"data": {"copies": "3.5"}}, "body.copies: ", f"{FORM}/properties/copies/type"),
    ("/files", {"data": {"copies": "many"}}, "body.copies: ", f"{FORM}/properties/copies/type"),
    ("/files", {"data": {"copies": "3", "note": "12345"}}, "body.note: '12345' is too long", "note/maxLength"),
    ("/files", {"json": {"copies": 1}}, "body: Content for the following mimetype not found", "Body/content"),
]


@pytest.mark.parametrize(("path", "more", "msg", "place"), REFUSED, ids=lambda value: str(value)[:40])
def test_a_request_the_spec_does_not_allow_is_refused(path: str, more: dict[str, Any], msg: str, place: str) -> None:
    mock = MockService(spec=GROWTH)
    more = {**more, "files": {"file": b"x"}} if "data" in more else more
    with Caller(mock, SITE).http as http:
        answer = http.request("POST" if more.keys() & {"json", "data"} else "GET", path, **more).json()
    assert type(answer["code"]) is (str if path in {"/assets", "/videos/x", "/videos/7"} else int)  # as the spec has it
    assert int(answer["code"]) == (20001 if more == KEYLESS else 20002)
    assert answer["msg"].startswith(msg)
    problem = mock.requests[0].problem or ""
    assert problem.startswith(answer["msg"])
    assert problem.endswith(f"{place})")


ANY = {"Content-Type": "application/any"}
INTEGER = {"type": "integer"}
KINDS = {
    "application/json": {
        "schema": {"type": "object", "properties": {"n": {"$ref": "#/components/schemas/Number", "minimum": 1}}}
    },
    "application/*": {"schema": {"type": "object"}},
}
DONE = {"responses": {"204": {"description": "Done"}}}
PLACES = {
    "parameters": [{"name": name, "in": "query", "schema": INTEGER} for name in ("own", "shared")],
    "get": DONE,
    "post": {
        "parameters": [{"name": "own", "in": "query", "schema": {**INTEGER, "minimum": 1}}],
        "requestBody": {"content": KINDS},
        **DONE,
    },
}


@pytest.mark.parametrize(
    ("method", "query", "more", "place"),
    [
        ("GET", "?shared=x", {}, "parameters/1/schema"),
        ("POST", "?shared=x", {}, "parameters/1/schema"),
        ("POST", "?own=0", {}, "post/parameters/0/schema/minimum"),
        ("POST", "", {"json": {"n": 0}}, "post/requestBody/content/application~1json/schema/properties/n/minimum"),
        ("POST", "", {"json": []}, "post/requestBody/content/application~1json/schema/type"),
        ("POST", "", {"content": b"x", "headers": ANY}, "post/requestBody/content/application~1*/schema/type"),
    ],
)
def test_the_place_is_where_the_rule_stands(method: str, query: str, more: dict[str, Any], place: str) -> None:
    spec = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/a~b": PLACES}}
    mock = MockService(spec={**spec, "components": {"schemas": {"Number": INTEGER}}})
    with Caller(mock, "https://api.example.com").http as http:
        http.request(method, f"/a~b{query}", **more)
    assert str(mock.requests[0].problem).endswith(f" (#/paths/~1a~0b/{place})")


def test_an_empty_value_is_text_and_hides_no_wrong_one() -> None:
    kinds = {"text": {"type": "string"}, "number": INTEGER}
    parameters = [{"name": name, "in": "query", "schema": schema} for name, schema in kinds.items()]
    paths = {"/a": {"get": {"parameters": parameters, **DONE}}}
    spec = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths}
    with Caller(MockService(spec=spec), "https://api.example.com").http as http:
        assert http.get("/a?text=&number=1").status_code == 204
        assert http.get("/a?text=&number=x").json()["msg"].startswith("query number: ")


def test_security_is_as_the_spec_says(stranger: httpx.Client) -> None:
    assert stranger.get("/assets/latest").json() == TREE
    assert stranger.get("/videos/7").json()["code"] == "20001"
    assert stranger.get("/videos/7", params={"key": "sk-mock"}).json() == VIDEO
    assert stranger.get("/videos/7", params={"key": "sk-mock2"}).json()["code"] == "20001"
    assert stranger.get("/videos/7", headers=KEY).json() == VIDEO
    assert stranger.delete("/assets/a1", params={"key": "sk-mock"}).json()["code"] == 20001
    assert stranger.get("/files/f1/content").json()["code"] == 20001
    assert stranger.get("/plates/ABC").json()["code"] == 20001
    with httpx.Client(transport=MockService(spec=GROWTH, api_key="None").transport, base_url=SITE) as http:
        assert http.get("/videos/7").json()["code"] == "20001"  # no key is not the key None


def test_the_most_exact_path_wins_and_a_wrong_method_names_the_right_ones(http: httpx.Client) -> None:
    assert http.get("/assets/latest").json() == TREE
    assert http.delete("/assets/latest").status_code == 204
    for method in ("PUT", "HEAD", "OPTIONS", "ODD"):
        wrong = http.request(method, "/assets/a1")
        assert (wrong.status_code, wrong.headers["Allow"]) == (405, "DELETE, GET")
    assert [http.get(path).status_code for path in ("/assets/", "/assets/a/b", "/ASSETS/a1")] == [404] * 3


def test_paths_stand_with_and_without_the_prefix_of_the_server(http: httpx.Client) -> None:
    for prefix, status in (("", 200), ("/v2", 200), ("/box", 200), ("/v3", 404)):
        assert http.get(f"https://127.0.0.1{prefix}/assets/latest").status_code == status


def test_a_spec_that_shows_nothing_is_asked_for_an_example(http: httpx.Client) -> None:
    response = http.get("/plates/ABC")
    assert response.status_code == 501
    assert response.json()["msg"] == "give getPlate an example in the spec: no plain string fits"


def test_a_third_operation_beside_the_two(tmp_path: Path) -> None:
    """By a mapping and by a file; the mapping stays as it was."""
    path = "/api/open-api/v1/seedance/sp/balance"
    schema = {"type": "object", "properties": {"code": {"type": "integer"}, "data": {"type": "number", "minimum": 2.5}}}
    responses = {"default": {"description": "ok", "content": {"application/json": {"schema": schema}}}}
    grown = load()
    del grown["servers"]
    grown["paths"][path] = {"get": {"operationId": "getBalance", "responses": responses}}
    before, file = json.dumps(grown), tmp_path / "grown.yaml"
    file.write_text(before, encoding="utf-8")
    for source in (grown, str(file)):
        mock = MockService(spec=source)
        mock.add("id1", polls=0)
        caller = Caller(mock)
        assert caller.http.get(path).json() == {"code": 0, "data": 2.5}
        assert caller.one("id1")["status"] == "Active"
        assert [seen.operation for seen in mock.requests] == ["getBalance", "querySeedanceSpRealPersonStatus"]
    assert json.dumps(grown) == before


def test_a_broken_spec_is_refused_at_once() -> None:
    with pytest.raises(OpenAPIValidationError):
        MockService(spec={**load(), "info": {}})
    with pytest.raises(ValueError, match=r"validates no requests of OpenAPIV2\.0"):
        MockService(spec={"swagger": "2.0", "info": {"title": "", "version": ""}, "paths": {}})


UNREADABLE = [b"no form", b"--b\r\n\r\nx\r\n--b--\r\n", b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n"]


@pytest.mark.parametrize("form", UNREADABLE)
def test_a_form_that_cannot_be_read_is_refused(stranger: httpx.Client, form: bytes) -> None:
    """After the key, like any other wrong body."""
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    assert stranger.post("/files", content=form, headers=headers).json()["code"] == 20001
    answer = stranger.post("/files", content=form, headers=headers | KEY)
    assert (answer.status_code, answer.json()["code"]) == (200, 20002)
    assert answer.json()["msg"] == "body: a form that cannot be read"


@pytest.mark.parametrize("method", ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"])
def test_every_method_may_be_an_operation(method: str) -> None:
    router = Router({"paths": {"/a": {"summary": "a path", "parameters": [], method: {"operationId": "asked"}}}})
    assert [one.name for one in router.operations] == ["asked"]
    assert router.route(method.upper(), "/a")[0].name == "asked"


def test_an_operation_without_a_name_goes_by_method_and_path() -> None:
    assert [one.name for one in Router({"paths": {"/a": {"get": {}}}}).operations] == ["get /a"]
    assert Router({"webhooks": {}}).operations == []


def test_references_are_json_pointers_in_a_fragment() -> None:
    spec = {"paths": {"/a~b c": [{"$ref": "#/paths/~1a~0b%20c/1"}, {"found": 1}], "~1": 2}}
    assert resolve(spec, {"$ref": "#/paths/~1a~0b%20c/0"}) == {"found": 1}
    assert pointed(spec, "#/paths/~01") == 2
