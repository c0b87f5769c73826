"""The log: what policy/test_retry.py says, nothing else, and nothing that is anybody's business."""

import logging

import httpx
import pytest

from jimmy_ai_openapi_client import JimmyAIError
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock

from .server import Send, Server
from .service import KEY, Connect, Service, asset, items, no, ok

NAME = "jimmy_ai_openapi_client"
PRIVATE = {"name": "Jane Doe", "url": "https://cdn.example/portrait.jpg", "asset_ref": "asset://secret", "new": "field"}


def test_nothing_private(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    """Not in the lines, nor in what hangs on their records for handlers that print more."""
    caplog.set_level(logging.DEBUG)
    service = Service(
        ok(asset("id1", **PRIVATE)),
        items(asset("id1", **PRIVATE)),
        no(30001, f"words of the service {KEY}"),
        httpx.Response(302, headers={"location": f"https://portal.example/?{KEY}"}),
    )
    client = connect(api_key=KEY, transport=service.transport, clock=FakeClock())
    client.real_person.batch_status([])
    client.real_person.status("id1")
    client.real_person.batch_status(["id1"])
    for _ in range(2):
        with pytest.raises(JimmyAIError):
            client.real_person.status("id1")
    records = [vars(record) for record in caplog.records if record.name.startswith(NAME)]
    assert len(records) == len(service.asked) == 4
    for private in (KEY, "words of the service", "portal.example", "jimmyai.cn", *PRIVATE.values()):
        assert private not in str(records)
    assert KEY not in caplog.text


@pytest.mark.wire
def test_other_libraries_do_not_log_the_key_either(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    """One of them logs a server's reason phrase; other lines of theirs stay as they are."""
    caplog.set_level(logging.DEBUG)
    good = ok(asset("id1")).content
    answer = b"HTTP/1.1 200 no %s\r\nContent-Length: %d\r\n\r\n%s" % (KEY.encode(), len(good), good)
    with Server((Send(answer),)) as server:
        connect(api_key=KEY, base_url=server.url).real_person.status("id1")
    assert "no ***" in caplog.text
    assert KEY not in str([vars(record) for record in caplog.records])
    logging.getLogger("httpx").info("%s is %d", "one", 1)
    assert caplog.records[-1].args == ("one", 1)


def test_the_application_decides_where_it_goes() -> None:
    """A library adds no handler and sets no level."""
    logger = logging.getLogger(NAME)
    assert (logger.handlers, logger.level, logger.propagate) == ([], logging.NOTSET, True)
