"""Operations that are not known to be reads: what `.raw` does for functions the generator may write one day."""

import asyncio
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import (
    APIConnectionError,
    APIResponseError,
    APIStatusError,
    AsyncJimmyAI,
    ConfigurationError,
    InternalServerError,
    JimmyAI,
    JimmyAIError,
)
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock

from .service import KEY, Asked, Service, no


def sent(service: Service, way: str, method: str, path: str, **body: Any) -> httpx.Response:
    """What the httpx client that a generated function is given makes of a request."""
    options: dict[str, Any] = {"api_key": KEY, "transport": service.transport, "clock": FakeClock()}

    async def main() -> httpx.Response:
        async with AsyncJimmyAI(**options) as jimmy:
            return await jimmy.raw.get_async_httpx_client().request(method, path, **body)

    if way == "asyncio":
        return asyncio.run(main())
    with JimmyAI(**options) as jimmy:
        return jimmy.raw.get_httpx_client().request(method, path, **body)


both = pytest.mark.parametrize("way", ["threads", "asyncio"])


def refused(_: Asked) -> httpx.Response:
    raise httpx.ConnectError("refused")


def reset(_: Asked) -> httpx.Response:
    raise httpx.ReadError("reset")


AGAIN: list[tuple[str, Any, int]] = [
    ("POST", refused, 2),  # it never reached the service
    ("POST", no(None, status=429), 2),
    ("POST", reset, 1),  # it may have: a submission would be made twice
    ("POST", no(None, status=503), 1),
    ("POST", no(-1), 1),
    ("POST", httpx.Response(200), 1),
    ("PUT", reset, 1),
    ("DELETE", reset, 1),
    ("PATCH", no(None, status=500), 1),
    ("GET", reset, 2),
    ("GET", no(None, status=503), 2),
    ("HEAD", no(-1), 2),
]


@both
@pytest.mark.parametrize(("method", "trouble", "requests"), AGAIN, ids=str)
def test_sent_again(way: str, method: str, trouble: Any, requests: int) -> None:
    service = Service(trouble, no(30000))
    with pytest.raises(JimmyAIError) as caught:
        sent(service, way, method, "/api/open-api/v1/videos/submit")
    assert (len(service.asked), caught.value.attempts) == (requests, requests)
    assert caught.value.operation == "videos/submit"


@both
def test_another_method_on_a_known_path_is_no_read(way: str) -> None:
    service = Service(reset)
    with pytest.raises(APIConnectionError):
        sent(service, way, "PUT", "/api/open-api/v1/seedance/sp/realperson/status", json={"asset_id": "id1"})
    assert len(service.asked) == 1


@both
def test_an_answer_is_handed_on_as_it_is(way: str) -> None:
    """Its data may be anything; only null members are dropped, and the code must be a success."""
    body = {"code": "20000", "data": [1, {"a": None, "b": [None]}], "msg": None, "new": 1.5}
    answer = sent(Service(httpx.Response(201, json=body)), way, "POST", "/files", json={"asset_id": "x"})
    assert (answer.status_code, answer.json()) == (201, {"code": "20000", "data": [1, {"b": [None]}], "new": 1.5})


@both
@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"data": 1}', b"<html>"], ids=repr)
def test_an_answer_without_envelope_is_refused(way: str, body: bytes) -> None:
    with pytest.raises(APIResponseError):
        sent(Service(httpx.Response(200, content=body)), way, "POST", "/files")


@both
@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/x", "http://www.jimmyai.cn/x", "https://www.jimmyai.cn:8443/x"]
)
def test_the_key_goes_to_the_service_only(way: str, url: str) -> None:
    """A generated function sends to base_url; what is asked of the same httpx client goes there or nowhere."""
    service = Service()
    with pytest.raises(ConfigurationError, match="the key goes to https://www\\.jimmyai\\.cn only"):
        sent(service, way, "GET", url)
    assert service.asked == []


PATHS = ["/videos/a%0Ab", "/videos/a%1b%5B31m", "/a%E2%80%A8b", "/", "/x", "/videos/%F0%9F"]


@both
@pytest.mark.parametrize("path", PATHS)
def test_whatever_the_path_holds_an_error_is_one_line(way: str, path: str) -> None:
    """Path parameters come from callers."""
    with pytest.raises(APIStatusError) as caught:
        sent(Service(no(30000)), way, "GET", path)
    assert str(caught.value).isprintable()


@both
def test_an_upload_goes_out_as_it_is(way: str) -> None:
    """Its body is a stream, which is not read before it is sent."""
    bodies = []

    def note(request: httpx.Request) -> httpx.Response:
        bodies.append((request.headers["content-type"], request.content))
        return httpx.Response(200, json={"code": 0})

    service = Service()
    service.transport = httpx.MockTransport(note)
    sent(service, way, "POST", "/files/upload", files={"file": ("a.png", b"\x89PNG")})
    [(kind, body)] = bodies
    assert kind.startswith("multipart/form-data; boundary=")
    assert b'name="file"; filename="a.png"' in body
    assert b"\x89PNG" in body


@both
@pytest.mark.filterwarnings("ignore:Setting per-request cookies:DeprecationWarning")
def test_a_parameter_that_no_request_can_carry(way: str) -> None:
    service = Service()
    with pytest.raises(ConfigurationError, match="a parameter cannot be sent"):
        sent(service, way, "GET", "/x", cookies={"who": "人"})
    assert service.asked == []


@both
@pytest.mark.parametrize("path", ["/x/../y", "/x/./y", "/x//y", "/x/", "/x/..", "/x/."])
def test_a_part_of_a_path_that_leads_elsewhere(way: str, path: str) -> None:
    """What generated code makes of a parameter that is empty, `.` or `..`."""
    service = Service()
    with pytest.raises(ConfigurationError, match="leads to another path"):
        sent(service, way, "POST", path, json={})
    assert service.asked == []


@both
def test_an_operation_is_known_by_its_whole_path(way: str) -> None:
    """Another one that ends like a query may change something."""
    service = Service(no(None, status=503))
    with pytest.raises(InternalServerError):
        sent(service, way, "POST", "/api/open-api/v2/other/realperson/status", json={})
    assert len(service.asked) == 1
    service = Service(httpx.Response(200, json={"code": 0, "data": [1]}))
    assert sent(service, way, "POST", "/api/open-api/v2/other/realperson/status", json={}).json()["data"] == [1]
