"""Retries as a caller sees them: what is sent again, and after what pause."""

import time
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import JimmyAIError, RateLimitError
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock

from .service import Connect, Service, asset, no, ok

SOON, PATIENT = 0.5 * 0.875, 5 * 1.125


def reset(_: object) -> httpx.Response:
    raise httpx.ReadError("reset")


def late(_: object) -> httpx.Response:
    raise httpx.ConnectTimeout("late")


def broken(_: object) -> httpx.Response:
    raise OSError("broken pipe")


FIRST_PAUSE: dict[str, tuple[Any, float | None]] = {
    "reset": (reset, SOON),
    "late": (late, SOON),
    "broken": (broken, SOON),
    "empty": (httpx.Response(200), SOON),
    "blank": (httpx.Response(200, text=" \n "), SOON),
    "cut": (httpx.Response(200, text='{"code": 0, "data": {"asset_id": "id'), SOON),
    "cut in a letter": (httpx.Response(200, content='{"msg": "忙'.encode()[:-1]), SOON),
    **{str(n): (httpx.Response(n), SOON) for n in (408, 502, 503, 504, *range(520, 531))},
    **{str(n): (httpx.Response(n), PATIENT) for n in (429, 500)},
    "-1": (no(-1), PATIENT),
    "'-1'": (no("-1"), PATIENT),
    **{str(n): (httpx.Response(n), None) for n in (301, 302, 307, 304, 400, 401, 402, 403, 404, 409, 418, 422, 499)},
    **{str(n): (httpx.Response(n), None) for n in (501, 505, 511, 531, 561, 599, 600, 999)},
    **{str(code): (no(code), None) for code in (20001, 20002, 30001, "40000", -2)},
    "204": (httpx.Response(204), None),
    "html": (httpx.Response(200, html="<html></html>"), None),
    "cut html": (httpx.Response(200, html="<html"), None),
    "no object": (httpx.Response(200, json=[]), None),
    "no code": (httpx.Response(200, json={"data": asset("id1")}), None),
    "no data": (ok(None), None),
    "trailing": (httpx.Response(200, text='{"code": 0}}'), None),
    "NaN": (httpx.Response(200, text='{"code": NaN}'), None),
}


@pytest.mark.parametrize("case", FIRST_PAUSE)
def test_sent_again(connect: Connect, case: str) -> None:
    answer, pause = FIRST_PAUSE[case]
    service, clock = Service(answer), FakeClock()
    call = connect(transport=service.transport, clock=clock).real_person.status
    if pause is None:
        with pytest.raises(JimmyAIError):
            call("id1")
    else:
        assert call("id1").is_active
    assert [slept for slept in clock.slept if slept] == ([] if pause is None else [pause])
    assert len(service.asked) == (1 if pause is None else 2)


@pytest.mark.parametrize("max_retries", [0, 1, 3, 10])
def test_attempts(connect: Connect, max_retries: int) -> None:
    service, clock = Service(*[no(None, status=503)] * 20), FakeClock()
    with pytest.raises(JimmyAIError) as caught:
        connect(transport=service.transport, clock=clock, max_retries=max_retries).real_person.status("id1")
    assert len(service.asked) == caught.value.attempts == max_retries + 1
    assert caught.value.elapsed == pytest.approx(sum(clock.slept))
    assert all(asked.body == {"asset_id": "id1"} for asked in service.asked)


def test_three_retries_by_default(connect: Connect) -> None:
    service = Service(no(None, status=503), no(-1), reset)
    assert connect(transport=service.transport, clock=FakeClock()).real_person.status("id1").is_active


