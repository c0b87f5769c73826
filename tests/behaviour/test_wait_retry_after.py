"""What the service asks for with Retry-After, when a look had no answer."""

import time

import pytest

from jimmy_ai_openapi_client import RateLimitError, WaitTimeoutError

from .lives import Lanes, waiting
from .service import KEY, Connect, Service, no


def test_a_longer_retry_after_is_honoured(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "9A"})
    real_person.wait("a")
    assert service.times == [0, pytest.approx(42)]


def test_a_shorter_retry_after_changes_nothing(connect: Connect) -> None:
    service = Service(no(None, status=503, **{"Retry-After": "1"}))
    clock = Lanes()
    connect(api_key=KEY, transport=service.transport, clock=clock, max_retries=0).real_person.wait("a")
    assert clock.now() == 5.25


def test_a_retry_after_holds_for_its_own_ids_whatever_the_others_said(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "9A", "b": "PA"}, batch_size=1)
    real_person.wait_many(["a", "b"])
    assert sorted(service.times) == [0, 0, 5.25, pytest.approx(42)]


def test_a_retry_after_is_honoured_whatever_else_went_wrong_beside_it(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "9A", "b": "TA"}, batch_size=1)
    real_person.wait_many(["a", "b"])
    assert sorted(service.times) == [0, 0, 5.25, pytest.approx(42)]


def test_a_retry_after_of_long_ago_is_not_honoured_again(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "9PTA"})
    real_person.wait("a")
    assert service.times[3] - service.times[2] <= 15


@pytest.mark.parametrize("timeout", [42, 44, 46, 60])
def test_a_retry_after_is_honoured_near_the_deadline(connect: Connect, timeout: float) -> None:
    service, real_person = waiting(connect, {"a": "9A"})
    assert real_person.wait("a", timeout=timeout).is_active
    assert 40 <= service.times[1] <= timeout


def test_a_retry_after_beyond_the_deadline_is_not_waited_for(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "9A"})
    with pytest.raises(WaitTimeoutError) as caught:
        real_person.wait("a", timeout=30)
    assert service.times == [0]
    assert isinstance(caught.value.__cause__, RateLimitError)
    assert caught.value.__cause__.retry_after == 40


def test_a_retry_after_of_ages_is_one_that_can_be_slept(connect: Connect) -> None:
    """`time.sleep` takes no number it likes."""

    class Strict(Lanes):
        def sleep(self, seconds: float) -> None:
            if seconds > time.get_clock_info("monotonic").resolution * 2**63:
                raise OverflowError("timestamp out of range for platform time_t")
            super().sleep(seconds)

    service = Service(no(None, status=429, **{"Retry-After": "1" + "0" * 30}))
    real_person = connect(api_key=KEY, transport=service.transport, clock=Strict(), max_retries=0).real_person
    assert real_person.wait("a", timeout=None).is_active
