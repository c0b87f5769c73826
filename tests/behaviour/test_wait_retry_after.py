"""What the service asks for with Retry-After, when a look had no answer."""

import time

import pytest

from .lives import Lanes, waiting
from .service import KEY, Connect, Service, no


def test_a_longer_retry_after_is_honoured(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "9A"})
    real_person.wait("a")
    assert service.times == [0, 40]


def test_a_shorter_retry_after_changes_nothing(connect: Connect) -> None:
    service = Service(no(None, status=503, **{"Retry-After": "1"}))
    clock = Lanes()
    connect(api_key=KEY, transport=service.transport, clock=clock, max_retries=0).real_person.wait("a")
    assert clock.now() == 5.5


def test_a_retry_after_beside_an_answer_does_not_hold_up_the_others(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "9A", "b": "PA"}, batch_size=1)
    real_person.wait_many(["a", "b"])
    assert sorted(service.times) == [0, 0, 5.5, 5.5]


def test_a_retry_after_is_honoured_whatever_else_went_wrong_beside_it(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "9A", "b": "TA"}, batch_size=1)
    real_person.wait_many(["a", "b"])
    assert sorted(service.times) == [0, 0, 40, 40]


def test_a_retry_after_of_long_ago_is_not_honoured_again(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "9PTA"})
    real_person.wait("a")
    assert service.times[3] - service.times[2] <= 15


@pytest.mark.parametrize("timeout", [41, 44, 46, 60])
def test_a_retry_after_is_honoured_near_the_deadline(connect: Connect, timeout: float) -> None:
    service, real_person = waiting(connect, {"a": "9A"})
    assert real_person.wait("a", timeout=timeout).is_active
    assert 40 <= service.times[1] <= timeout


def test_a_retry_after_beyond_the_deadline_leaves_one_look_at_the_end(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "9A"})
    assert real_person.wait("a", timeout=30).is_active
    assert service.times == [0, 30]


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
