"""Mutants of the spec: openapi.yaml changed, the package not generated again."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openapi_spec_validator import OpenAPIV31SpecValidator
from ruamel.yaml import YAML

from .mutant import Mutant
from .spec_operations import operation_changes, whole_changes
from .spec_schemas import schema_changes

SPEC, COPY = "openapi.yaml", "jimmy_ai_openapi_client/openapi.yaml"


def mutants(root: Path) -> Iterator[Mutant]:
    """Yield every mutant that is still a valid spec. The copy that travels with the package is changed as well."""
    original = YAML(typ="safe", pure=True).load((root / SPEC).read_text(encoding="utf-8"))
    seen = [original]
    for make in (whole_changes, operation_changes, schema_changes):
        for operator, place, change, mutated in make(copy.deepcopy(original)):
            if mutated not in seen and valid(mutated):
                seen.append(mutated)
                text = json.dumps(mutated, indent=1)
                yield Mutant("spec", operator, place, change, {SPEC: text, COPY: text})


def valid(document: Any) -> bool:
    """Whether this is still an OpenAPI document."""
    return bool(OpenAPIV31SpecValidator(document).is_valid())
