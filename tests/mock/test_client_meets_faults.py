"""What `JimmyAI` makes of each fault, sync and async, in-process and served: the same."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from jimmy_ai_openapi_client import (
    APIConnectionError,
    APIResponseError,
    APITimeoutError,
    InternalServerError,
    RateLimitError,
)
from jimmy_ai_openapi_client.sdk.mock import FakeClock, Faults, MockService

from .helpers import FORMS

Plan = Callable[[Faults], object]


@pytest.fixture(params=FORMS)
def jimmy(request: pytest.FixtureRequest, connect: Any) -> Iterator[tuple[MockService, Any]]:
    mock = MockService(clock=FakeClock())
    mock.add("id1", "id2", polls=0)
    with ExitStack() as stack:
        if request.param == "inside":
            where: dict[str, Any] = {"transport": mock.transport}
        else:
            where = {"base_url": stack.enter_context(mock.serve()).base_url}
        yield mock, connect(api_key=mock.api_key, clock=mock.clock, **where)


MET: list[tuple[Plan, int | type[Exception]]] = [
    (lambda fault: fault.code(-1, times=3), 4),
    (lambda fault: fault.rate_limited(2, times=3), 4),
    (lambda fault: fault.status(503, times=3), 4),
    (lambda fault: fault.reset(times=3), 4),
    (lambda fault: fault.cut(times=3), 4),
    (lambda fault: fault.null_fields(), 1),
    (lambda fault: fault.delay(2), 1),
    (lambda fault: fault.drip(2), 1),
    (lambda fault: fault.code(times=None), InternalServerError),
    (lambda fault: fault.rate_limited(120), RateLimitError),
    (lambda fault: fault.html(), APIResponseError),
    (lambda fault: fault.reset(times=None), APIConnectionError),
    (lambda fault: fault.cut(times=None), APIConnectionError),
    (lambda fault: fault.null_fields("status"), APIResponseError),
]


@pytest.mark.parametrize(("plan", "outcome"), MET)
def test_a_fault_is_retried_or_raised(
    jimmy: tuple[MockService, Any], plan: Plan, outcome: int | type[Exception]
) -> None:
    """After so many requests the asset is there, or the error is raised."""
    mock, client = jimmy
    plan(mock.fault)
    if isinstance(outcome, int):
        assert client.real_person.status("id1").is_active
        assert len(mock.requests) == outcome
    else:
        with pytest.raises(outcome):
            client.real_person.status("id1")


def test_a_wrong_batch(jimmy: tuple[MockService, Any]) -> None:
    mock, client = jimmy
    mock.fault.missing_item("id2")
    assert client.real_person.batch_status(["id1", "id2"]).missing == ("id2",)
    mock.fault.duplicate_item("id1", "Failed", times=None)
    with pytest.raises(APIResponseError):
        client.real_person.batch_status(["id1", "id2"])


def test_a_status_nobody_knows_is_waited_out(jimmy: tuple[MockService, Any]) -> None:
    mock, client = jimmy
    mock.fault.unknown_status(times=2)
    assert client.real_person.wait("id1").is_active
    assert len(mock.requests) == 3


@pytest.mark.parametrize("plan", [lambda fault: fault.delay(40), lambda fault: fault.drip(400)])
def test_what_is_too_late_is_a_timeout(connect: Any, plan: Plan) -> None:
    """In-process, on the mock's clock; a dripping body ends it give or take two of its pieces."""
    mock = MockService(clock=FakeClock())
    mock.add("id1")
    plan(mock.fault)
    client = connect(api_key=mock.api_key, transport=mock.transport, clock=mock.clock, max_retries=0)
    with pytest.raises(APITimeoutError):
        client.real_person.status("id1")
    assert 30 <= mock.clock.now() < 40


@pytest.mark.parametrize("plan", [lambda fault: fault.delay(30), lambda fault: fault.drip(30)])
def test_what_is_too_late_over_the_wire_is_a_timeout_too(connect: Any, plan: Plan) -> None:
    """In real time, which ends soon; the server breaks off what it still has to say."""
    mock = MockService()
    mock.add("id1")
    plan(mock.fault)
    with mock.serve() as server:
        client = connect(api_key=mock.api_key, base_url=server.base_url, timeout=0.2, max_retries=0)
        with pytest.raises(APITimeoutError):
            client.real_person.status("id1")
