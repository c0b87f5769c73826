"""Every documented answer comes back as the promised value."""

from http import HTTPStatus
from typing import Any

import httpx
import pytest

from .cases import answer_samples, any_case, arguments, content, statuses
from .difference import agree, agree_on_value
from .generated import FUNCTIONS, annotations, function, types
from .spec import Answer, Operation
from .values import read
from .wire import exchange

HEADERS = {"x-contract": "kept"}
# What a server may add to the media type, or say in its place, by the function that is told so; None is nothing.
SAID = {"sync": None, "sync_detailed": "{}", "asyncio": "{}; charset=utf-8", "asyncio_detailed": "text/html"}

CALLS = [
    (operation, variant, answer, status, value)
    for operation, variant in FUNCTIONS
    for answer in operation.answers
    for status in statuses(operation, answer)
    for value in answer_samples(answer).values()
]


@pytest.mark.parametrize(("operation", "variant", "answer", "status", "value"), CALLS)
def test_answer(operation: Operation, variant: str, answer: Answer, status: int, value: Any) -> None:
    """Each value is typed exactly, whatever its header says; a detailed function adds status, content and headers."""
    sent = content(answer, value)
    said = SAID[variant]
    headers = HEADERS | ({"content-type": said.format(answer.media)} if answer.media and said else {})
    result, _ = exchange(
        operation,
        variant,
        arguments(operation, any_case(operation)),
        lambda _: httpx.Response(status, headers=headers, content=sent),
        raise_on_unexpected_status=True,
    )
    parsed, where = result, f"{operation.id} ({variant}), {operation.place}.responses.{answer.status}"
    if variant.endswith("_detailed"):
        agree(f"{where}, type", type(result), types.Response)
        agree(f"{where}, status_code", result.status_code, HTTPStatus(status))
        agree(f"{where}, content", result.content, sent)
        agree(f"{where}, headers", {name: result.headers.get(name) for name in headers}, headers)
        parsed = result.parsed
    if answer.schema is None or not operation.has_value:
        agree(where, parsed, None)
        return
    hint = annotations(function(operation))["return"]
    agree_on_value(where, answer.schema, read(answer.schema, parsed, hint), value)
