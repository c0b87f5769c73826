"""Values made from schemas."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator, oas31_format_checker
from ruamel.yaml import YAML

from jimmy_ai_openapi_client.sdk.mock.values import TEXTS, Unmakeable, make

SPEC = YAML(typ="safe", pure=True).load(Path(__file__).with_name("values.yaml"))


@pytest.mark.parametrize(("schema", "value"), SPEC["made"], ids=lambda value: repr(value)[:60])
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


@pytest.mark.parametrize(("schema", "why"), SPEC["unmakeable"], ids=str)
def test_what_cannot_be_made_is_said(schema: Any, why: str) -> None:
    with pytest.raises(Unmakeable, match=why):
        make(SPEC, schema)
