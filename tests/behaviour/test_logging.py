"""The log: one debug line a request, one info line a retry, nothing else, and nothing that is anybody's business."""

import asyncio
import logging
import re

import httpx
import pytest

from jimmy_ai_openapi_client import AsyncJimmyAI, JimmyAIError
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock

from .server import served
from .service import KEY, Asked, Connect, Service, asset, items, no, ok

NAME = "jimmy_ai_openapi_client"
PRIVATE = {
    "name": "Jane Doe",
    "url": "https://cdn.example/portrait.jpg",
    "asset_ref": "asset://secret-ref",
    "new": "field",
}


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """All our records, from DEBUG on."""
    caplog.set_level(logging.DEBUG, logger=NAME)
    return caplog


def told(lines: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    return [(record.levelname, record.getMessage()) for record in lines.records if record.name.startswith(NAME)]


def test_one_line_a_request(connect: Connect, lines: pytest.LogCaptureFixture) -> None:
    connect(transport=Service().transport, clock=FakeClock()).real_person.status("id1")
    assert told(lines) == [("DEBUG", "realperson/status: HTTP 200, code 0, 0 ms, attempt 1")]


def test_milliseconds_are_the_request_s(connect: Connect, lines: pytest.LogCaptureFixture) -> None:
    """Pauses between attempts are not counted."""
    clock = FakeClock()

    def slow(asked: Asked) -> httpx.Response:
        clock.advance(0.25)
        return no(None, status=503) if len(service.asked) == 1 else Service().usual(asked)

    service = Service(slow, slow)
    connect(transport=service.transport, clock=clock).real_person.status("id1")
    assert told(lines) == [
        ("DEBUG", "realperson/status: HTTP 503, code None, 250 ms, attempt 1"),
        ("INFO", "realperson/status: InternalServerError (HTTP 503, code None), attempt 1, again in 0.4 s"),
        ("DEBUG", "realperson/status: HTTP 200, code 0, 250 ms, attempt 2"),
    ]


def reset(_: Asked) -> httpx.Response:
    raise httpx.ReadError("reset https://www.jimmyai.cn")


def test_every_way_to_end(connect: Connect, lines: pytest.LogCaptureFixture) -> None:
    service = Service(reset, no("-1"), httpx.Response(200), no(20001))
    with pytest.raises(JimmyAIError):
        connect(transport=service.transport, clock=FakeClock()).real_person.status("id1")
    assert told(lines) == [
        ("DEBUG", "realperson/status: HTTP None, code None, 0 ms, attempt 1"),
        ("INFO", "realperson/status: APIConnectionError (HTTP None, code None), attempt 1, again in 0.4 s"),
        ("DEBUG", "realperson/status: HTTP 200, code -1, 0 ms, attempt 2"),
        ("INFO", "realperson/status: InternalServerError (HTTP 200, code -1), attempt 2, again in 11.2 s"),
        ("DEBUG", "realperson/status: HTTP 200, code None, 0 ms, attempt 3"),
        ("INFO", "realperson/status: APIResponseError (HTTP 200, code None), attempt 3, again in 1.8 s"),
        ("DEBUG", "realperson/status: HTTP 200, code 20001, 0 ms, attempt 4"),
    ]


def test_batches(connect: Connect, lines: pytest.LogCaptureFixture) -> None:
    service = Service(malformed=["id3"])
    client = connect(transport=service.transport, clock=FakeClock(), batch_size=2, concurrency=1)
    client.real_person.batch_status([f"id{number}" for number in range(5)])
    codes = [
        code for _, line in told(lines) for code in re.findall(r"^realperson/batch-status: HTTP 200, code (\d+),", line)
    ]
    assert len(told(lines)) == len(codes) == len(service.asked)
    assert codes == ["0", "20002", "0", "20002", "0"]


def test_items_that_were_not_asked_for(connect: Connect, lines: pytest.LogCaptureFixture) -> None:
    """One line for all of them, without saying which."""
    answer = items(asset("id1"), asset("stranger-1"), asset("stranger-2"))
    connect(transport=Service(answer).transport, clock=FakeClock()).real_person.batch_status(["id1"])
    assert told(lines)[1:] == [("DEBUG", "realperson: 2 assets that were not asked for are left out")]


def test_nothing_private(connect: Connect, lines: pytest.LogCaptureFixture) -> None:
    """Not in the lines, nor in what hangs on their records for handlers that print more."""
    lines.set_level(logging.DEBUG)
    service = Service(
        ok(asset("id1", **PRIVATE)),
        items(asset("id1", **PRIVATE)),
        no(30001, f"words of the service {KEY}"),
        httpx.Response(302, headers={"location": f"https://portal.example/?{KEY}"}),
    )
    client = connect(api_key=KEY, transport=service.transport, clock=FakeClock())
    client.real_person.status("id1")
    client.real_person.batch_status(["id1"])
    for _ in range(2):
        with pytest.raises(JimmyAIError):
            client.real_person.status("id1")
    records = [vars(record) for record in lines.records if record.name.startswith(NAME)]
    assert len(records) == 4
    for private in (KEY, "words of the service", "portal.example", "jimmyai.cn", *PRIVATE.values()):
        assert private not in str(records)
    assert KEY not in lines.text


def test_other_libraries_do_not_log_the_key_either(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    """One of them logs a server's reason phrase; other lines of theirs stay as they are."""
    caplog.set_level(logging.DEBUG)
    with served() as server:
        server.reason = f"no {KEY}"
        server.version = "HTTP/1.0"  # which is left to httpcore
        connect(api_key=KEY, base_url=server.base_url).real_person.status("id1")
    theirs = [record.getMessage() for record in caplog.records if record.name.startswith("httpcore")]
    assert any("no ***" in line for line in theirs)
    assert KEY not in str([vars(record) for record in caplog.records])
    logging.getLogger("httpx").info("%s is %d", "one", 1)
    assert caplog.records[-1].args == ("one", 1)


def test_nothing_when_nothing_is_sent(connect: Connect, lines: pytest.LogCaptureFixture) -> None:
    client = connect(transport=Service().transport)
    client.real_person.batch_status([])
    with pytest.raises(ValueError, match="blank"):
        client.real_person.status("")
    client.close()
    with pytest.raises(JimmyAIError):
        client.real_person.status("id1")
    assert told(lines) == []


def test_the_application_decides_where_it_goes() -> None:
    """A library adds no handler and sets no level."""
    logger = logging.getLogger(NAME)
    assert (logger.handlers, logger.level, logger.propagate) == ([], logging.NOTSET, True)


def test_many_tasks(lines: pytest.LogCaptureFixture) -> None:
    async def main() -> None:
        async with AsyncJimmyAI(api_key=KEY, transport=Service().transport) as jimmy:
            await asyncio.gather(*(jimmy.real_person.status(f"id{number}") for number in range(20)))

    asyncio.run(main())
    assert len(told(lines)) == 20