RETRY_AFTER: dict[str, tuple[dict[str, str], float | None]] = {
    "digits": ({"retry-after": "7"}, 7),
    "zero": ({"retry-after": "0"}, 0),
    "decimals": ({"retry-after": "1.25"}, 1.25),
    "space": ({"retry-after": "  7 "}, 7),
    "the longest": ({"retry-after": "60"}, 60),
    "date": ({"retry-after": "Fri, 01 May 2026 12:00:20 GMT"}, 20),
    "date, dashes": ({"retry-after": "Friday, 01-May-26 12:00:20 GMT"}, 20),
    "date, as in C": ({"retry-after": "Fri May  1 12:00:20 2026"}, 20),
    "date, in China": ({"retry-after": "Fri, 01 May 2026 20:00:20 +0800"}, 20),
    "milliseconds": ({"retry-after-ms": "1500"}, 1.5),
    "milliseconds first": ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
    "garbage": ({"retry-after": "soon"}, None),
    "empty": ({"retry-after": ""}, None),
    "negative": ({"retry-after": "-5"}, None),
    "nan": ({"retry-after": "nan"}, None),
    "inf": ({"retry-after": "inf"}, None),
    "dots": ({"retry-after": "1.2.3"}, None),
    "full width": ({"retry-after": "７"}, None),
    "past date": ({"retry-after": "Fri, 01 May 2026 11:59:00 GMT"}, None),
    "no such date": ({"retry-after": "Fri, 99 May 2026 12:00:20 GMT"}, None),
    "zone out of range": ({"retry-after": "Fri, 01 May 2026 12:00:20 +9999"}, None),
    "garbage milliseconds": ({"retry-after-ms": "x"}, None),
    "negative milliseconds": ({"retry-after-ms": "-1"}, None),
    "nan milliseconds": ({"retry-after-ms": "nan"}, None),
    "inf milliseconds": ({"retry-after-ms": "1e999"}, None),
    "garbage milliseconds beside seconds": ({"retry-after-ms": "x", "retry-after": "7"}, 7),
}
headers_of = pytest.mark.parametrize("case", RETRY_AFTER)


@headers_of
@pytest.mark.parametrize(("status", "own"), [(429, PATIENT), (503, SOON)])
def test_retry_after(connect: Connect, case: str, status: int, own: float) -> None:
    """It replaces the pause; what makes no sense leaves our own."""
    headers, pause = RETRY_AFTER[case]
    encoded = [(name.encode(), text.encode()) for name, text in headers.items()]
    service, clock = Service(httpx.Response(status, headers=encoded)), FakeClock()
    assert connect(transport=service.transport, clock=clock).real_person.status("id1").is_active
    assert clock.now() == pytest.approx(own if pause is None else pause)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="no time zones to set here")
@headers_of
def test_retry_after_in_another_time_zone(monkeypatch: pytest.MonkeyPatch, connect: Connect, case: str) -> None:
    """HTTP dates are in GMT wherever the caller is."""
    monkeypatch.setenv("TZ", "XYZ-8")
    time.tzset()
    try:
        test_retry_after(connect, case, 503, SOON)
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    "text", ["61", "60.5", "3600", "9" * 400, "Fri, 01 May 2026 13:00:00 GMT"], ids=lambda text: text[:9]
)
def test_too_long_to_wait(connect: Connect, text: str) -> None:
    """Not waited for; the error says how long it would have been."""
    service, clock = Service(no(None, status=429, **{"retry-after": text})), FakeClock()
    client = connect(transport=service.transport, clock=clock)
    if text == "9" * 400:  # infinity: makes no sense
        assert client.real_person.status("id1").is_active
        return
    with pytest.raises(RateLimitError) as caught:
        client.real_person.status("id1")
    assert caught.value.retry_after == {"61": 61, "60.5": 60.5}.get(text, 3600)
    assert (caught.value.attempts, clock.now()) == (1, 0)


def test_retry_after_of_a_business_code(connect: Connect) -> None:
    service, clock = Service(no(-1, **{"retry-after": "2"})), FakeClock()
    assert connect(transport=service.transport, clock=clock).real_person.status("id1").is_active
    assert clock.now() == 2


def test_retry_after_does_not_make_a_refusal_worth_repeating(connect: Connect) -> None:
    service = Service(no(20001, **{"retry-after": "1"}))
    with pytest.raises(JimmyAIError) as caught:
        connect(transport=service.transport, clock=FakeClock()).real_person.status("id1")
    assert (caught.value.attempts, caught.value.retry_after) == (1, 1)
