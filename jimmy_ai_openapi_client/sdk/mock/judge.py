"""openapi-core, asked about httpx requests."""

import json
import threading
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, NamedTuple

import httpx
from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.deserializing.media_types.exceptions import MediaTypeDeserializeError
from openapi_core.deserializing.styles.exceptions import EmptyQueryParameterValue
from openapi_core.validation.request.exceptions import (
    MissingRequiredRequestBody,
    ParameterValidationError,
    SecurityValidationError,
)
from openapi_core.validation.schemas.exceptions import InvalidSchemaValue
from openapi_schema_validator import OAS31Validator
from werkzeug.datastructures import Headers, ImmutableMultiDict
from werkzeug.http import parse_cookie

from . import places
from .asked import Asked, Keys
from .operation import Operation
from .spec import Node

# Judges of one spec share openapi-core's caches, which nobody promised to be thread-safe.
_one_at_a_time = threading.Lock()


class Problem(NamedTuple):
    """What is wrong with a request, where the spec says so, and whether its credentials are what is wrong."""

    text: str
    place: str
    credentials: bool = False


class Judge:
    """The verdict of openapi-core on requests to one spec."""

    def __init__(self, spec: Node, prepared: OpenAPI, keys: Keys) -> None:
        """`prepared` is the spec as it comes from `prepare`, which takes longer."""
        validator = prepared.request_validator_cls
        if validator is None:
            raise ValueError(f"openapi-core judges no requests of {prepared.version}")
        self._spec = spec
        self._validator = validator(
            prepared.spec, security_provider_factory=keys, extra_media_type_deserializers=_vendors(spec)
        )

    def problem(self, request: httpx.Request, operation: Operation, values: dict[str, Any]) -> Problem | None:
        """The first thing wrong with a request to an operation whose path's variables have these `values`."""
        parameters = RequestParameters(
            query=ImmutableMultiDict(request.url.params.multi_items()),
            header=Headers(request.headers.multi_items()),
            cookie=parse_cookie(request.headers.get("Cookie")),
            path=values,
        )
        errors: list[BaseException] = []
        unreadable = None
        try:
            with _one_at_a_time:
                errors.extend(self._validator.iter_errors(Asked(request, operation.path, parameters)))
        except RecursionError:
            unreadable = Problem("body: nested too deeply", places.of_body(self._spec, operation))
        except AssertionError:  # what openapi-core says of a form whose parts have no names
            unreadable = Problem("body: a form that cannot be read", places.of_body(self._spec, operation))
        media_type = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        problems = (self._problem(error, operation, media_type) for error in errors)
        return next(filter(None, problems), unreadable)

    def _problem(self, error: BaseException, operation: Operation, media_type: str) -> Problem | None:
        spec = self._spec
        if isinstance(error, SecurityValidationError):
            return Problem("key missing, wrong or expired", places.of_security(spec, operation), credentials=True)
        if isinstance(error, MissingRequiredRequestBody):
            return Problem(f"body: {error}", places.of_body(spec, operation, "required"))
        if isinstance(error, ParameterValidationError):
            where = f"{error.location} {error.name}"
            place: Callable[[Iterable[Any]], str] = partial(
                places.of_parameter, spec, operation, error.location, error.name
            )
            steps = ["schema"] if error.__cause__ else []
        else:
            where, place, steps = "body", partial(places.in_body, spec, operation, media_type), []
        while error.__cause__ is not None:
            error = error.__cause__
        if isinstance(error, EmptyQueryParameterValue) and self._may_be_empty(operation, error.name):
            return None
        if isinstance(error, MediaTypeDeserializeError):  # its text fails on bytes that are not UTF-8
            return Problem(f"{where}: cannot be read as {error.mimetype}", place(steps))
        if not isinstance(error, InvalidSchemaValue):
            return Problem(f"{where}: {error}"[:300], place(steps))
        wrongs: Any = error.schema_errors
        for wrong in wrongs:
            if not (media_type.startswith("multipart/") and _spelled(wrong)):
                text = f"{where}{wrong.json_path[1:]}: {wrong.message}"[:300]
                return Problem(text, place([*steps, *wrong.absolute_schema_path]))
        return None

    def _may_be_empty(self, operation: Operation, name: str) -> bool:
        """Whether a parameter of the query may be an empty text, which openapi-core never allows."""
        for parameter in places.parameters(self._spec, operation):
            if (parameter["in"], parameter["name"]) == ("query", name):
                return bool(OAS31Validator({**self._spec, **parameter["schema"]}).is_valid(""))
        return False


def _vendors(node: Any) -> dict[str, Any]:
    """How to read the JSON types of vendors that stand anywhere in a spec."""
    found: dict[str, Any] = {}
    for name, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        found |= {str(name): json.loads} if str(name).endswith("+json") else {}
        found |= _vendors(value)
    return found


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
        *(["deprecated"] if isinstance(node.get("deprecated"), bool) else []),
        # The generator wants files written so; to a 3.1 validator bytes are never a string.
        *(["type"] if node.get("type") == "string" and node.get("format") == "binary" else []),
    }
    return {name: _judged(value) for name, value in node.items() if name not in dropped}


def _spelled(wrong: Any) -> bool:
    """Whether a value is called wrong only because a form has nothing but text: `3` where an integer belongs."""
    if wrong.validator != "type" or not isinstance(wrong.instance, str | bytes):
        return False
    try:
        value = json.loads(wrong.instance)
    except ValueError:
        return False
    return bool(OAS31Validator({"type": wrong.validator_value}).is_valid(value))
