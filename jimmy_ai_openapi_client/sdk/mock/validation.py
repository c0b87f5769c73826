"""Whether the spec allows a request, in the judgement of openapi-core, and which place in the spec forbids it."""

import hmac
import json
import threading
from collections.abc import Callable
from fnmatch import fnmatch
from typing import Any

import httpx
from jsonschema_path import SchemaPath
from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.deserializing.media_types.exceptions import MediaTypeDeserializeError
from openapi_core.deserializing.styles.exceptions import EmptyQueryParameterValue
from openapi_core.security.exceptions import SecurityProviderError
from openapi_core.security.factories import SecurityProviderFactory
from openapi_core.testing import MockRequest
from openapi_core.validation.request import exceptions as invalid
from openapi_core.validation.schemas.exceptions import InvalidSchemaValue
from openapi_schema_validator import OAS31Validator
from werkzeug.datastructures import Headers, ImmutableMultiDict
from werkzeug.http import parse_cookie

from .exchange import Refusal
from .spec import Node, Operation, resolve

# Validators of one spec share openapi-core's caches, which are not documented as thread-safe.
_one_at_a_time = threading.Lock()


class Credentials(SecurityProviderFactory):
    """Credentials are right if they are the one key, in whichever place the scheme puts it."""

    def __init__(self, key: str) -> None:
        """The key that every scheme accepts."""
        self._key = key.encode()

    def create(self, scheme: SchemaPath) -> Callable[[RequestParameters], None]:
        """What openapi-core asks for each scheme of a requirement."""
        return lambda parameters: self._check(scheme.read_value(), parameters)

    def _check(self, scheme: Node, parameters: RequestParameters) -> None:
        if scheme["type"] == "apiKey":
            given = str(parameters[scheme["in"]].get(scheme["name"], ""))
        else:
            word, _, given = str(parameters.header.get("Authorization", "")).partition(" ")
            if word.casefold() != scheme.get("scheme", "bearer").casefold():
                given = ""
        if not hmac.compare_digest(given.encode(), self._key):
            raise SecurityProviderError


class Validator:
    """Checks requests against one spec."""

    def __init__(self, spec: Node, prepared: OpenAPI, key: str) -> None:
        """`prepared` is the spec as it comes from `prepare`, which takes longer."""
        validator = prepared.request_validator_cls
        if validator is None:
            raise ValueError(f"openapi-core validates no requests of {prepared.version}")
        self._spec = spec
        self._validator = validator(
            prepared.spec,
            security_provider_factory=Credentials(key),
            extra_media_type_deserializers=_json_types_of_vendors(spec),
        )

    def check(self, request: httpx.Request, operation: Operation, variables: dict[str, str]) -> None:
        """Raise `Refusal` unless credentials, parameters and body of a request are as the spec asks."""
        content_type = request.headers.get("Content-Type", "application/octet-stream")
        adapted = MockRequest("http://mock", request.method, operation.path, view_args=variables)
        adapted.body, adapted.content_type = request.content, content_type
        adapted.parameters.query = ImmutableMultiDict(request.url.params.multi_items())
        adapted.parameters.header = Headers(request.headers.multi_items())
        adapted.parameters.cookie = parse_cookie(request.headers.get("Cookie"))
        errors: list[BaseException] = []
        unreadable = ""
        try:
            with _one_at_a_time:
                errors.extend(self._validator.iter_errors(adapted))
        except RecursionError:
            unreadable = "body: nested too deeply"
        except AssertionError:  # what openapi-core raises for a form whose parts have no names
            unreadable = "body: a form that cannot be read"
        media_type = content_type.partition(";")[0].strip().lower()
        for error in errors:
            self._refuse(error, operation, media_type)
        if unreadable:
            raise Refusal(200, 20002, unreadable, location=_pointer(self._spec, *operation.steps, "requestBody"))

    def _refuse(self, error: BaseException, operation: Operation, media_type: str) -> None:
        """Raise what an error of openapi-core means, if it means anything."""
        if isinstance(error, invalid.SecurityValidationError):
            holder = operation.declared if "security" in operation.declared else self._spec
            scheme = next(name for requirement in holder["security"] for name in requirement)
            location = _pointer(self._spec, "components", "securitySchemes", scheme)
            raise Refusal(200, 20001, "key missing, wrong or expired", location=location)
        subject, steps = "body", [*operation.steps, "requestBody", "content"]
        if isinstance(error, invalid.MissingRequiredRequestBody):
            steps[-1] = "required"
        elif isinstance(error, invalid.ParameterValidationError):
            subject, steps = f"{error.location} {error.name}", self._parameter(operation, error.location, error.name)
            steps += ["schema"] if error.__cause__ else []
        else:
            content = resolve(self._spec, operation.declared.get("requestBody", {})).get("content", {})
            kind = next((kind for kind in content if fnmatch(media_type, kind)), None)
            steps += [kind, "schema"] if kind else []
        while error.__cause__ is not None:
            error = error.__cause__
        if isinstance(error, EmptyQueryParameterValue) and self._may_be_empty(steps):
            return
        unread = isinstance(error, MediaTypeDeserializeError)  # its own text fails on bytes that are not UTF-8
        text = f"{subject}: {'cannot be read as ' + media_type if unread else error}"
        if isinstance(error, InvalidSchemaValue):
            wrongs: Any = error.schema_errors
            wrong = next((one for one in wrongs if not (media_type.startswith("multipart/") and _spelled(one))), None)
            if wrong is None:
                return
            text, steps = f"{subject}{wrong.json_path[1:]}: {wrong.message}", [*steps, *wrong.absolute_schema_path]
        raise Refusal(200, 20002, text[:300], location=_pointer(self._spec, *steps))

    def _may_be_empty(self, steps: list[Any]) -> bool:
        """Whether a parameter of the query may be an empty text, which openapi-core never allows."""
        here: Any = self._spec
        for step in steps:
            here = resolve(self._spec, here)[step] if isinstance(here, dict) else here[step]
        schema = here if steps[-1] == "schema" else resolve(self._spec, here)["schema"]
        return bool(OAS31Validator({**self._spec, **schema}).is_valid(""))

    def _parameter(self, operation: Operation, where: str, name: str) -> list[Any]:
        """The steps to a parameter of the operation, or of its path."""
        path = operation.steps[:-1]
        homes = (operation.steps, operation.declared), (path, resolve(self._spec, self._spec["paths"][operation.path]))
        found = {
            (declared["in"], declared["name"]): [*steps, "parameters", index]
            for steps, holder in reversed(homes)
            for index, parameter in enumerate(holder.get("parameters", []))
            for declared in [resolve(self._spec, parameter)]
        }
        return found[where, name]


