"""Every function sends the one request that the spec describes, whatever it is called with."""

from typing import Any

import pytest
from hypothesis import given

from .cases import CALLS, Case, any_answer, any_case, arguments
from .expected import check
from .generated import variants
from .samples import QUICK, values
from .spec import OPERATIONS, Operation, is_json
from .wire import exchange

BODIES = [
    (operation, media)
    for operation in OPERATIONS
    for media, schema in operation.body.items()
    if is_json(media) and not schema.holds("binary")
]


@pytest.mark.parametrize(("operation", "variant", "case"), CALLS)
def test_request(operation: Operation, variant: str, case: Case) -> None:
    """Method, raw URL, query, headers, credentials and body are exactly those of the spec."""
    _, request = exchange(operation, variant, arguments(operation, case), lambda _: any_answer(operation))
    check(request, operation, case)


@pytest.mark.parametrize(("operation", "media"), BODIES)
def test_any_body(operation: Operation, media: str) -> None:
    """Any body arrives as it was given, whichever function sends it."""

    @QUICK
    @given(wire=values(operation.body[media]))
    def sent(wire: Any) -> None:
        for variant in variants(operation):
            test_request(operation, variant, Case("any", any_case(operation).parameters, media, wire))

    sent()
