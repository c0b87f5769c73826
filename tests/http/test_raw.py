"""`.raw`: the generated functions, present and future ones, behave as the hand-written ones do.

That all of them can be called: tests/contract/test_raw.py.
"""

import asyncio
import gzip
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
    JimmyAI,
    JimmyAIError,
)
from jimmy_ai_openapi_client.api.default import query_seedance_sp_real_person_status as query
from jimmy_ai_openapi_client.models import SeedanceSpRealPersonStatusRequest
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock
from jimmy_ai_openapi_client.types import Response

from .service import KEY, Connect, Service, no

BODY = SeedanceSpRealPersonStatusRequest("id1")


@pytest.mark.parametrize("detailed", ["", "_detailed"])
@pytest.mark.parametrize("status", [200, 201, 299])
def test_a_generated_function(connect: Connect, way: str, detailed: str, status: int) -> None:
    """It has retries and typed errors. Other successes are parsed too, of which the generated parser makes None."""
    good = httpx.Response(status, json={"code": 0, "msg": "ok", "data": {"asset_id": "id1", "status": "Active"}})
    service = Service(no(None, status=503), good, no(20001, "expired"))
    client = connect(api_key=KEY, transport=service.transport, clock=FakeClock())
    function: Any = getattr(query, ("sync" if way == "threads" else "asyncio") + detailed)
    answer: Any = client.plain(function(client=client.raw, body=BODY))
    if detailed:
        assert isinstance(answer, Response)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
        assert answer.content.startswith(b'{"code"')
        answer = answer.parsed
    assert (answer.code, answer.msg, answer.data.asset_id) == (0, "ok", "id1")
    with pytest.raises(AuthenticationError, match="expired"):
        client.plain(function(client=client.raw, body=BODY))
    assert [asked.headers["authorization"] for asked in service.asked] == [f"Bearer {KEY}"] * 3


def test_a_function_of_the_other_kind() -> None:
    """The error says which client to take; nothing is sent."""
    service = Service()
    with pytest.raises(ConfigurationError, match="belongs to an AsyncJimmyAI; call sync functions with JimmyAI"):
        query.sync(client=AsyncJimmyAI(api_key=KEY, transport=service.transport).raw, body=BODY)
    with pytest.raises(ConfigurationError, match="belongs to a JimmyAI; call asyncio functions with AsyncJimmyAI"):
        asyncio.run(query.asyncio(client=JimmyAI(api_key=KEY, transport=service.transport).raw, body=BODY))
    assert service.asked == []


CHANGES = ["with_headers", "with_cookies", "with_timeout", "set_httpx_client", "set_async_httpx_client"]


@pytest.mark.parametrize("change", CHANGES)
def test_changes_are_refused(change: str) -> None:
    """The generated methods change the client they are called on; ours stays as it is."""
    jimmy = JimmyAI(api_key=KEY, transport=Service().transport)
    with pytest.raises(ConfigurationError, match="are fixed; use with_options"):
        getattr(jimmy.raw, change)(None)


def test_what_it_is() -> None:
    with JimmyAI(api_key=KEY, base_url="https://gate.example/p/", transport=Service().transport) as jimmy:
        assert isinstance(jimmy.raw, AuthenticatedClient)
        assert "https://gate.example/p" in repr(jimmy.raw)
        assert jimmy.raw.token == "***"
        with jimmy.raw as raw:  # does not close the client
            assert raw is jimmy.raw
        assert jimmy.real_person.status("id1").is_active


Send = Callable[..., httpx.Response]


@pytest.fixture
def send(connect: Connect, way: str) -> Send:
    """Sends a request by the httpx client that a generated function is given."""

    def made(service: Service, method: str, path: Any, *, ours: Any = None, **options: Any) -> httpx.Response:
        client = connect(api_key=KEY, transport=service.transport, clock=FakeClock(), headers=ours)
        http = client.raw.get_httpx_client() if way == "threads" else client.raw.get_async_httpx_client()
        answer: httpx.Response = client.plain(http.request(method, path, **options))
        return answer

    return made


REFUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    "another host": ("https://elsewhere.example/x", {}, "the key goes to https://www\\.jimmyai\\.cn only"),
    "another scheme": ("http://www.jimmyai.cn/x", {}, "the key goes to"),
    "another port": ("https://www.jimmyai.cn:8443/x", {}, "the key goes to"),
    "an option of httpx's": ("/x", {"auth": ("a", "b")}, "auth= is not supported"),
    "redirects": ("/x", {"follow_redirects": True}, "follow_redirects= is not supported"),
    "a path too long": ("/" + "x" * 70_000, {}, "a parameter cannot be sent: URL too long"),
    # What generated code makes of a parameter that is empty, `.` or `..`.
    **{path: (path, {}, "leads to another path") for path in ("/x/../y", "/x/./y", "/x//y", "/x/", "/x/..", "/x/.")},
}


@pytest.mark.parametrize(("url", "options", "problem"), REFUSED.values(), ids=REFUSED)
def test_refused(send: Send, url: str, options: dict[str, Any], problem: str) -> None:
    service = Service()
    with pytest.raises(ConfigurationError, match=problem):
        send(service, "POST", url, **options)
    assert service.asked == []


UNREACHED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


@pytest.mark.parametrize(
    ("method", "trouble", "requests"),
    [*(("POST", kind, 2) for kind in UNREACHED), ("POST", httpx.ReadError, 1), ("GET", httpx.ReadError, 2)],
)
def test_what_is_known_of_an_operation_decides_whether_it_is_sent_again(
    send: Send, method: str, trouble: type[httpx.TransportError], requests: int
) -> None:
    service = Service(trouble("x"), no(30000))
    with pytest.raises(JimmyAIError) as caught:
        send(service, method, "/api/open-api/v1/videos/submit")
    assert (len(service.asked), caught.value.attempts) == (requests, requests)
    assert caught.value.operation == "videos/submit"


def test_an_answer_is_handed_on_as_it_is(send: Send) -> None:
    """Its status and its data may be anything; the code must be a success."""
    body = {"code": "20000", "data": [1, {"b": [None]}], "new": 1.5}
    service = Service(httpx.Response(201, json=body), httpx.Response(200, json={"data": 1}))
    answer = send(service, "POST", "/files", json={"asset_id": "x"}, follow_redirects=False)
    assert (answer.status_code, answer.json()) == (201, body)
    with pytest.raises(APIResponseError):
        send(service, "POST", "/files")


@pytest.mark.parametrize("given", ["content", "stream"])
def test_an_answer_was_decompressed(send: Send, given: str) -> None:
    """By us, or by a transport that answers from memory; its headers say so."""
    body = b'{"code": 0}'
    packed = gzip.compress(body)
    headers = {"content-encoding": "gzip", "content-length": str(len(packed)), "transfer-encoding": "chunked"}
    content: Any = packed if given == "content" else httpx.ByteStream(packed)
    answer = send(Service(lambda _: httpx.Response(200, headers=headers, **{given: content})), "GET", "/x")
    assert answer.content == body
    assert dict(answer.headers) == {"content-length": str(len(body))}


@pytest.mark.parametrize("path", ["/videos/a%0Ab", "/videos/a%1b%5B31m", "/a%E2%80%A8b", "/", "/videos/%F0%9F"])
def test_whatever_the_path_holds_an_error_is_one_line(send: Send, path: str) -> None:
    """Path parameters come from callers."""
    with pytest.raises(APIStatusError) as caught:
        send(Service(no(30000)), "GET", path)
    assert str(caught.value).isprintable()


def test_an_upload_goes_out_as_it_is(send: Send) -> None:
    """Its body is a stream, which is not read before it is sent; and the whole address is as good as a path."""
    service = Service()
    address = httpx.URL("https://www.jimmyai.cn/files/upload")
    send(service, "POST", address, files={"file": ("a.png", b"\x89PNG")})
    assert service.asked[0].url == address
    assert service.asked[0].headers["content-type"].startswith("multipart/form-data; boundary=")
    assert b'name="file"; filename="a.png"' in service.asked[0].body
    assert b"\x89PNG" in service.asked[0].body


@pytest.mark.parametrize("options", [{"json": {}}, {"params": {"a": 1}}], ids=["generated", "other"])
def test_a_header_of_any_case_replaces_ours(send: Send, options: dict[str, Any]) -> None:
    service, ours = Service(), {"USER-AGENT": "mine", "X-Trace": "1"}
    answer = send(service, "POST", "/x", ours=ours, headers={"x-trace": "2"}, **options)
    names = [name.lower() for name, _ in answer.request.headers.raw]
    assert len(names) == len(set(names))
    assert (service.asked[0].headers["User-Agent"], service.asked[0].headers["X-Trace"]) == ("mine", "2")
