"""Retries of calls: the rules are asked, and obeyed."""

import time

import httpx
import pytest

from jimmy_ai_openapi_client import JimmyAIError
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock
from jimmy_ai_openapi_client.sdk.policy.answer import Received, judge, operation_of

from .service import Connect, Service, no


def reset(_: object) -> httpx.Response:
    raise httpx.ReadError("reset")


@pytest.mark.parametrize("max_retries", [0, 1, 10])
def test_attempts(connect: Connect, max_retries: int) -> None:
    service, clock = Service(*[no(None, status=503)] * 20), FakeClock()
    with pytest.raises(JimmyAIError) as caught:
        connect(transport=service.transport, clock=clock, max_retries=max_retries).real_person.status("id1")
    assert len(service.asked) == caught.value.attempts == max_retries + 1
    assert caught.value.elapsed == pytest.approx(sum(clock.slept))
    assert all(asked.body == {"asset_id": "id1"} for asked in service.asked)


def test_three_retries_by_default(connect: Connect) -> None:
    service, clock = Service(no(None, status=503), no(-1), reset), FakeClock()
    assert connect(transport=service.transport, clock=clock).real_person.status("id1").is_active
    assert clock.slept == [0.5 * 0.875, 10 * 1.125, 2 * 0.875]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="no time zones to set here")
@pytest.mark.parametrize(
    "date",
    [
        "Fri, 01 May 2026 12:00:20 GMT",
        "Friday, 01-May-26 12:00:20 GMT",
        "Fri May  1 12:00:20 2026",
        "Fri, 01 May 2026 20:00:20 +0800",
    ],
)
def test_dates_are_in_gmt_wherever_the_caller_is(monkeypatch: pytest.MonkeyPatch, date: str) -> None:
    monkeypatch.setenv("TZ", "XYZ-8")
    time.tzset()
    try:
        with pytest.raises(JimmyAIError) as caught:
            judge(Received(operation_of("GET", "/x"), str, 503, {"retry-after": date}), FakeClock().wall())
    finally:
        monkeypatch.undo()
        time.tzset()
    assert caught.value.retry_after == 20
