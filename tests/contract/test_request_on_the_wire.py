"""Every function sends the one request that the spec describes, whatever it is called with."""

import pytest

from .cases import CALLS, Case, any_answer, arguments
from .expected import check
from .spec import Operation
from .wire import exchange


@pytest.mark.parametrize(("operation", "variant", "case"), CALLS)
def test_request(operation: Operation, variant: str, case: Case) -> None:
    """Method, raw URL, query, headers, credentials and body are exactly those of the spec."""
    _, request = exchange(operation, variant, arguments(operation, case), lambda _: any_answer(operation))
    check(request, operation, case)
