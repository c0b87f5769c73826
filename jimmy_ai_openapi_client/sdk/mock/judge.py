"""openapi-core, asked about httpx requests."""

import json
import threading
from dataclasses import dataclass
from typing import Any

import httpx
from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.deserializing.media_types.exceptions import MediaTypeDeserializeError
from openapi_core.validation.request.exceptions import ParameterValidationError, SecurityValidationError
from openapi_core.validation.schemas.exceptions import InvalidSchemaValue
from openapi_schema_validator import OAS31Validator
from werkzeug.datastructures import Headers, ImmutableMultiDict
from werkzeug.http import parse_cookie

from .asked import Asked, Keys
from .spec import Node

# Judges of one spec share openapi-core's caches, which nobody promised to be thread-safe.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Fault:
    """What is wrong with a request, and whether its credentials are."""

    text: str
    credentials: bool = False


class Judge:
    """The verdict of openapi-core on requests to one spec."""

    def __init__(self, prepared: OpenAPI, key: str) -> None:
        """`prepared` comes from `prepare`, which takes longer."""
        validator = prepared.request_validator_cls
        if validator is None:
            raise ValueError(f"openapi-core judges no requests of {prepared.version}")
        self._validator = validator(prepared.spec, security_provider_factory=Keys(key))

    def fault(self, request: httpx.Request, path: str, values: dict[str, Any]) -> Fault | None:
        """The first thing wrong with a request to the templated `path`, whose variables have these `values`."""
        parameters = RequestParameters(
            query=ImmutableMultiDict(request.url.params.multi_items()),
            header=Headers(request.headers.multi_items()),
            cookie=parse_cookie(request.headers.get("Cookie")),
            path=values,
        )
        try:
            with _one_at_a_time:
                errors = list(self._validator.iter_errors(Asked(request, path, parameters)))
        except RecursionError:
            return Fault("body: nested too deeply")
        form = request.headers.get("Content-Type", "").startswith("multipart/")
        return next(filter(None, (_fault(error, form=form) for error in errors)), None)


def prepare(spec: Node) -> OpenAPI:
    """Make a spec fit for judging. What is no valid OpenAPI raises what openapi-spec-validator raises."""
    return OpenAPI.from_dict(_judged(spec))


def _judged(node: Any) -> Any:
    """The spec without what would mislead or disturb openapi-core."""
    if isinstance(node, list):
        return [_judged(item) for item in node]
    if not isinstance(node, dict):
        return node
    dropped = {
        # The mock answers under any host name.
        *(["servers"] if isinstance(node.get("servers"), list) else []),
        # It warns at each use, which is an error under `-W error`.
        *(name for name in ("deprecated", "allowEmptyValue") if isinstance(node.get(name), bool)),
        # The generator wants files written so; to a 3.1 validator bytes are never a string.
        *(["type", "format"] if node.get("type") == "string" and node.get("format") == "binary" else []),
    }
    return {name: _judged(value) for name, value in node.items() if name not in dropped}


def _fault(error: BaseException, *, form: bool) -> Fault | None:
    if isinstance(error, SecurityValidationError):
        return Fault("key missing, wrong or expired", credentials=True)
    where = f"{error.location} {error.name}" if isinstance(error, ParameterValidationError) else "body"
    while error.__cause__ is not None:
        error = error.__cause__
    if isinstance(error, MediaTypeDeserializeError):  # its text fails on bytes that are not UTF-8
        return Fault(f"{where}: cannot be read as {error.mimetype}")
    if not isinstance(error, InvalidSchemaValue):
        return Fault(f"{where}: {error}"[:300])
    wrongs: Any = error.schema_errors
    for wrong in wrongs:
        if not (form and _spelled(wrong)):
            return Fault(f"{where}{wrong.json_path[1:]}: {wrong.message}"[:300])
    return None


def _spelled(wrong: Any) -> bool:
    """Whether a value is called wrong only because a form has nothing but text: `3` where an integer belongs."""
    if wrong.validator != "type" or not isinstance(wrong.instance, str):
        return False
    try:
        value = json.loads(wrong.instance)
    except ValueError:
        return False
    return bool(OAS31Validator({"type": wrong.validator_value}).is_valid(value))
