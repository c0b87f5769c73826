"""Read openapi.yaml as the generator does, and judge it as an OpenAPI document."""

import re
import uuid
from datetime import date, datetime
from typing import Any

from jsonschema import FormatChecker  # type: ignore[import-untyped]
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import ScalarEvent

from codegen import walk
from codegen.bounds import bounded, small, without_aliases
from codegen.refused import RefusedError

LONGEST = 300
PLAIN = {"string", "integer", "number", "boolean"}
FORMATS = FormatChecker(formats=())  # what models do not take
for _name, _parse in (("date", date.fromisoformat), ("date-time", datetime.fromisoformat), ("uuid", uuid.UUID)):
    FORMATS.checks(_name, ValueError)(lambda value, parse=_parse: not isinstance(value, str) or bool(parse(value)))
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
    except UnicodeDecodeError as error:
        raise RefusedError("openapi.yaml is not valid YAML", [str(error)]) from error
    except ValueError as error:
        raise RefusedError("openapi.yaml is not valid YAML", [*_unreadable(text), str(error)]) from error
    except YAMLError as error:
        raise RefusedError("openapi.yaml is not valid YAML", str(error).splitlines()[:2]) from error
    if not isinstance(spec, dict):
        details = [f"its root is a {type(spec).__name__}, not a mapping"]
        raise RefusedError("openapi.yaml is not an OpenAPI document", details)
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
    checks = (_version, _keys, _foreign, _dangling, _circular, _booleans, _patterns, _defaults, _invalid, _examples)
    return next((found for check in checks if (found := check(spec))), [])


def _version(spec: walk.Node) -> list[str]:
    said = spec.get("openapi")
    return [] if str(said).startswith("3.1.") else [f"openapi: {said!r} cannot be read; write 3.1.0"]


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


def _booleans(spec: walk.Node) -> list[str]:
    return [
        f"{where}: a schema that is {str(node).lower()} cannot be read; write {{}} for anything"
        for where, node in walk.written(spec)
        if isinstance(node, bool)
    ]


def _patterns(spec: walk.Node) -> list[str]:
    found = []
    for where, schema in walk.schemas(spec):
        try:
            re.compile(str(schema.get("pattern", "")))
        except re.error as error:
            found.append(f"{where}: Python cannot read the pattern: {error}; write it otherwise, or leave it out")
    return found


def _defaults(spec: walk.Node) -> list[str]:
    plain = [
        (where, schema)
        for where, schema in walk.schemas(spec)
        if "default" in schema and isinstance(schema.get("type"), str) and schema["type"] in PLAIN
    ]
    return [each for where, schema in plain for each in _wrong(spec, f"{where}.default", schema, schema["default"])]


def _invalid(spec: walk.Node) -> list[str]:
    return [f"{_place(spec, error)}{_short(error.message)}" for error in OpenAPIV31SpecValidator(spec).iter_errors()]


def _examples(spec: walk.Node) -> list[str]:
    """Examples that are no values of their schemas, and those that stand elsewhere."""
    holders = [(where, node, node["schema"]) for where, node in walk.everything(spec) if "schema" in node]
    found = []
    for where, node, schema in [*((where, node, node) for where, node in walk.schemas(spec)), *holders]:
        if not isinstance(schema, dict) or not ({"example", "examples"} & node.keys()):
            continue
        shown = node.get("examples", [])
        pairs = list(shown.items() if isinstance(shown, dict) else enumerate(shown))
        named = [(f"{where}.examples.{name}", walk.resolve(spec, each) if node is not schema else {"value": each})
                 for name, each in pairs]  # fmt: skip
        named += [(f"{where}.example", {"value": node["example"]})] if "example" in node else []
        for place, each in named:
            if "value" not in each:
                found.append(f"{place}: an example without a value is not read; write the value here")
            else:
                found += _wrong(spec, place, schema, each["value"])
    return found


def _wrong(spec: walk.Node, where: str, schema: walk.Node, value: Any) -> list[str]:
    validator = OAS31Validator({**spec, **schema}, format_checker=FORMATS)
    errors = [error for error in validator.iter_errors(value) if not isinstance(error.instance, date)]  # lint/text
    return [
        f"{'.'.join(map(str, (where, *error.absolute_path)))}: {_short(error.message)}; correct it" for error in errors
    ]


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
