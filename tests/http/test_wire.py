"""What goes over the wire, and what does not."""

import platform
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from jimmy_ai_openapi_client import APIResponseError, JimmyAIError, __version__
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock

from .service import KEY, Connect, Service, asset, no, ok


def test_headers(connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """These and no others, the same for every attempt: no cookie is kept, and no netrc replaces the key."""
    (tmp_path / "netrc").write_text("machine www.jimmyai.cn login someone password else\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    cookie = {"set-cookie": "session=1; Path=/; Domain=www.jimmyai.cn"}
    service = Service(no(None, status=503, **cookie), ok(asset("id1"), **cookie))
    client = connect(api_key=KEY, transport=service.transport, clock=FakeClock())
    client.real_person.status("id1")
    client.real_person.batch_status(["id1", "id2"])
    assert len(service.asked) == 3
    for asked in service.asked:
        assert int(asked.headers.pop("content-length")) > 0
        assert dict(asked.headers) == {
            "host": "www.jimmyai.cn",
            "authorization": f"Bearer {KEY}",
            "content-type": "application/json",
            "accept": "application/json",
            "accept-encoding": "gzip",
            "connection": "keep-alive",
            "user-agent": (
                f"jimmy-ai-openapi-client/{__version__} python/{platform.python_version()} httpx/{httpx.__version__}"
            ),
        }


@pytest.mark.parametrize(
    "trouble", [None, httpx.ReadError("x"), OSError("x"), KeyboardInterrupt("x"), LookupError("x")], ids=repr
)
def test_the_key_is_on_the_request_only_while_it_is_sent(connect: Connect, trouble: BaseException | None) -> None:
    """Afterwards nothing that holds the request holds the key."""
    requests: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"] == f"Bearer {KEY}"
        requests.append(request)
        if trouble:
            raise trouble
        return Service().handle(request)

    with suppress(JimmyAIError, KeyboardInterrupt):
        connect(api_key=KEY, transport=httpx.MockTransport(handle), max_retries=0).real_person.status("id1")
    assert ["authorization" in request.headers for request in requests] == [False]


def test_an_answer_is_read_no_further_than_it_must_be(connect: Connect, way: str) -> None:
    """Not by httpx either."""
    read: list[int] = []

    def body() -> Iterator[bytes]:
        for mebibyte in range(100):
            read.append(mebibyte)
            yield bytes(1 << 20)

    async def abody() -> AsyncIterator[bytes]:
        for chunk in body():
            yield chunk

    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=body() if way == "threads" else abody()))
    with pytest.raises(APIResponseError, match="more than 4194304 bytes"):
        connect(transport=transport).real_person.status("id1")
    assert read == [0, 1, 2, 3, 4]
