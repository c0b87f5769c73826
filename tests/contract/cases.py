"""What an operation is called with, values on the wire and the Python arguments for them, and what it is answered."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

import httpx

from jimmy_ai_openapi_client import types

from .naming import argument_names
from .samples import Sampler, styles, unknown
from .schema import Schema
from .spec import OPERATIONS, Answer, Operation, Parameter, is_json
from .values import build


@dataclass(frozen=True)
class Case:
    """One way to call an operation; `media` is None when it is called without a body."""

    style: str
    parameters: dict[tuple[str, str], Any] = field(default_factory=dict)
    media: str | None = None
    body: Any = None


def cases(operation: Operation) -> list[Case]:
    """Return every way, each once."""
    return list({repr((case.parameters, case.media, case.body)): case for case in every(operation)}.values())


def every(operation: Operation) -> Iterator[Case]:
    """Yield every way: each style in each media type, each optional parameter alone, and no body if it may be left out.

    JSON is also sent with what the spec does not name, a form of several parts with each of them alone.
    """
    bodies: list[tuple[str | None, Schema | None]] = [*operation.body.items()] or [(None, None)]
    for media, schema in bodies:
        several = f"{media}-" if len(bodies) > 1 else ""
        for style, sampler in styles(schema if media == "multipart/form-data" else None).items():
            body = sampler.make(schema) if schema else None
            yield Case(several + style, parameters(operation, sampler), media, body)
        if schema and schema.kind == "object" and schema.extra and is_json(media):
            body = Sampler().make(schema) | unknown(schema)
            yield Case(f"{several}unknown", parameters(operation, Sampler()), media, body)
    media, schema = bodies[0]
    body = Sampler(optional="none").make(schema) if schema else None
    fewest = parameters(operation, Sampler(optional="none"))
    for each in (each for each in operation.parameters if not each.required):
        alone = {(each.where, each.name): sample(each, Sampler(length=3))}
        yield Case(f"only-{each.where}-{each.name}", fewest | alone, media, body)
    if operation.body and not operation.body_required:
        yield Case("no-body", fewest)


def parameters(operation: Operation, sampler: Sampler) -> dict[tuple[str, str], Any]:
    """Return values for the required parameters; for the others too if the sampler makes all that is optional."""
    wanted = [each for each in operation.parameters if each.required or sampler.optional == "all"]
    return {(each.where, each.name): sample(each, sampler) for each in wanted}


def sample(parameter: Parameter, sampler: Sampler) -> Any:
    """Return a value that fits its place: no empty text in a path, only plain text in a header or cookie."""
    style = replace(sampler, plain=parameter.where in {"header", "cookie"})
    value = style.make(parameter.schema, parameter.name)
    if parameter.where == "path" and value == "":
        return replace(style, falsy=False).make(parameter.schema, parameter.name)
    return value


def arguments(operation: Operation, case: Case) -> dict[str, Any]:
    """Return what a caller passes; a parameter that has a default and is not wanted is passed as UNSET."""
    names = argument_names(operation)
    result = {
        names[each.where, each.name]: types.UNSET for each in operation.parameters if "default" in each.schema.node
    }
    for each in operation.parameters:
        if (each.where, each.name) in case.parameters:
            result[names[each.where, each.name]] = build(each.schema, case.parameters[each.where, each.name])
    return result if case.media is None else result | {"body": build(operation.body[case.media], case.body)}


def any_case(operation: Operation) -> Case:
    """Return the first way to call an operation: for tests that are not about the request."""
    return cases(operation)[0]


CASES = [(operation, case) for operation in OPERATIONS for case in cases(operation)]


def statuses(operation: Operation, answer: Answer) -> list[int]:
    """Return the statuses that this answer is for, of a range the first, the second and the last that has a name.

    Not 4XX for what 404 has of its own.
    """
    if answer.status.isdecimal():
        return [int(answer.status)]
    fit = [status.value for status in HTTPStatus if status >= 200 and operation.documented(status) == answer.status]
    return list(dict.fromkeys([*fit[:2], fit[-1]]))


def content(answer: Answer, value: Any) -> bytes:
    """Write a value as the media type of the answer says; white space around JSON means nothing."""
    if answer.schema is None or isinstance(value, bytes):
        return value or b""
    return (f" {json.dumps(value)}\n" if is_json(answer.media) else str(value)).encode()


def any_answer(operation: Operation) -> httpx.Response:
    """Return a documented answer: for tests that are not about the answer."""
    answer = operation.answers[0]
    value = Sampler().make(answer.schema) if answer.schema else None
    return httpx.Response(statuses(operation, answer)[0], content=content(answer, value))
