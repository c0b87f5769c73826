"""`.raw`: every generated function, the present ones and those to come, behaves as the hand-written ones do."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import (
    APIStatusError,
    AsyncJimmyAI,
    AuthenticatedClient,
    AuthenticationError,
    ConfigurationError,
    InternalServerError,
    JimmyAI,
)
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock
from jimmy_ai_openapi_client.types import Response

from .operations import arguments, functions
from .service import KEY, Service, no

SYNC = functions("sync", "sync_detailed")
ASYNC = functions("asyncio", "asyncio_detailed")
Function = Callable[..., Any]


def called(name: str, service: Service, **options: Any) -> Any:
    """What the generated function gives with `client=jimmy.raw`, whichever way it does its I/O."""
    options = {"api_key": KEY, "transport": service.transport, "clock": FakeClock(), **options}

    async def main() -> Any:
        async with AsyncJimmyAI(**options) as jimmy:
            return await ASYNC[name](client=jimmy.raw, **arguments(ASYNC[name]))

    if name in ASYNC:
        return asyncio.run(main())
    with JimmyAI(**options) as jimmy:
        return SYNC[name](client=jimmy.raw, **arguments(SYNC[name]))


def test_all_are_found() -> None:
    assert len(SYNC) == len(ASYNC) >= 4


@pytest.mark.parametrize("name", [*SYNC, *ASYNC])
def test_an_answer(name: str) -> None:
    service = Service()
    answer = called(name, service)
    if name.endswith("detailed"):
        assert isinstance(answer, Response)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
        assert answer.content.startswith(b'{"code"')
        answer = answer.parsed
    assert (answer.code, answer.msg) == (0, "ok")
    assert service.asked[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("name", [*SYNC, *ASYNC])
def test_retries_and_typed_errors(name: str) -> None:
    """What may change something is not sent again."""
    service = Service(no(None, status=503), no(20001, "expired"))
    with pytest.raises(APIStatusError) as caught:
        called(name, service)
    once = service.asked[0].is_other and service.asked[0].method == "POST"
    kind, attempts = (InternalServerError, 1) if once else (AuthenticationError, 2)
    assert (type(caught.value), caught.value.attempts, len(service.asked)) == (kind, attempts, attempts)
    assert once or caught.value.msg == "expired"


@pytest.mark.parametrize("name", [*SYNC, *ASYNC])
@pytest.mark.parametrize("status", [301, 404, 418, 520, 561, 599, 999])
def test_no_status_is_too_odd(name: str, status: int) -> None:
    """The generated parser would raise ValueError for most of them."""
    service = Service(httpx.Response(status, text="<html>"))
    with pytest.raises(APIStatusError) as caught:
        called(name, service, max_retries=0)
    assert caught.value.status_code == status


@pytest.mark.parametrize("name", [*SYNC, *ASYNC])
@pytest.mark.parametrize("status", [201, 203, 226, 299])
def test_other_successes_are_parsed_too(name: str, status: int) -> None:
    """The generated parser would give None, and does for operations whose other successes may be documented."""
    service = Service(lambda asked: httpx.Response(status, content=Service().usual(asked).content))
    answer = called(name, service)
    parsed = answer.parsed if name.endswith("detailed") else answer
    assert service.asked[0].is_other or parsed.code == 0


@pytest.mark.parametrize("name", SYNC)
def test_sync_function_of_an_asyncio_client(name: str) -> None:
    """The error says which client to take."""
    service = Service()
    with pytest.raises(ConfigurationError, match=r"belongs to an AsyncJimmyAI; call sync functions with JimmyAI"):
        SYNC[name](client=AsyncJimmyAI(api_key=KEY, transport=service.transport).raw, **arguments(SYNC[name]))
    assert service.asked == []


@pytest.mark.parametrize("name", ASYNC)
def test_asyncio_function_of_a_sync_client(name: str) -> None:
    service = Service()
    with pytest.raises(ConfigurationError, match=r"belongs to a JimmyAI; call asyncio functions with AsyncJimmyAI"):
        asyncio.run(ASYNC[name](client=JimmyAI(api_key=KEY, transport=service.transport).raw, **arguments(ASYNC[name])))
    assert service.asked == []


CHANGES: dict[str, Callable[[AuthenticatedClient], object]] = {
    "with_headers": lambda raw: raw.with_headers({"X-New": "1"}),
    "with_cookies": lambda raw: raw.with_cookies({"new": "1"}),
    "with_timeout": lambda raw: raw.with_timeout(httpx.Timeout(1)),
    "set_httpx_client": lambda raw: raw.set_httpx_client(httpx.Client()),
    "set_async_httpx_client": lambda raw: raw.set_async_httpx_client(httpx.AsyncClient()),
}


@pytest.mark.parametrize("change", CHANGES)
def test_changes_are_refused(change: str) -> None:
    """The generated methods change the client they are called on; ours stays as it is."""
    service = Service()
    with JimmyAI(api_key=KEY, transport=service.transport) as jimmy:
        with pytest.raises(ConfigurationError):
            CHANGES[change](jimmy.raw)
        jimmy.real_person.status("id1")
    assert "x-new" not in service.asked[0].headers
    assert "cookie" not in service.asked[0].headers


def test_what_it_is() -> None:
    raw = JimmyAI(api_key=KEY, base_url="https://gate.example/p/").raw
    assert isinstance(raw, AuthenticatedClient)
    assert "https://gate.example/p" in repr(raw)
    assert KEY not in repr(raw)
    assert raw.token == "***"


def test_its_with_block_does_not_close_the_client() -> None:
    with JimmyAI(api_key=KEY, transport=Service().transport) as jimmy:
        with jimmy.raw as raw:
            assert raw is jimmy.raw
        assert jimmy.real_person.status("id1").is_active
