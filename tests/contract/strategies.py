"""Any value that a schema of the spec allows, as schemathesis makes them, for property tests."""

import os
from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis.strategies import SearchStrategy
from schemathesis.core.result import Ok

from .document import DOCUMENT
from .schema import Schema

QUICK = settings(
    max_examples=int(os.environ.get("CONTRACT_EXAMPLES", "20")),
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def values(schema: Schema) -> SearchStrategy[Any]:
    """Return a strategy for the values of a schema: it is the body of an operation that is asked for nothing else."""
    body = {"required": True, "content": {"application/json": {"schema": dict(schema.node)}}}
    asked = {"post": {"requestBody": body, "responses": {"200": {"description": "Done"}}}}
    document = {**DOCUMENT, "paths": {"/": asked}, "security": []}
    (found,) = schemathesis.openapi.from_dict(document).get_all_operations()
    assert isinstance(found, Ok)
    return found.ok().as_strategy().map(lambda case: plain(case.body))


def plain(value: Any) -> Any:
    """Write whole numbers as such: to JSON Schema 4.0 is an integer."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
