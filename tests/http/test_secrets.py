"""The key is seen nowhere: whatever hangs on a client, an answer or an error is searched for it."""

import pickle
import pprint
from typing import Any

import attrs
import httpx
import pytest

from jimmy_ai_openapi_client import JimmyAIError
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock
from jimmy_ai_openapi_client.sdk.settings import Secret

from .search import holders, shown_anywhere
from .server import Server
from .service import KEY, Asked, Connect, Service, asset, items, no


def test_the_search_finds_what_is_there() -> None:
    """Otherwise it would prove nothing."""

    def closure(text: str = KEY) -> object:
        return lambda: text

    class Slotted:
        __slots__ = ("inner",)

    slotted = Slotted()
    slotted.inner = {"a": [KEY.encode()]}  # type: ignore[attr-defined]
    caught = None
    try:
        raise LookupError from ValueError(f"x {KEY}")
    except LookupError as error:
        caught = error
    for place in (slotted, closure(), closure, caught, [(f"Bearer {KEY}",)], {1: {KEY}}):
        assert holders(place, KEY)
    assert shown_anywhere(ValueError(KEY), KEY)
    assert not holders(Service, KEY)


def clients(client: Any) -> list[Any]:
    owner = getattr(client, "target", client)
    return [owner, owner.with_options(timeout=1), owner.raw, owner.real_person]


def test_a_client(connect: Connect) -> None:
    """Used and unused: no repr, no attribute, no closure; one object keeps it, and does not show it."""
    forgetful = httpx.MockTransport(lambda request: Service().handle(request))
    client: Any = connect(api_key=KEY, transport=forgetful)
    for _ in range(2):
        for each in clients(client):
            assert not holders(each, KEY)
            assert KEY not in f"{each!r}{each}{pprint.pformat(vars(each) if hasattr(each, '__dict__') else each)}"
        assert KEY not in repr(attrs.asdict(getattr(client, "target", client).raw, recurse=False))
        client.real_person.batch_status(["id1", "id2"])


@pytest.mark.wire
def test_a_client_with_real_connections(connect: Connect) -> None:
    """Kept connections keep no request."""
    with Server() as server:
        client = connect(api_key=KEY, base_url=server.url)
        client.real_person.status("id1")
        client.real_person.batch_status(["id1", "id2"])
        assert server.open_connections(at_most=1) == 1
        assert not holders(getattr(client, "target", client), KEY)


def test_what_keeps_it() -> None:
    secret = Secret(KEY)
    assert secret.reveal() == KEY
    assert f"{secret!r} {secret} {[secret]}".count("***") == 3
    assert not hasattr(secret, "__dict__")
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(secret)


def broken(_: Asked) -> httpx.Response:
    raise OSError(5, f"broken {KEY}")


ECHO: dict[str, Any] = {
    "broken": broken,
    "timeout": httpx.ReadTimeout(KEY),
}


@pytest.mark.parametrize("case", ECHO)
def test_an_error(connect: Connect, case: str) -> None:
    """Text, attributes, cause, pickle and the locals of our frames. More echoes: tests/faults."""
    client = connect(api_key=KEY, transport=Service(*[ECHO[case]] * 2).transport, clock=FakeClock(), max_retries=1)
    with pytest.raises(JimmyAIError) as caught:
        client.real_person.status("id1")
    assert shown_anywhere(caught.value, KEY) == []


def test_an_error_of_a_batch(connect: Connect) -> None:
    service = Service(items(asset("id1")), no(20001, KEY))
    client = connect(api_key=KEY, transport=service.transport, batch_size=1, concurrency=1)
    with pytest.raises(JimmyAIError) as caught:
        client.real_person.batch_status(["id1", "id2"])
    assert shown_anywhere(caught.value, KEY) == []
    assert holders(vars(caught.value), KEY) == []


def test_an_interrupt(connect: Connect) -> None:
    """Not an error of ours, yet the frames are."""
    client = connect(api_key=KEY, transport=Service(KeyboardInterrupt("x")).transport)
    with pytest.raises(KeyboardInterrupt) as caught:
        client.real_person.status("id1")
    assert shown_anywhere(caught.value, KEY) == []


def test_an_answer(connect: Connect) -> None:
    client = connect(api_key=KEY, transport=Service().transport)
    assert not holders(client.real_person.status("id1"), KEY)
    assert not holders(client.real_person.batch_status(["id1"]), KEY)
    assert KEY.encode() not in pickle.dumps(client.real_person.batch_status(["id1"]))


@pytest.mark.parametrize("text", [KEY, KEY.upper(), KEY.lower()])
def test_an_echo_in_any_letter_case(connect: Connect, caplog: pytest.LogCaptureFixture, text: str) -> None:
    """In a header that is quoted, and as a status that is warned about."""
    spoilt = httpx.Response(200, headers={"content-encoding": text}, stream=httpx.ByteStream(b""))
    with pytest.raises(JimmyAIError) as caught:
        connect(api_key=KEY, transport=Service(lambda _: spoilt).transport).real_person.status("id1")
    strange = Service(items(asset("id1", text)), items(asset("id1")))
    connect(api_key=KEY, transport=strange.transport, clock=FakeClock()).real_person.wait("id1")
    assert KEY.casefold() not in f"{caught.value} {vars(caught.value)} {caplog.text}".casefold()
    assert "unknown status '***'" in caplog.text


def test_a_short_key_is_not_searched_for(connect: Connect) -> None:
    """Or words would be shown as `pro***y`."""
    with pytest.raises(JimmyAIError, match="proxy exit") as caught:
        connect(api_key="x", transport=Service(no(5, "proxy exit")).transport).real_person.status("id1")
    assert caught.value.msg == "proxy exit"
