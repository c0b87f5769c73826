"""`.raw`: every generated function, the present ones and those to come, behaves as the hand-written ones do."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import (
    APIResponseError,
    APIStatusError,
    AsyncJimmyAI,
    AuthenticatedClient,
    AuthenticationError,
    ConfigurationError,
    InternalServerError,
    JimmyAI,
    JimmyAIError,
)
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock
from jimmy_ai_openapi_client.types import Response

from .operations import arguments, functions
from .service import KEY, Connect, Service, no

SYNC = functions("sync", "sync_detailed")
ASYNC = functions("asyncio", "asyncio_detailed")
names = pytest.mark.parametrize("name", [*SYNC, *ASYNC])


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


@names
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


@names
def test_retries_and_typed_errors(name: str) -> None:
    """What may change something is not sent again."""
    service = Service(no(None, status=503), no(20001, "expired"))
    with pytest.raises(APIStatusError) as caught:
        called(name, service)
    once = service.asked[0].is_other and service.asked[0].method == "POST"
    kind, attempts = (InternalServerError, 1) if once else (AuthenticationError, 2)
    assert (type(caught.value), caught.value.attempts, len(service.asked)) == (kind, attempts, attempts)
    assert once or caught.value.msg == "expired"


@names
@pytest.mark.parametrize("status", [201, 299])
def test_other_successes_are_parsed_too(name: str, status: int) -> None:
    """The generated parser would give None, and does for operations whose other successes may be documented."""
    service = Service(lambda asked: httpx.Response(status, content=Service().usual(asked).content))
    answer = called(name, service)
    parsed = answer.parsed if name.endswith("detailed") else answer
    assert service.asked[0].is_other or parsed.code == 0


def test_a_function_of_the_other_kind() -> None:
    """The error says which client to take; nothing is sent."""
    sync, other, service = next(iter(SYNC.values())), next(iter(ASYNC.values())), Service()
    with pytest.raises(ConfigurationError, match="belongs to an AsyncJimmyAI; call sync functions with JimmyAI"):
        sync(client=AsyncJimmyAI(api_key=KEY, transport=service.transport).raw, **arguments(sync))
    with pytest.raises(ConfigurationError, match="belongs to a JimmyAI; call asyncio functions with AsyncJimmyAI"):
        asyncio.run(other(client=JimmyAI(api_key=KEY, transport=service.transport).raw, **arguments(other)))
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
        with pytest.raises(ConfigurationError, match="are fixed; use with_options"):
            CHANGES[change](jimmy.raw)
        jimmy.real_person.status("id1")
    assert not {"x-new", "cookie"}.intersection(service.asked[0].headers)


def test_what_it_is() -> None:
    with JimmyAI(api_key=KEY, base_url="https://gate.example/p/", transport=Service().transport) as jimmy:
        assert isinstance(jimmy.raw, AuthenticatedClient)
        assert "https://gate.example/p" in repr(jimmy.raw)
        assert KEY not in repr(jimmy.raw)
        assert jimmy.raw.token == "***"
        with jimmy.raw as raw:  # does not close the client
            assert raw is jimmy.raw
        assert jimmy.real_person.status("id1").is_active


def sent(connect: Connect, service: Service, method: str, path: str, **options: Any) -> httpx.Response:
    """What the httpx client that a generated function is given makes of a request."""
    client = connect(api_key=KEY, transport=service.transport, clock=FakeClock())
    jimmy: Any = getattr(client, "target", client)
    if isinstance(jimmy, JimmyAI):
        return jimmy.raw.get_httpx_client().request(method, path, **options)
    answer: httpx.Response = client._runner.run(jimmy.raw.get_async_httpx_client().request(method, path, **options))
    return answer


def reset(_: object) -> httpx.Response:
    raise httpx.ReadError("reset")


def unreached(_: object) -> httpx.Response:
    raise httpx.ConnectError("refused")


@pytest.mark.parametrize(
    ("method", "trouble", "requests"), [("POST", unreached, 2), ("POST", reset, 1), ("GET", reset, 2)]
)
def test_what_is_known_of_an_operation_decides_whether_it_is_sent_again(
    connect: Connect, method: str, trouble: Any, requests: int
) -> None:
    service = Service(trouble, no(30000))
    with pytest.raises(JimmyAIError) as caught:
        sent(connect, service, method, "/api/open-api/v1/videos/submit")
    assert (len(service.asked), caught.value.attempts) == (requests, requests)
    assert caught.value.operation == "videos/submit"


def test_an_answer_is_handed_on_as_it_is(connect: Connect) -> None:
    """Its data may be anything; only null members are dropped, and the code must be a success."""
    body = {"code": "20000", "data": [1, {"a": None, "b": [None]}], "msg": None, "new": 1.5}
    service = Service(httpx.Response(201, json=body), httpx.Response(200, text='{"data": 1}'))
    answer = sent(connect, service, "POST", "/files", json={"asset_id": "x"})
    assert (answer.status_code, answer.json()) == (201, {"code": "20000", "data": [1, {"b": [None]}], "new": 1.5})
    with pytest.raises(APIResponseError):
        sent(connect, service, "POST", "/files")


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/x", "http://www.jimmyai.cn/x", "https://www.jimmyai.cn:8443/x"]
)
def test_the_key_goes_to_the_service_only(connect: Connect, url: str) -> None:
    """A generated function sends to base_url; what is asked of the same httpx client goes there or nowhere."""
    service = Service()
    with pytest.raises(ConfigurationError, match="the key goes to https://www\\.jimmyai\\.cn only"):
        sent(connect, service, "GET", url)
    assert service.asked == []


@pytest.mark.parametrize("path", ["/videos/a%0Ab", "/videos/a%1b%5B31m", "/a%E2%80%A8b", "/", "/x", "/videos/%F0%9F"])
def test_whatever_the_path_holds_an_error_is_one_line(connect: Connect, path: str) -> None:
    """Path parameters come from callers."""
    with pytest.raises(APIStatusError) as caught:
        sent(connect, Service(no(30000)), "GET", path)
    assert str(caught.value).isprintable()


def test_an_upload_goes_out_as_it_is(connect: Connect) -> None:
    """Its body is a stream, which is not read before it is sent."""
    bodies = []

    def note(request: httpx.Request) -> httpx.Response:
        bodies.append((request.headers["content-type"], request.content))
        return httpx.Response(200, json={"code": 0})

    service = Service()
    service.transport = httpx.MockTransport(note)
    sent(connect, service, "POST", "/files/upload", files={"file": ("a.png", b"\x89PNG")})
    [(kind, body)] = bodies
    assert kind.startswith("multipart/form-data; boundary=")
    assert b'name="file"; filename="a.png"' in body
    assert b"\x89PNG" in body


def test_an_option_that_is_not_supported(connect: Connect) -> None:
    service = Service()
    with pytest.raises(ConfigurationError, match="auth= is not supported"):
        sent(connect, service, "GET", "/x", auth=("a", "b"))
    assert service.asked == []


def test_a_parameter_that_no_address_can_hold(connect: Connect) -> None:
    service = Service()
    with pytest.raises(ConfigurationError, match="a parameter cannot be sent: URL too long"):
        sent(connect, service, "GET", "/" + "x" * 70_000)
    assert service.asked == []


@pytest.mark.filterwarnings("ignore:Setting per-request cookies:DeprecationWarning")
def test_what_no_request_can_carry(connect: Connect) -> None:
    """Python's own error says why; it is a ValueError, as any wrong argument."""
    service = Service()
    with pytest.raises(UnicodeEncodeError):
        sent(connect, service, "GET", "/x", cookies={"who": "人"})
    assert service.asked == []


@pytest.mark.parametrize("path", ["/x/../y", "/x/./y", "/x//y", "/x/", "/x/..", "/x/."])
def test_a_part_of_a_path_that_leads_elsewhere(connect: Connect, path: str) -> None:
    """What generated code makes of a parameter that is empty, `.` or `..`."""
    service = Service()
    with pytest.raises(ConfigurationError, match="leads to another path"):
        sent(connect, service, "POST", path, json={})
    assert service.asked == []
