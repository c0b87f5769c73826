"""What a client is made with: key, address, transport, clock. What is wrong is refused before any I/O, on one line."""

import copy
import pickle
import time
import traceback
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import AsyncJimmyAI, ConfigurationError, JimmyAI, WaitResult
from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService
from jimmy_ai_openapi_client.sdk.policy.answer import READ_OPERATIONS

from .search import shown_anywhere
from .service import KEY, Connect, Service

STATUS, BATCH = (path for _, path in READ_OPERATIONS)
kinds = pytest.mark.parametrize("client", [JimmyAI, AsyncJimmyAI])

HOST = "https://host.example"
NO_ADDRESS: list[Any] = ["", "   ", "www.jimmyai.cn", "//www.jimmyai.cn", "ftp://www.jimmyai.cn", "file:///etc/passwd"]
NO_ADDRESS += [
    "https://",
    "https:///path",
    "https://[::1",
    "https://\u3000",
    "https://ho st.example",
    "https://:8080",
    "https://xn--zzzz-",
]
NO_ADDRESS += [f"{HOST}:port", f" {HOST}", f"{HOST} "]
NO_ADDRESS += [f"{HOST}{end}" for end in ("?tenant=1", "/?", "/#part", "#", "\n", "\r\nX: 1", "/\t", "/\0", "/\x7f")]
NO_ADDRESS += [f"{HOST}{end}" for end in ("/\x85", "/\u2028x", "/\u202e")]
NO_ADDRESS += ["https://user@host.example", "https://user:word@host.example", "https://:word@host.example"]
NO_ADDRESS += [HOST.encode(), 5, [HOST]]
PLAIN = ["http://www.jimmyai.cn", "HTTP://www.jimmyai.cn", "http://localhost.host.example", "http://0.0.0.0"]
PLAIN += ["http://127.0.0.1.host.example", "http://10.0.0.1", "http://[fe80::1]", "http://127.1"]
LOOPBACK = [
    "http://127.0.0.1:8080",
    "http://127.8.9.1",
    "http://[::1]:8080",
    "http://localhost",
    "http://a.LOCALHOST:1",
]


@pytest.mark.parametrize("address", [*NO_ADDRESS, *PLAIN], ids=ascii)
def test_addresses_that_are_refused(monkeypatch: pytest.MonkeyPatch, address: Any) -> None:
    """From the argument and from the environment."""
    with pytest.raises(ConfigurationError, match="base_url") as caught:
        JimmyAI(api_key=KEY, base_url=address)
    assert str(caught.value).isprintable()
    assert KEY not in str(caught.value)
    if isinstance(address, str) and address and "\0" not in address:
        monkeypatch.setenv("JIMMYAI_BASE_URL", address)
        with pytest.raises(ConfigurationError, match="base_url"):
            AsyncJimmyAI(api_key=KEY)


@pytest.mark.parametrize("address", ["https://user:hidden@host.example", "https://hidden@host.example:port"], ids=repr)
@pytest.mark.parametrize("given", [True, False], ids=["argument", "environment"])
def test_a_password_in_the_address_is_not_shown(monkeypatch: pytest.MonkeyPatch, address: str, given: bool) -> None:
    """It may be a secret of its own; neither messages nor our frames repeat it."""
    monkeypatch.setenv("JIMMYAI_BASE_URL", address)
    with pytest.raises(ConfigurationError) as caught:
        JimmyAI(api_key=KEY, base_url=address if given else None)
    assert shown_anywhere(caught.value, "hidden") == []


ADDRESSES: dict[str | None, str] = {
    None: "https://www.jimmyai.cn",
    "HTTPS://WWW.JimmyAI.cn:443/": "https://www.jimmyai.cn",
    "https://gate.example:8443": "https://gate.example:8443",
    "https://gate.example/jimmy/": "https://gate.example/jimmy",
    "https://gate.example/a%20b//": "https://gate.example/a%20b",
    "https://bücher.example.": "https://xn--bcher-kva.example.",
    "https://例子.example": "https://xn--fsqu00a.example",
    "https://[2001:db8::1]:8443": "https://[2001:db8::1]:8443",
    **{address: address.lower() for address in LOOPBACK},
}


@pytest.mark.parametrize(("address", "expected"), ADDRESSES.items(), ids=map(str, ADDRESSES))
def test_requests_go_to_the_prefix_and_then_the_operation_s_path(
    connect: Connect, address: str | None, expected: str
) -> None:
    service = Service()
    client = connect(base_url=address, transport=service.transport)
    client.real_person.status("id1")
    client.real_person.batch_status(["id1"])
    assert [asked.url for asked in service.asked] == [expected + STATUS, expected + BATCH]


@pytest.mark.parametrize("address", PLAIN, ids=ascii)
def test_plain_http_when_allowed(connect: Connect, address: str) -> None:
    service = Service()
    connect(base_url=address, allow_http=True, transport=service.transport).real_person.status("id1")
    assert service.asked[0].url == address.replace("HTTP:", "http:") + STATUS


