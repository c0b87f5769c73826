"""Where requests go, and the addresses that are refused."""

import traceback

import httpx
import pytest

from jimmy_ai_openapi_client import AsyncJimmyAI, ConfigurationError, JimmyAI

from .service import KEY, Connect, Service

STATUS = "/api/open-api/v1/seedance/sp/realperson/status"
WRONG = [
    "",
    "   ",
    "www.jimmyai.cn",
    "//www.jimmyai.cn",
    "ftp://www.jimmyai.cn",
    "file:///etc/passwd",
    "https://",
    "https:///path",
    "https://user@host.example",
    "https://user:word@host.example",
    "https://:word@host.example",
    "https://host.example?tenant=1",
    "https://host.example/?",
    "https://host.example/#part",
    "https://host.example#",
    "https://host.example\n",
    "https://host.example\r\nX: 1",
    "https://host.example/\t",
    "https://host.example/\0",
    "https://host.example/\x7f",
    " https://host.example",
    "https://host.example ",
    "https://host.example:port",
    "https://[::1",
    "https://\u3000",
]
NAMES_NO_HOST = [
    "https://a..example",
    f"https://{'a' * 64}.example",
    "https://xn--zzzz-",
    "https://host.example:99999",
    "https://ho st.example",
    "https://host%0a.example",
]
CONTROLS_OUTSIDE_ASCII = ["https://host.example/\x85", "https://host.example/\u2028x", "https://host.example/\u202e"]
PLAIN = [
    "http://www.jimmyai.cn",
    "HTTP://www.jimmyai.cn",
    "http://localhost.host.example",
    "http://127.0.0.1.host.example",
    "http://10.0.0.1",
    "http://[fe80::1]",
    "http://0.0.0.0",
    "http://127.1",
]
LOOPBACK = ["http://127.0.0.1:8080", "http://127.8.9.1", "http://[::1]:8080", "http://localhost", "http://LOCALHOST:1"]


@pytest.mark.parametrize("client", [JimmyAI, AsyncJimmyAI])
@pytest.mark.parametrize("address", [*WRONG, *PLAIN], ids=ascii)
def test_refused(client: type[JimmyAI | AsyncJimmyAI], address: str) -> None:
    """One printable line, before any I/O, from the argument."""
    with pytest.raises(ConfigurationError, match="base_url") as caught:
        client(api_key=KEY, base_url=address)
    assert str(caught.value).isprintable()
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("address", NAMES_NO_HOST, ids=lambda address: ascii(address[:40]))
def test_no_host_can_be_called_so(address: str) -> None:
    """Refused here, as the resolver and the socket would raise errors outside our tree."""
    with pytest.raises(ConfigurationError, match="base_url"):
        JimmyAI(api_key=KEY, base_url=address)


@pytest.mark.parametrize("address", CONTROLS_OUTSIDE_ASCII, ids=ascii)
def test_control_characters_outside_ascii(address: str) -> None:
    with pytest.raises(ConfigurationError, match="base_url"):
        JimmyAI(api_key=KEY, base_url=address)


def test_refused_on_one_line_whatever_it_holds() -> None:
    with pytest.raises(ConfigurationError) as caught:
        JimmyAI(api_key=KEY, base_url="http://host.example/\u2028x")
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("address", [b"https://host.example", 5, ["https://host.example"]], ids=repr)
def test_not_text(address: object) -> None:
    with pytest.raises(ConfigurationError, match="base_url must be a str"):
        JimmyAI(api_key=KEY, base_url=address)  # type: ignore[arg-type]


@pytest.mark.parametrize("address", ["https://user:hidden@host.example", "https://hidden@host.example:port"], ids=repr)
def test_a_password_is_not_shown(address: str) -> None:
    """It may be a secret of its own; neither message nor causes repeat it."""
    with pytest.raises(ConfigurationError) as caught:
        JimmyAI(api_key=KEY, base_url=address)
    assert "hidden" not in "".join(traceback.format_exception(caught.value)).replace(repr(address), "")


