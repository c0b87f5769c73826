"""The streams under the pools, where no server can reach them."""

import httpcore
import pytest

from jimmy_ai_openapi_client.sdk.deadline import Deadline
from jimmy_ai_openapi_client.sdk.streams import _left


@pytest.mark.parametrize("timeout", [None, 0.5, 30.0])
def test_a_timeout_that_is_no_deadline_stays_as_it_is(timeout: float | None) -> None:
    assert _left(timeout, httpcore.ReadTimeout) == timeout


def test_a_deadline_gives_what_is_left_of_it_and_then_times_out() -> None:
    left = _left(Deadline(30.0), httpcore.ReadTimeout)
    assert left is not None
    assert 29 < left <= 30
    with pytest.raises(httpcore.WriteTimeout):
        _left(Deadline(-1.0), httpcore.WriteTimeout)
