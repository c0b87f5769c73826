"""The key is seen nowhere: whatever hangs on a client, an answer, an error or the log is searched for it."""

import logging
import pickle
import pprint
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import attrs
import httpx
import pytest

from jimmy_ai_openapi_client import JimmyAI, JimmyAIError
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock

from .search import holders, shown_anywhere
from .server import Send, Server
from .service import KEY, Connect, Service, asset, items, no, ok


def test_a_client(connect: Connect) -> None:
    """Used and unused: no repr, no attribute, no closure; one object keeps it, and does not show it."""
    forgetful = httpx.MockTransport(lambda request: Service().handle(request))
    client: Any = connect(api_key=KEY, transport=forgetful)
    owner: Any = client.target
    assert holders(owner, KEY, keeper=type(None)), "else the search proves nothing"
    for _ in range(2):
        for each in (owner, owner.with_options(timeout=1), owner.raw, owner.real_person):
            assert not holders(each, KEY)
            assert KEY not in f"{each!r}{each}{pprint.pformat(vars(each) if hasattr(each, '__dict__') else each)}"
        assert KEY not in repr(attrs.asdict(owner.raw, recurse=False))
        client.real_person.batch_status(["id1", "id2"])


@pytest.mark.wire
def test_a_client_with_real_connections(connect: Connect) -> None:
    """Kept connections keep no request; answers keep nothing of one."""
    with Server() as server:
        client = connect(api_key=KEY, base_url=server.url)
        assert not holders(client.real_person.status("id1"), KEY)
        answer = client.real_person.batch_status(["id1", "id2"])
        assert server.open_connections(at_most=1) == 1
        assert not holders(client.target, KEY)
        assert not holders(answer, KEY)
        assert KEY.encode() not in pickle.dumps(answer)


STATUS: Callable[[Any], Any] = lambda real_person: real_person.status("id1")
BATCH: Callable[[Any], Any] = lambda real_person: real_person.batch_status(["id1", "id2"])
RAISED: dict[str, tuple[Callable[[Any], Any], list[Any]]] = {
    "broken": (STATUS, [OSError(5, f"broken {KEY}")]),
    "timeout": (STATUS, [httpx.ReadTimeout(KEY)]),
    "batch": (BATCH, [items(asset("id1")), no(20001, KEY)]),
    "interrupt, which is not ours, while the frames are": (STATUS, [KeyboardInterrupt("x")]),
}


@pytest.mark.parametrize(("call", "answers"), RAISED.values(), ids=RAISED)
def test_what_is_raised(connect: Connect, call: Callable[[Any], Any], answers: list[Any]) -> None:
    """Text, attributes, cause, pickle and the locals of our frames. More echoes: tests/faults."""
    options = {"transport": Service(*answers).transport, "batch_size": 1, "concurrency": 1, "max_retries": 0}
    with pytest.raises((JimmyAIError, KeyboardInterrupt)) as caught:
        call(connect(api_key=KEY, **options).real_person)
    assert shown_anywhere(caught.value, KEY) == []
    assert holders(vars(caught.value), KEY) == []
    assert shown_anywhere(ValueError(KEY), KEY), "else the search proves nothing"


def test_a_status_that_is_warned_about(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    service = Service(items(asset("id1", KEY.upper())))
    connect(api_key=KEY, transport=service.transport, clock=FakeClock()).real_person.wait("id1")
    assert KEY.upper() not in caplog.text
    assert "unknown status '***'" in caplog.text


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


def test_a_log_line_while_another_thread_makes_clients(caplog: pytest.LogCaptureFixture) -> None:
    """The keys that a line is searched for may change meanwhile."""
    caplog.set_level(logging.INFO)
    transport = httpx.MockTransport(lambda request: Service().handle(request))
    clients = [JimmyAI(api_key=KEY, transport=transport) for _ in range(300)]
    interval, is_done = sys.getswitchinterval(), Event()

    def write() -> None:
        while not is_done.is_set():
            logging.getLogger("httpx").info(KEY)

    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(1) as pool:
            written = pool.submit(write)
            while len(clients) < 600 and not written.done():
                clients.append(JimmyAI(api_key=KEY, transport=transport))
            is_done.set()
        written.result()
    finally:
        sys.setswitchinterval(interval)
    assert set(caplog.messages) == {"***"}


def test_the_application_decides_where_it_goes() -> None:
    """A library adds no handler and sets no level."""
    logger = logging.getLogger(NAME)
    assert (logger.handlers, logger.level, logger.propagate) == ([], logging.NOTSET, True)