def test_the_address_in_the_environment(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty variable counts as none; an argument wins."""
    service = Service()
    for variable, options in (("https://second.example/x/", {}), ("https://a", {"base_url": HOST}), ("", {})):
        monkeypatch.setenv("JIMMYAI_BASE_URL", variable)
        connect(transport=service.transport, **options).real_person.status("id1")
    hosts = [httpx.URL(asked.url).host for asked in service.asked]
    assert hosts == ["second.example", "host.example", "www.jimmyai.cn"]


NO_KEY: list[Any] = [
    "",
    "   ",
    "\t\r\n",
    "\u3000",
    f"Bearer {KEY}",
    f"bearer {KEY}",
    f"  BEARER   {KEY}",
    f"{KEY} {KEY}",
]
NO_KEY += [f"{KEY}\nX: 1", f"{KEY}\r\n{KEY}", f"{KEY}\t{KEY}", f"{KEY}\0", f"{KEY}\x7f", f"ｓｋ－{KEY}", f"{KEY}é"]
NO_KEY += [f"{KEY}\u200b", f"{KEY}\ud800", KEY.encode(), 5, True, 0, [KEY]]


@kinds
@pytest.mark.parametrize("key", NO_KEY, ids=ascii)
def test_keys_that_are_refused(client: Any, key: Any) -> None:
    """Neither messages nor our frames repeat it, for reports keep the locals of every frame."""
    with pytest.raises(ConfigurationError, match=r"(?i)api.key") as caught:
        client(api_key=key)
    assert str(caught.value).isprintable()
    assert not shown_anywhere(caught.value, KEY)
    assert "API key" in "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())


@pytest.mark.parametrize("option", [{"timeout": 0}, {"base_url": "http://far.example"}, {"concurrency": 0}], ids=str)
def test_a_good_key_is_in_no_frame_of_another_refusal(option: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError) as caught:
        JimmyAI(api_key=KEY, **option)
    assert not shown_anywhere(caught.value, KEY)


@pytest.mark.parametrize("variable", [None, "", " \n"], ids=ascii)
def test_no_key_at_all(monkeypatch: pytest.MonkeyPatch, variable: str | None) -> None:
    """The message says where a key goes. A caller whose argument is empty meant that key, not another."""
    monkeypatch.setenv("JIMMYAI_API_KEY", variable or "")
    if variable is None:
        monkeypatch.delenv("JIMMYAI_API_KEY")
    with pytest.raises(ConfigurationError, match=r"no API key.*JIMMYAI_API_KEY.*api_key="):
        JimmyAI()
    monkeypatch.setenv("JIMMYAI_API_KEY", KEY)
    with pytest.raises(ConfigurationError, match="no API key"):
        JimmyAI(api_key="")


ANY_KEY = "".join(map(chr, range(0x21, 0x7F)))


@pytest.mark.parametrize(("given", "variable"), [(f"\t{KEY}\r\n", "sk-other"), (None, f"{KEY}\n"), (ANY_KEY, "")])
def test_keys_go_out_as_they_are(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, given: str | None, variable: str
) -> None:
    """Surrounding space is no part of them; an argument wins over the environment."""
    monkeypatch.setenv("JIMMYAI_API_KEY", variable)
    service = Service()
    connect(api_key=given, transport=service.transport).real_person.status("id1")
    assert service.asked[0].headers.get_list("authorization") == [f"Bearer {(given or variable).strip()}"]


@kinds
@pytest.mark.parametrize(
    ("option", "value"),
    [
        *(("transport", wrong) for wrong in (MockService(), object(), httpx.BaseTransport, "http://127.0.0.1")),
        *(("clock", wrong) for wrong in (time, FakeClock, 5)),
    ],
    ids=lambda one: str(getattr(one, "__name__", None) or type(one).__name__),
)
def test_no_transport_and_no_clock(client: Any, option: str, value: Any) -> None:
    with pytest.raises(ConfigurationError, match=f"{option} must be "):
        client(api_key=KEY, **{option: value})
    if option == "transport":
        with pytest.raises(ConfigurationError, match="AsyncBaseTransport"):
            AsyncJimmyAI(api_key=KEY, transport=httpx.HTTPTransport())  # type: ignore[arg-type]


@pytest.mark.parametrize("names", [("timeout",), ("key", "sk-1"), ("api_key", "sk-1")], ids=repr)
def test_options_go_by_name(names: tuple[str, ...]) -> None:
    """A key in the wrong place is no guess of ours."""
    with pytest.raises(TypeError):
        JimmyAI(*names)


def test_shown_in_one_line(connect: Connect) -> None:
    """The address is no secret; results are counted, however many they hold."""
    client = connect(base_url="https://gate.example/jimmy/", transport=Service().transport, clock=FakeClock())
    target = getattr(client, "target", client)
    assert repr(target) == f"{type(target).__name__}(base_url='https://gate.example/jimmy/')"
    ids = [f"id{number}" for number in range(300)]
    shown = "<BatchResult: 300 assets, 0 missing, 0 refused, 0 unasked>"
    assert repr(client.real_person.batch_status(ids)) == shown
    shown = "<WaitResult: 300 assets, 300 active, 0 failed, 0 missing, 0 pending, 3 requests, 0.0 s elapsed>"
    assert repr(client.real_person.wait_many(ids)) == shown
    assert repr(WaitResult(elapsed=12.345678901234567)).endswith(", 0 requests, 12.3 s elapsed>")


COPIES: dict[str, Callable[[Any], object]] = {
    "pickle": pickle.dumps,
    "pickle 0": lambda value: pickle.dumps(value, 0),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
}


@kinds
@pytest.mark.parametrize("way", COPIES)
def test_clients_are_not_pickled_or_copied(client: Any, way: str) -> None:
    """The key would travel, and connections cannot."""
    made = client(api_key=KEY)
    for each in (made, made.with_options(timeout=1), made.raw, made.real_person):
        if each is made.real_person and way == "copy":
            continue
        with pytest.raises((TypeError, AttributeError, pickle.PicklingError)) as caught:
            COPIES[way](each)
        assert KEY not in str(caught.value)
        assert isinstance(each, type(made)) <= ("use with_options" in str(caught.value))
