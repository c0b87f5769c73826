"""The numbers of a client: refused when they make no sense, before any I/O."""

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jimmy_ai_openapi_client import AsyncJimmyAI, ConfigurationError, JimmyAI
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock

from .service import KEY, Connect, Service

NO_NUMBERS: list[Any] = [None, True, False, "1", b"1", [], 1j, Decimal(1), Fraction(1), object(), httpx.Timeout(1)]
NO_SECONDS = [*NO_NUMBERS, 0, 0.0, -0.0, -1, -0.5, math.nan, math.inf, -math.inf]
NO_COUNT = [*NO_NUMBERS, 1.0, 0.5, math.nan, math.inf, -1]


@pytest.mark.parametrize("value", NO_SECONDS, ids=repr)
@pytest.mark.parametrize("client", [JimmyAI, AsyncJimmyAI])
def test_timeout(client: type[JimmyAI | AsyncJimmyAI], value: Any) -> None:
    with pytest.raises(ConfigurationError, match="timeout must be a finite number of seconds above 0"):
        client(api_key=KEY, timeout=value)


def test_timeout_beyond_floats() -> None:
    with pytest.raises(ConfigurationError, match="timeout"):
        JimmyAI(api_key=KEY, timeout=10**400)


@pytest.mark.parametrize("value", NO_COUNT, ids=repr)
@pytest.mark.parametrize("client", [JimmyAI, AsyncJimmyAI])
def test_max_retries(client: type[JimmyAI | AsyncJimmyAI], value: Any) -> None:
    with pytest.raises(ConfigurationError, match="max_retries must be an int of at least 0"):
        client(api_key=KEY, max_retries=value)


@pytest.mark.parametrize("value", [*NO_COUNT, 0], ids=repr)
@pytest.mark.parametrize("name", ["batch_size", "concurrency"])
@pytest.mark.parametrize("client", [JimmyAI, AsyncJimmyAI])
def test_batch_size_and_concurrency(client: type[JimmyAI | AsyncJimmyAI], name: str, value: Any) -> None:
    with pytest.raises(ConfigurationError, match=f"{name} must be an int of at least 1"):
        client(api_key=KEY, **{name: value})


@pytest.mark.parametrize("value", NO_SECONDS, ids=repr)
def test_timeout_of_with_options(connect: Connect, value: Any) -> None:
    """None is refused too: no call goes without an end."""
    with pytest.raises(ConfigurationError, match="timeout"):
        connect().with_options(timeout=value)


@pytest.mark.parametrize("value", NO_COUNT, ids=repr)
def test_max_retries_of_with_options(connect: Connect, value: Any) -> None:
    with pytest.raises(ConfigurationError, match="max_retries"):
        connect().with_options(max_retries=value)


def test_a_refused_option_changes_nothing(connect: Connect) -> None:
    service = Service()
    client = connect(transport=service.transport)
    with pytest.raises(ConfigurationError):
        client.with_options(max_retries=-1)
    assert client.real_person.status("id1").is_active


@given(st.floats(min_value=1e-3, max_value=1e6) | st.integers(1, 10**6))
def test_any_time_to_wait(timeout: float) -> None:
    JimmyAI(api_key=KEY, timeout=timeout).close()


@pytest.mark.parametrize("timeout", [0.25, 1, 30.0, 86400])
def test_accepted(connect: Connect, timeout: float) -> None:
    service = Service()
    options: dict[str, Any] = {"timeout": timeout, "max_retries": 0, "batch_size": 1, "concurrency": 1}
    client = connect(transport=service.transport, clock=FakeClock(), **options)
    assert list(client.real_person.batch_status(["a", "b"])) == ["a", "b"]
    assert [asked.ids for asked in service.asked] == [["a"], ["b"]]


@pytest.mark.parametrize("names", [("timeout",), ("key", "sk-1"), ("api_key", "sk-1")], ids=repr)
def test_options_go_by_name(names: tuple[str, ...]) -> None:
    """A key in the wrong place is no guess of ours."""
    with pytest.raises(TypeError):
        JimmyAI(*names)
