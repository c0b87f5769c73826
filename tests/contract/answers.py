"""What a server answers: samples of the documented answers, as they are on the wire."""

import json
from http import HTTPStatus
from typing import Any

import httpx

from .samples import Sampler, distinct
from .spec import Answer, Operation


def samples(answer: Answer) -> dict[str, Any]:
    """Return the values that an answer can carry, by style; one empty value if it carries none."""
    if answer.schema is None:
        return {"empty": None}
    return distinct(answer.schema)


def statuses(operation: Operation, answer: Answer) -> list[int]:
    """Return the statuses that this answer is for, of a range the first, the second and the last that has a name.

    Not 4XX for what 404 has of its own.
    """
    if answer.status.isdecimal():
        return [int(answer.status)]
    own = {each.status for each in operation.answers}
    fit = [
        status.value
        for status in HTTPStatus
        if status >= 200
        and answer.status
        == next((pattern for pattern in (str(status.value), f"{status // 100}XX", "default") if pattern in own), None)
    ]
    return list(dict.fromkeys([*fit[:2], fit[-1]]))


def content(answer: Answer, value: Any) -> bytes:
    """Write a value as the media type of the answer says; white space around JSON means nothing."""
    if answer.schema is None or isinstance(value, bytes):
        return value or b""
    media = (answer.media or "").split(";")[0]
    as_json = media == "application/json" or media.endswith("+json")
    return (f" {json.dumps(value)}\n" if as_json else str(value)).encode()


def any_answer(operation: Operation) -> httpx.Response:
    """Return a documented answer: for tests that are not about the answer."""
    answer = operation.answers[0]
    value = Sampler().make(answer.schema) if answer.schema else None
    return httpx.Response(statuses(operation, answer)[0], content=content(answer, value))
