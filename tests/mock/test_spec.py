"""Which specs a mock takes, and how it finds its way in one."""

import json
from pathlib import Path

import pytest
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

from jimmy_ai_openapi_client.sdk.mock import MockService
from jimmy_ai_openapi_client.sdk.mock.spec import Router, load, pointed, resolve

from .helpers import Caller


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
        assert caller.one("id1")["data"]["status"] == "Active"
        assert [seen.operation for seen in mock.requests] == ["getBalance", "querySeedanceSpRealPersonStatus"]
    assert json.dumps(grown) == before


def test_a_broken_spec_is_refused_at_once() -> None:
    with pytest.raises(OpenAPIValidationError):
        MockService(spec={**load(), "info": {}})
    with pytest.raises(ValueError, match=r"validates no requests of OpenAPIV2\.0"):
        MockService(spec={"swagger": "2.0", "info": {"title": "", "version": ""}, "paths": {}})


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
