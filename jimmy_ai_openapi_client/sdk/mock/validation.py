"""Whether the spec allows a request, in the judgement of openapi-core, and which place in the spec forbids it."""

import hmac
import json
import re
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
from .spec import Node, Operation, pointed, resolve

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
        json_types = re.findall(r'"([^"]+\+json)": ', json.dumps(spec))  # of vendors, which openapi-core does not know
        self._validator = validator(
            prepared.spec,
            security_provider_factory=Credentials(key),
            extra_media_type_deserializers=dict.fromkeys(json_types, json.loads),
        )

    def check(self, request: httpx.Request, operation: Operation, variables: dict[str, str]) -> None:
        """Raise `Refusal` unless credentials, parameters and body of a request are as the spec asks."""
        content_type = request.headers.get("Content-Type", "application/octet-stream")
        adapted = MockRequest("http://mock", request.method, operation.path, view_args=variables)
        adapted.body, adapted.content_type = request.content, content_type
        adapted.parameters.query = ImmutableMultiDict(request.url.params.multi_items())
        adapted.parameters.header = Headers(request.headers.multi_items())
        adapted.parameters.cookie = parse_cookie(request.headers.get("Cookie"))
        try:
            with _one_at_a_time:
                for error in self._validator.iter_errors(adapted):
                    self._refuse(error, operation, content_type.partition(";")[0].strip().lower())
        except (RecursionError, AssertionError) as error:  # the latter is for a form whose parts have no names
            text = "nested too deeply" if isinstance(error, RecursionError) else "a form that cannot be read"
            raise self._refusal(f"body: {text}", [*operation.steps, "requestBody"]) from None

    def _refuse(self, error: BaseException, operation: Operation, media_type: str) -> None:
        """Raise what an error of openapi-core means, if it means anything."""
        if isinstance(error, invalid.SecurityValidationError):
            holder = operation.declared if "security" in operation.declared else self._spec
            scheme = next(name for requirement in holder["security"] for name in requirement)
            raise self._refusal("key missing, wrong or expired", ["components", "securitySchemes", scheme], code=20001)
        subject, steps = "body", [*operation.steps, "requestBody", "content"]
        if isinstance(error, invalid.MissingRequiredRequestBody):
            steps[-1] = "required"
        elif isinstance(error, invalid.ParameterValidationError):
            subject, steps = f"{error.location} {error.name}", self._parameter(operation, error.location, error.name)
            steps += ["schema"] if error.__cause__ else []
        else:
            content = resolve(self._spec, operation.declared["requestBody"])["content"]
            kind = next((kind for kind in content if fnmatch(media_type, kind)), None)
            steps += [kind, "schema"] if kind else []
        while error.__cause__ is not None:
            error = error.__cause__
        if isinstance(error, EmptyQueryParameterValue):  # which openapi-core never allows
            schema = _located(self._spec, steps)[1]
            if OAS31Validator({**self._spec, "allOf": [schema]}).is_valid(""):
                return
        unread = isinstance(error, MediaTypeDeserializeError)  # its own text fails on bytes that are not UTF-8
        text = f"{subject}: {'cannot be read as ' + media_type if unread else error}"
        if isinstance(error, InvalidSchemaValue):
            wrongs: Any = error.schema_errors
            wrong = next((one for one in wrongs if not (media_type.startswith("multipart/") and _spelled(one))), None)
            if wrong is None:
                return
            text, steps = f"{subject}{wrong.json_path[1:]}: {wrong.message}", [*steps, *wrong.absolute_schema_path]
        raise self._refusal(text, steps)

    def _refusal(self, text: str, steps: list[Any], code: int = 20002) -> Refusal:
        return Refusal(200, code, text[:300], location=_located(self._spec, steps)[0])

    def _parameter(self, operation: Operation, where: str, name: str) -> list[Any]:
        """The steps to a parameter of the operation, or of its path."""
        for steps in (operation.steps, operation.steps[:-1]):
            holder = resolve(self._spec, _located(self._spec, steps)[1])
            for index, parameter in enumerate(holder.get("parameters", [])):
                declared = resolve(self._spec, parameter)
                if (declared["in"], declared["name"]) == (where, name):
                    return [*steps, "parameters", index]
        raise AssertionError(f"openapi-core found {name} in the spec")


def prepare(spec: Node) -> OpenAPI:
    """Prepare a spec for validation. An invalid spec raises what openapi-spec-validator raises."""
    return OpenAPI.from_dict(json.loads(json.dumps(spec), object_hook=_adapted))


def _adapted(node: Node) -> Node:
    """A part of the spec without what would mislead or disturb openapi-core."""
    misleading = {
        "servers": isinstance(node.get("servers"), list),  # the mock answers under any host name
        "deprecated": isinstance(node.get("deprecated"), bool),  # warns at each use: an error under `-W error`
        # The generator wants files written so; to a 3.1 validator bytes are never a string.
        "type": node.get("type") == "string" and node.get("format") == "binary",
    }
    return {name: value for name, value in node.items() if not misleading.get(name)}


def _spelled(wrong: Any) -> bool:
    """Whether a value is called wrong only because a form has nothing but text: `3` for an integer."""
    if wrong.validator != "type" or not isinstance(wrong.instance, str | bytes):
        return False
    try:
        value = json.loads(wrong.instance)
    except ValueError:
        return False
    return bool(OAS31Validator({"type": wrong.validator_value}).is_valid(value))


def _located(spec: Node, steps: list[Any]) -> tuple[str, Any]:
    """A pointer to what the steps lead to, and what that is. References on the way are followed."""
    pointer, here = "#", spec
    for step in steps:
        while isinstance(here, dict) and step not in here and "$ref" in here:
            pointer, here = here["$ref"], pointed(spec, here["$ref"])
        try:
            here = here[step]
        except (LookupError, TypeError):  # a discriminator leads to a schema that is not below it
            break
        pointer += "/" + str(step).replace("~", "~0").replace("/", "~1")
    return pointer, here
