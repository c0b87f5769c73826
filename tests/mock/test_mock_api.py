"""The mock for the time of a block, with no key in sight."""

import asyncio
import os

import pytest

from jimmy_ai_openapi_client import AsyncJimmyAI, ConfigurationError, JimmyAI
from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService, mock_api


def test_sync() -> None:
    with mock_api() as mock:
        mock.add("id1", polls=0)
        assert JimmyAI(transport=mock.transport).real_person.status("id1").is_active


def test_async() -> None:
    async def main() -> bool:
        with mock_api() as mock:
            mock.add("id1", polls=0)
            async with AsyncJimmyAI(transport=mock.transport) as jimmy:
                return (await jimmy.real_person.status("id1")).is_active

    assert asyncio.run(main())


def test_options_are_those_of_the_service() -> None:
    with mock_api(api_key="sk-other", clock=FakeClock(), polls=3) as mock:
        assert isinstance(mock, MockService)
        mock.add("id1")
        assert JimmyAI(transport=mock.transport, clock=mock.clock).real_person.wait("id1").is_active
    assert len(mock.requests) == 4


@pytest.mark.parametrize("before", [{}, {"JIMMYAI_API_KEY": "sk-own", "JIMMYAI_BASE_URL": "http://api.example.com"}])
def test_the_environment_is_what_it_was(before: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in before.items():
        monkeypatch.setenv(name, value)
    there = dict(os.environ)
    with mock_api() as mock, mock_api(api_key="sk-inner") as inner:
        assert JimmyAI(transport=inner.transport).real_person.batch_status(["x"]).missing == ("x",)
        assert mock.requests == []
    assert dict(os.environ) == there
    with pytest.raises(ZeroDivisionError), mock_api():
        raise ZeroDivisionError
    assert dict(os.environ) == there
    if not before:
        with pytest.raises(ConfigurationError):
            JimmyAI()
