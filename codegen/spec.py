"""Read openapi.yaml as the generator does, and judge it as an OpenAPI document."""

from typing import Any

from openapi_schema_validator import OAS31Validator
from openapi_spec_validator.exceptions import OpenAPISpecValidatorError
from openapi_spec_validator.shortcuts import get_validator_cls
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import ScalarEvent

from codegen import walk
from codegen.bounds import bounded, small, without_aliases
from codegen.refused import RefusedError

LONGEST = 300
PLAIN = {"string", "integer", "number", "boolean"}
FOREIGN = {"jsonSchemaDialect", "$schema", "$id", "$dynamicRef", "$dynamicAnchor", "$recursiveRef"}


def load(data: bytes, *, aliases: bool = True) -> walk.Node:
    """YAML 1.2, as the generator reads it: `no` is a text, a key given twice is an error."""
    try:
        text = small(data).decode("utf-8-sig")
        if not aliases:
            without_aliases(YAML(typ="safe").parse(text))
        spec = bounded(YAML(typ="safe").load(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise RefusedError("openapi.yaml is not valid YAML", [f"{place}{error.problem or error.context}"]) from error
    except ValueError as error:
        if isinstance(error, UnicodeDecodeError):
            raise RefusedError("openapi.yaml is not valid YAML", [str(error)]) from error
        raise RefusedError("openapi.yaml is not valid YAML", [*_unreadable(text), str(error)]) from error
    except YAMLError as error:
        raise RefusedError("openapi.yaml is not valid YAML", str(error).splitlines()[:2]) from error
    if not isinstance(spec, dict):
        raise RefusedError(
            "openapi.yaml is not an OpenAPI document", [f"its root is a {type(spec).__name__}, not a mapping"]
        )
    return spec


def _unreadable(text: str) -> list[str]:
    """Where the scalars are that YAML takes for dates or numbers which do not exist."""
    found = []
    for event in YAML(typ="safe", pure=True).parse(text):
        if isinstance(event, ScalarEvent) and event.style is None:
            try:
                YAML(typ="safe", pure=True).load(f"!<{event.tag}> {event.value}" if event.tag else event.value)
            except (ValueError, YAMLError):
                mark = event.start_mark
                place = f"line {mark.line + 1}, column {mark.column + 1}"
                found.append(f"{place}: {event.value!r} is no such value; put it in quotes")
    return found


def problems(spec: walk.Node) -> list[str]:
    """Why this is no valid OpenAPI document, each with its place; empty if it is one."""
    return _keys(spec) or _foreign(spec) or _dangling(spec) or _circular(spec) or _defaults(spec) or _invalid(spec)


def _keys(spec: walk.Node) -> list[str]:
    return [
        f'{where or "(root)"}: the key {key!r} is not text; write it in quotes, as "{key}"'
        for where, node in walk.everything(spec)
        for key in node
        if not isinstance(key, str)
    ]


def _foreign(spec: walk.Node) -> list[str]:
    return [
        f"{where or '(root)'}: {key} changes what a schema means, or where its references lead; remove it"
        for where, node in (("", spec), *walk.schemas(spec))
        for key in FOREIGN & node.keys()
    ]


def _dangling(spec: walk.Node) -> list[str]:
    return [
        f"{where}: $ref {reference!r} points to nothing in this document"
        for where, node in walk.everything(spec)
        if isinstance(reference := node.get("$ref"), str)
        and (not reference.startswith("#") or walk.target(spec, reference) is None)
    ]


def _circular(spec: walk.Node) -> list[str]:
    return [
        f"{where}: $ref {node['$ref']!r} leads back to itself; say what it is"
        for where, node in walk.everything(spec)
        if walk.circular(spec, node)
    ]


def _defaults(spec: walk.Node) -> list[str]:
    plain = [
        (where, schema)
        for where, schema in walk.schemas(spec)
        if "default" in schema and isinstance(schema.get("type"), str) and schema["type"] in PLAIN
    ]
    return [
        f"{where}.default: {_short(error.message)}"
        for where, schema in plain
        for error in OAS31Validator(schema).iter_errors(schema["default"])
    ]


def _invalid(spec: walk.Node) -> list[str]:
    try:
        errors = list(get_validator_cls(spec)(spec).iter_errors())
    except OpenAPISpecValidatorError:
        return [f"openapi: {spec.get('openapi')!r} is not a version of OpenAPI that can be read; 3.1.0 is"]
    return [f"{_place(spec, error)}{_short(error.message)}" for error in errors]


def _place(spec: walk.Node, error: Any) -> str:
    keys = [str(key) for key in error.absolute_path]
    if keys and keys[0] not in spec:  # said relative to some schema: look for the schema that it fits
        for where, schema in walk.schemas(spec):
            if walk.target(schema, "#/" + "/".join(keys)) == error.instance:
                return ".".join([where, *keys]) + ": "
    return ".".join(keys) + ": " if keys else ""


def _short(message: str) -> str:
    line = message.splitlines()[0] if message else ""
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
