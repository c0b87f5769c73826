"""Any value that a schema of the spec allows, as schemathesis makes them, for property tests."""

from typing import Any

import schemathesis
from hypothesis.strategies import SearchStrategy
from schemathesis.core.result import Ok

from .document import DOCUMENT
from .schema import Schema


def values(schema: Schema) -> SearchStrategy[Any]:
    """Return a strategy for the values of a schema: it is the body of an operation that is asked for nothing else."""
    body = {"required": True, "content": {"application/json": {"schema": dict(schema.node)}}}
    asked = {"post": {"requestBody": body, "responses": {"200": {"description": "Done"}}}}
    document = {**DOCUMENT, "paths": {"/": asked}, "security": []}
    (found,) = schemathesis.openapi.from_dict(document).get_all_operations()
    assert isinstance(found, Ok)
    return found.ok().as_strategy().map(lambda case: case.body)
