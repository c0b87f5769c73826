"""Values made from schemas."""

import datetime as dt
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator, oas31_format_checker

from jimmy_ai_openapi_client.sdk.mock.values import TEXTS, Unmakeable, make

SPEC: dict[str, Any] = {
    "components": {
        "schemas": {
            "Name": {"type": "string", "minLength": 3},
            "a/b~c d": {"const": "odd"},
            "List": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/List"}}},
            "Needy": {
                "type": "object",
                "required": ["me"],
                "properties": {"me": {"$ref": "#/components/schemas/Needy"}},
            },
            "Maybe": {
                "type": "object",
                "required": ["me"],
                "properties": {"me": {"anyOf": [{"$ref": "#/components/schemas/Maybe"}, {"type": "null"}]}},
            },
            "Base": {"type": "object", "required": ["id"], "properties": {"id": {"$ref": "#/components/schemas/Name"}}},
        }
    }
}


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


MADE: list[tuple[Any, Any]] = [
    ({"type": "string", "maxLength": 0}, ""),
    ({"type": "string", "format": "unheard-of"}, "0"),
    ({"type": "string", "pattern": "@"}, TEXTS["email"]),
    ({"type": "integer", "exclusiveMinimum": 3}, 4),
    ({"type": "integer", "exclusiveMaximum": -3}, -4),
    ({"type": "integer", "minimum": 11, "multipleOf": 5}, 15),
    ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.5}, 0.25),
    ({"type": "number", "exclusiveMinimum": 0, "maximum": 0.5}, 0.5),
    ({"type": ["null", "boolean"]}, False),
    ({"type": "integer", "default": 5, "enum": [4, 5]}, 5),
    ({"type": "integer", "examples": [7, 8], "default": 5}, 7),
    ({"type": "integer", "example": 0, "examples": [7]}, 0),
    ({"type": "string", "default": None}, None),
    ({"items": {"type": "string"}}, ["0"]),
    ({"type": "array"}, [None]),
    ({"type": "array", "items": {"type": "string"}, "minItems": 3}, ["0"] * 3),
    ({"type": "array", "items": False}, []),
    ({"properties": {"a": {"type": "integer"}, "b": False}}, {"a": 0}),
    ({"type": "object", "required": ["x"], "additionalProperties": {"type": "integer"}}, {"x": 0}),
    ({"oneOf": [{"type": "null"}, {"type": "string"}]}, "0"),
    ({"anyOf": [False, {"type": "null"}]}, None),
    (
        {"type": "object", "required": ["k"], "properties": {"k": {}}, "oneOf": [{"properties": {"k": {"const": 1}}}]},
        {"k": 1},
    ),
    ({"allOf": [{"type": "string"}, {"minLength": 2}]}, "00"),
    ({**ref("Name"), "minLength": 5}, "00000"),
    (ref("a~1b~0c%20d"), "odd"),
    (ref("List"), {}),
    (ref("Maybe"), {"me": None}),
    ({"allOf": [ref("Base"), {"required": ["n"], "properties": {"n": {"type": "integer"}}}]}, {"id": "000", "n": 0}),
    ({"allOf": [ref("Base"), {"properties": {"id": {"maxLength": 3}}}, ref("Base")]}, {"id": "000"}),
    ({"properties": {"a": ref("Name"), "b": ref("Name")}}, {"a": "000", "b": "000"}),
    ({"type": "array", "items": ref("Needy")}, []),
]


@pytest.mark.parametrize(("schema", "value"), MADE, ids=lambda value: repr(value)[:60])
def test_a_value_is_made_that_fits_its_schema(schema: Any, value: Any) -> None:
    """So says a validator that sees the whole; a default that contradicts its own schema is the spec's business."""
    made = make(SPEC, schema)
    assert (made, type(made)) == (value, type(value))
    whole = schema if isinstance(schema, bool) else {**SPEC, **schema}
    if schema != {"type": "string", "default": None}:
        OAS31Validator(whole, format_checker=oas31_format_checker).validate(value)


@pytest.mark.parametrize("name", TEXTS)
def test_texts_are_of_their_format(name: str) -> None:
    made = make(SPEC, {"type": "string", "format": name})
    assert made == TEXTS[name]
    if name == "time":  # the checker has an old draft's idea of it
        assert dt.time.fromisoformat(made).tzinfo
    else:
        oas31_format_checker.check(made, name)


@pytest.mark.parametrize(
    ("schema", "why"),
    [
        (False, "nothing fits"),
        (ref("Needy"), "contains itself"),
        ({"oneOf": [ref("Needy"), False]}, "nothing fits"),
        ({"type": "string", "pattern": "^never$"}, "no plain string"),
        ({"type": "integer", "minimum": 5, "maximum": 4}, "no plain integer"),
        ({"type": "array", "items": {"type": "string"}, "minItems": 2, "uniqueItems": True}, "2 different items"),
        ({"type": "array", "items": False, "minItems": 1}, "nothing fits"),
        ({"required": ["x"], "properties": {"x": False}}, "nothing fits"),
    ],
    ids=str,
)
def test_what_cannot_be_made_is_said(schema: Any, why: str) -> None:
    with pytest.raises(Unmakeable, match=why):
        make(SPEC, schema)
