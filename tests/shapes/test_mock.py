"""Requests of other shapes than the two operations have: what the spec allows is taken, and refused as it says."""

import json
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import MockService

from . import document

URL = "https://api.example.com/shape"
KEY = {"Authorization": "Bearer sk-mock"}
CAT = {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "cat"}, "lives": {"type": "integer"}}}
DOG = {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "dog"}}}
REFERENCES = {"cat": "#/components/schemas/Cat", "dog": "#/components/schemas/Dog"}
PETS = {
    "oneOf": [{"$ref": reference} for reference in REFERENCES.values()],
    "discriminator": {"propertyName": "kind", "mapping": REFERENCES},
}
DATA = {"type": "object", "properties": {"id": {"type": "string"}}}
ENVELOPE = {
    "type": "object",
    "required": ["code", "msg", "data"],
    "properties": {"code": {"type": "integer"}, "msg": {"type": "string"}, "data": DATA},
}


def answer(shape: dict[str, Any], **asked: Any) -> Any:
    """The answer, which is the same in-process and over a socket."""
    service = MockService(spec=document(shape))
    method = "POST" if asked.keys() & {"content", "json", "files"} else "GET"
    asked["headers"] = KEY | asked.get("headers", {})
    with httpx.Client(transport=service.transport) as client:
        inside = client.request(method, URL, **asked)
    with service.serve() as server, httpx.Client(base_url=server.base_url, trust_env=False) as client:
        outside = client.request(method, httpx.URL(URL).path, **asked)
    assert (outside.status_code, outside.content) == (inside.status_code, inside.content)
    return inside.json()


FILLED = {"$ref": "#/components/schemas/Filled"}


@pytest.mark.parametrize(("schema", "other", "taken"), [({"type": "string"}, FILLED, True), (FILLED, {}, False)])
def test_a_text_in_a_query_may_be_empty_if_its_own_schema_says_so(schema: Any, other: Any, taken: bool) -> None:
    asked = {"name": "q", "in": "query", "schema": schema}
    beside = [{"name": name, "in": where, "schema": other} for name, where in (("a", "query"), ("z", "query"))]
    beside += [{"name": "q", "in": where, "schema": other} for where in ("cookie", "header")]
    filled = {"Filled": {"type": "string", "minLength": 1}}
    for parameters in ([asked, *beside], [*beside, asked]):
        shape = {"parameters": parameters, "schemas": filled}
        assert ("code" not in answer(shape, params={"q": ""})) is taken


def test_json_of_a_vendors_type_is_read() -> None:
    media = "application/vnd.x.v1+json"
    bodies = {"application/json": {}, media: {"type": "object", "required": ["a"]}, "text/x": {}}
    shape = {"body": bodies}
    told = [answer(shape, content=json.dumps(body), headers={"Content-Type": media}) for body in ({"a": 1}, {})]
    assert ["code" in each for each in told] == [False, True]


def test_a_refusal_has_what_its_envelope_requires() -> None:
    shape = {"body": {"application/json": DATA}, "answer": {"application/json": ENVELOPE}}
    refused = answer(shape, json=[])
    assert (refused["code"], type(refused["data"])) == (20002, dict)


def test_an_object_in_a_form_needs_no_type_of_its_own() -> None:
    about = {"allOf": [DATA, {"type": "object", "properties": {"stars": {"type": "integer"}}}]}
    form = {"type": "object", "required": ["about"], "properties": {"about": about}}
    shape = {"body": {"multipart/form-data": form}}
    assert "code" not in answer(shape, files={"about": (None, '{"stars": 1}')})


def test_what_is_wrong_behind_a_discriminator_is_named() -> None:
    shape = {"schema": PETS, "schemas": {"Cat": CAT, "Dog": DOG}}
    assert answer(shape, json={"value": {"kind": "cat", "lives": "nine"}})["code"] == 20002
    assert answer(shape, json={"value": {"kind": "cat", "lives": 9}}).get("code") is None


def test_the_place_of_it_ends_where_the_discriminator_stands() -> None:
    service = MockService(spec=document({"schema": PETS, "schemas": {"Cat": CAT, "Dog": DOG}}))
    with httpx.Client(transport=service.transport) as client:
        client.post(URL, headers=KEY, json={"value": {"kind": "cat", "lives": "nine"}})
    assert str(service.requests[0].problem).endswith(" (#/components/schemas/Shape/properties/value/oneOf)")
