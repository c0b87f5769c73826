"""Every function sends the one request that the spec describes, whatever it is called with."""

import pytest

from .answers import any_answer
from .cases import Case, arguments, cases
from .expected import check
from .generated import variants
from .judge import judge
from .spec import OPERATIONS, Operation
from .wire import exchange

CALLS = [
    pytest.param(operation, variant, case, id=f"{operation.id}-{variant}-{case.style}")
    for operation in OPERATIONS
    for variant in variants(operation)
    for case in cases(operation)
]


@pytest.mark.parametrize(("operation", "variant", "case"), CALLS)
def test_request(operation: Operation, variant: str, case: Case) -> None:
    """Method, raw URL, query, headers, credentials and body are exactly those of the spec; openapi-core agrees."""
    _, request = exchange(operation, variant, arguments(operation, case), lambda: any_answer(operation))
    check(request, operation, case)
    judge(request)
