"""Every documented answer comes back as the promised value."""

from http import HTTPStatus
from typing import Any

import httpx
import pytest

from .answers import content, samples, status_of
from .cases import any_case, arguments
from .generated import annotations, function, types, variants
from .notation import exact
from .spec import OPERATIONS, Answer, Operation
from .values import read
from .wire import exchange

HEADERS = {"x-contract": "kept"}


CALLS = [
    pytest.param(operation, variant, answer, value, id=f"{operation.id}-{variant}-{answer.status}-{style}")
    for operation in OPERATIONS
    for variant in variants(operation)
    for answer in operation.answers
    for style, value in samples(answer).items()
]


@pytest.mark.parametrize(("operation", "variant", "answer", "value"), CALLS)
def test_answer(operation: Operation, variant: str, answer: Answer, value: Any) -> None:
    """Each value is typed exactly; a detailed function adds status, content and headers as they were."""
    sent, status = content(answer, value), status_of(operation, answer)
    headers = HEADERS | ({"content-type": answer.media} if answer.media else {})
    result, _ = exchange(
        operation,
        variant,
        arguments(operation, any_case(operation)),
        lambda: httpx.Response(status, headers=headers, content=sent),
        raise_on_unexpected_status=True,
    )
    parsed = result
    if variant.endswith("_detailed"):
        assert type(result) is types.Response
        assert type(result.status_code) is HTTPStatus
        assert result.status_code == status
        assert type(result.content) is bytes
        assert result.content == sent
        assert headers.items() <= dict(result.headers).items()
        parsed = result.parsed
    if answer.schema is None or not operation.has_value:
        assert parsed is None
    elif isinstance(value, bytes):
        assert read(answer.schema, parsed) == value
    else:
        hint = annotations(function(operation, "sync_detailed"))["return"]
        assert exact(read(answer.schema, parsed, hint)) == exact(value)
