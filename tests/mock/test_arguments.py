"""A wrong argument is refused at once, in words, and changes nothing."""

import math
import re
from collections.abc import Callable
from typing import Any

import pytest

from jimmy_ai_openapi_client.sdk.mock import MockService

SERVICE: Any = MockService
WRONG: list[tuple[Callable[[Any], object], str]] = [
    (lambda _: SERVICE(api_key=""), "api_key must not be empty"),
    (lambda _: SERVICE(clock=5), "clock must be a Clock, such as FakeClock(), not 5"),
    (lambda _: SERVICE(polls=True), "polls must be a number, not True"),
    (lambda _: SERVICE(polls=math.nan), "polls must be at least 0, not nan"),
    (lambda mock: mock.serve(True), "port must be a whole number, not True"),
    (lambda mock: mock.serve(-1), "port must be from 0 to 65535, not -1"),
    (lambda mock: mock.serve(65536), "port must be from 0 to 65535, not 65536"),
    (lambda mock: mock.add("a", polls=-1), "polls must be at least 0"),
    (lambda mock: mock.add("a", seconds="5"), "seconds must be a number, not '5'"),
    (lambda mock: mock.add("a", polls=1, seconds=1), "an asset is Processing for polls or for seconds, not for both"),
    (lambda mock: mock.add("a", outcome=None), "outcome must be a str, not None"),
    (lambda mock: mock.add(["a", "b"]), "ids are given as str, one an argument: mock.add(*ids), not ['a', 'b']"),
    (lambda mock: mock.add("a", "b", official_id="x"), "one official_id cannot stand for several assets"),
    (lambda mock: mock.fault.code("-1"), "code must be a whole number, not '-1'"),
    (lambda mock: mock.fault.code(msg=""), "msg must not be empty"),
    (lambda mock: mock.fault.code(times=0), "times must be at least 1, not 0"),
    (lambda mock: mock.fault.code(times=1.5), "times must be a whole number, not 1.5"),
    (lambda mock: mock.fault.code(chance=2), "chance must be from 0 to 1, not 2"),
    (lambda mock: mock.fault.code(tmies=2), "not an argument of a fault: tmies"),
    (lambda mock: mock.fault.code(operation="status"), "no operation 'status'; the spec has querySeedanceSpRealPerson"),
    (lambda mock: mock.fault.rate_limited(-1), "retry_after must be at least 0"),
    (lambda mock: mock.fault.status(199), "status must be from 200 to 599, not 199"),
    (lambda mock: mock.fault.cut(1.1), "keep must be from 0 to 1"),
    (lambda mock: mock.fault.delay(math.nan), "seconds must be from 0 to 86400, not nan"),
    (lambda mock: mock.fault.drip(86401), "seconds must be from 0 to 86400, not 86401"),
    (lambda mock: mock.fault.null_fields("name", 3), "a field must be a str, not 3"),
    (lambda mock: mock.fault.unknown_status(None), "status must be a str"),
    (lambda mock: mock.fault.missing_item(3), "asset_id must be a str"),
    (lambda mock: mock.fault.duplicate_item(status=""), "status must not be empty"),
]


@pytest.mark.parametrize(("call", "said"), WRONG, ids=[said for _, said in WRONG])
def test_it_is_refused(mock: MockService, call: Callable[[Any], object], said: str) -> None:
    with pytest.raises((TypeError, ValueError), match=f"^{re.escape(said)}"):
        call(mock)
    assert (mock.statuses(), mock.fault.planned) == ({}, [])