def _json_types_of_vendors(node: Any) -> dict[str, Any]:
    """How to read the JSON media types of vendors that stand anywhere in a spec."""
    found: dict[str, Any] = {}
    for name, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        found |= {str(name): json.loads} if str(name).endswith("+json") else {}
        found |= _json_types_of_vendors(value)
    return found


def prepare(spec: Node) -> OpenAPI:
    """Prepare a spec for validation. An invalid spec raises what openapi-spec-validator raises."""
    return OpenAPI.from_dict(_adapted(spec))


def _adapted(node: Any) -> Any:
    """The spec without what would mislead or disturb openapi-core."""
    if isinstance(node, list):
        return [_adapted(item) for item in node]
    if not isinstance(node, dict):
        return node
    misleading = {
        "servers": isinstance(node.get("servers"), list),  # the mock answers under any host name
        "deprecated": isinstance(node.get("deprecated"), bool),  # warns at each use: an error under `-W error`
        # The generator wants files written so; to a 3.1 validator bytes are never a string.
        "type": node.get("type") == "string" and node.get("format") == "binary",
    }
    return {name: _adapted(value) for name, value in node.items() if not misleading.get(name)}


def _spelled(wrong: Any) -> bool:
    """Whether a value is called wrong only because a form has nothing but text: `3` for an integer."""
    if wrong.validator != "type" or not isinstance(wrong.instance, str | bytes):
        return False
    try:
        value = json.loads(wrong.instance)
    except ValueError:
        return False
    return bool(OAS31Validator({"type": wrong.validator_value}).is_valid(value))


def _pointer(spec: Node, *steps: Any) -> str:
    """A pointer to what the steps lead to. References on the way are followed."""
    pointer, here = "#", spec
    for step in steps:
        while isinstance(here, dict) and step not in here and "$ref" in here:
            pointer, here = here["$ref"], resolve(spec, {"$ref": here["$ref"]})
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):  # a discriminator leads to a schema that is not below it
            break
        pointer += "/" + str(step).replace("~", "~0").replace("/", "~1")
    return pointer