@pytest.mark.parametrize("address", [address for address in WRONG[1:] if "\0" not in address], ids=ascii)
def test_refused_from_the_environment(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("JIMMYAI_BASE_URL", address)
    with pytest.raises(ConfigurationError):
        JimmyAI(api_key=KEY)


@pytest.mark.parametrize("address", PLAIN, ids=ascii)
def test_plain_http_when_allowed(connect: Connect, address: str) -> None:
    service = Service()
    connect(base_url=address, allow_http=True, transport=service.transport).real_person.status("id1")
    assert service.asked[0].url == address.replace("HTTP:", "http:") + STATUS


@pytest.mark.parametrize("address", LOOPBACK, ids=ascii)
def test_plain_http_to_loopback(connect: Connect, address: str) -> None:
    service = Service()
    connect(base_url=address, transport=service.transport).real_person.status("id1")
    assert service.asked[0].url == address.casefold() + STATUS


ADDRESSES = {
    "https://www.jimmyai.cn": "https://www.jimmyai.cn",
    "https://www.jimmyai.cn/": "https://www.jimmyai.cn",
    "HTTPS://WWW.JimmyAI.cn": "https://www.jimmyai.cn",
    "https://www.jimmyai.cn:443": "https://www.jimmyai.cn",
    "https://gate.example:8443": "https://gate.example:8443",
    "https://gate.example/jimmy": "https://gate.example/jimmy",
    "https://gate.example/jimmy/": "https://gate.example/jimmy",
    "https://gate.example/a/b//": "https://gate.example/a/b",
    "https://gate.example/a%20b": "https://gate.example/a%20b",
    "https://bücher.example": "https://xn--bcher-kva.example",
    "https://例子.example": "https://xn--fsqu00a.example",
    "https://[2001:db8::1]:8443": "https://[2001:db8::1]:8443",
}


@pytest.mark.parametrize(("address", "expected"), ADDRESSES.items(), ids=ADDRESSES)
def test_prefix_and_path(connect: Connect, address: str, expected: str) -> None:
    """Requests go to the prefix and then the operation's path, one slash between."""
    service = Service()
    client = connect(base_url=address, transport=service.transport)
    client.real_person.status("id1")
    client.real_person.batch_status(["id1"])
    assert [asked.url for asked in service.asked] == [
        expected + STATUS,
        expected + STATUS.replace("/status", "/batch-status"),
    ]


def test_the_spec_s_server_by_default(connect: Connect) -> None:
    service = Service()
    connect(transport=service.transport).real_person.status("id1")
    assert service.asked[0].url == "https://www.jimmyai.cn" + STATUS


@pytest.mark.parametrize("empty", [None, ""])
def test_environment(connect: Connect, monkeypatch: pytest.MonkeyPatch, empty: str | None) -> None:
    """An empty variable counts as none; an argument wins."""
    service = Service()
    monkeypatch.setenv("JIMMYAI_BASE_URL", "https://second.example/x/")
    connect(transport=service.transport).real_person.status("id1")
    connect(base_url="https://third.example", transport=service.transport).real_person.status("id1")
    monkeypatch.setenv("JIMMYAI_BASE_URL", empty or "")
    connect(transport=service.transport).real_person.status("id1")
    hosts = [httpx.URL(asked.url).host for asked in service.asked]
    assert hosts == ["second.example", "third.example", "www.jimmyai.cn"]


def test_shown(connect: Connect) -> None:
    """The address is no secret: repr has it, once and without the slash that httpx adds."""
    client = connect(base_url="https://gate.example/jimmy/")
    name = type(getattr(client, "target", client)).__name__
    assert repr(getattr(client, "target", client)) in {
        f"{name}(base_url='https://gate.example/jimmy/')",
        f"{name}(base_url='https://gate.example/jimmy')",
    }
