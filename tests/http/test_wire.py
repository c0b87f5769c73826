"""What goes over the wire, and what does not."""

import platform
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from jimmy_ai_openapi_client import APITimeoutError, JimmyAIError, __version__
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


@pytest.mark.parametrize(("timeout", "connecting"), [(30.0, 5.0), (2.0, 2.0)])
def test_each_attempt_has_its_time_and_at_most_five_seconds_to_connect(
    connect: Connect, timeout: float, connecting: float
) -> None:
    """As httpx's own timeouts, which come first: they tell connecting from reading."""
    seen: list[dict[str, float]] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request.extensions["timeout"])
        return Service().handle(request)

    connect(transport=httpx.MockTransport(handle), timeout=timeout).real_person.status("id1")
    assert seen == [{"connect": connecting, "read": timeout, "write": timeout, "pool": timeout}]


@pytest.mark.parametrize(("step", "late"), [(10.0, False), (10.1, True)])
def test_an_answer_that_drips_ends_with_the_attempt_whatever_the_transport(
    connect: Connect, step: float, late: bool
) -> None:
    """One read that was late already is allowed, for it may be the last."""
    clock, content = FakeClock(), ok(asset("id1")).content

    class Dripping(httpx.SyncByteStream, httpx.AsyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            for chunk in (content[:10], content[10:20], content[20:30], content[30:]):
                yield chunk
                clock.advance(step)

        async def __aiter__(self) -> AsyncIterator[bytes]:
            for chunk in self:
                yield chunk

    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=Dripping()))
    client = connect(transport=transport, clock=clock, timeout=20.0 if late else 30.0, max_retries=0)
    if late:
        with pytest.raises(APITimeoutError, match="the answer took too long"):
            client.real_person.status("id1")
    else:
        assert client.real_person.status("id1").is_active
