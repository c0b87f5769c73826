"""Every function sends the one request that the spec describes, whatever it is called with."""

import pytest

from .cases import Case, any_answer, arguments, cases
from .expected import check
from .generated import FUNCTIONS
from .spec import Operation
from .wire import exchange

CALLS = [(operation, variant, case) for operation, variant in FUNCTIONS for case in cases(operation)]


@pytest.mark.parametrize(("operation", "variant", "case"), CALLS)
def test_request(operation: Operation, variant: str, case: Case) -> None:
    """Method, raw URL, query, headers, credentials and body are exactly those of the spec."""
    _, request = exchange(operation, variant, arguments(operation, case), lambda _: any_answer(operation))
    check(request, operation, case)
