"""What a client is made with: address, key and headers, read and checked. A refusal is one printable line."""

import pickle
from typing import Any

import pytest

from jimmy_ai_openapi_client import ConfigurationError
from jimmy_ai_openapi_client.sdk.settings import Secret, checked_headers, read_base_url, read_key

from .lives import KEY

DEFAULT = "https://www.jimmyai.cn"
HOST = "https://host.example"
NO_ADDRESSES: list[Any] = [
    *("", "   ", "www.jimmyai.cn", "//www.jimmyai.cn", "ftp://www.jimmyai.cn", "file:///etc/passwd"),
    *("https://", "https:///path", "https://[::1", "https://\u3000", "https://ho st.example", "https://:8080"),
    *("https://xn--zzzz-", f"{HOST}:port", f" {HOST}", f"{HOST} ", HOST.encode(), 5, [HOST]),
    *(f"{HOST}{end}" for end in ("?tenant=1", "/?", "/#part", "#", "\n", "\r\nX: 1", "/\t", "/\0", "/\x7f")),
    *(f"{HOST}{end}" for end in ("/\x85", "/\u2028x", "/\u202e")),
    *("https://user@host.example", "https://user:hidden@host.example", "https://:hidden@host.example:port"),
]
PLAIN = [
    *("http://www.jimmyai.cn", "http://localhost.host.example", "http://0.0.0.0", "http://127.0.0.1.host.example"),
    *("http://notlocalhost", "http://10.0.0.1", "http://[fe80::1]", "http://127.1"),
]
ADDRESSES: dict[str | None, str] = {
    None: DEFAULT,
    "HTTPS://WWW.JimmyAI.cn/": DEFAULT,
    "https://gate.example:8443": "https://gate.example:8443",
    "https://gate.example/a%20b//": "https://gate.example/a%20b",
    "https://bücher.example.": "https://xn--bcher-kva.example.",
    "https://例子.example": "https://xn--fsqu00a.example",
    "https://[2001:db8::1]:8443": "https://[2001:db8::1]:8443",
    "http://127.0.0.1:8080": "http://127.0.0.1:8080",
    "http://127.8.9.1": "http://127.8.9.1",
    "http://[::1]:8080": "http://[::1]:8080",
    "HTTP://localhost": "http://localhost",
    "http://a.LOCALHOST:1": "http://a.localhost:1",
}


@pytest.mark.parametrize("address", [*NO_ADDRESSES, *PLAIN], ids=ascii)
def test_addresses_that_are_refused(address: Any) -> None:
    with pytest.raises(ConfigurationError, match="base_url") as caught:
        read_base_url(Secret(address), allow_http=address not in PLAIN)
    assert str(caught.value).isprintable()
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize(("address", "expected"), ADDRESSES.items(), ids=ascii)
def test_addresses_that_are_taken(address: str | None, expected: str) -> None:
    assert read_base_url(Secret(address), allow_http=False) == expected


@pytest.mark.parametrize("address", PLAIN)
def test_plain_http_when_allowed(address: str) -> None:
    assert read_base_url(Secret(address), allow_http=True) == address


def test_the_address_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty variable counts as none; an argument wins."""
    for variable, argument, expected in (
        (f"{HOST}/x/", None, f"{HOST}/x"),
        ("https://a", HOST, HOST),
        ("", None, DEFAULT),
    ):
        monkeypatch.setenv("JIMMYAI_BASE_URL", variable)
        assert read_base_url(Secret(argument), allow_http=False) == expected
    monkeypatch.setenv("JIMMYAI_BASE_URL", "no address")
    with pytest.raises(ConfigurationError, match="base_url"):
        read_base_url(Secret(None), allow_http=False)


NO_KEYS: list[Any] = [
    *("", "   ", "\t\r\n", "\u3000", f"Bearer {KEY}", f"bearer {KEY}", f"  BEARER   {KEY}", f"{KEY} {KEY}"),
    *(f"{KEY}\nX: 1", f"{KEY}\r\n{KEY}", f"{KEY}\t{KEY}", f"{KEY}\0", f"{KEY}\x7f", f"ｓｋ－{KEY}", f"{KEY}é"),
    *(f"{KEY}\u200b", f"{KEY}\ud800", KEY.encode(), 5, True, 0, [KEY]),
]


@pytest.mark.parametrize("key", NO_KEYS, ids=ascii)
def test_keys_that_are_refused(key: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"(?i)api.key") as caught:
        read_key(Secret(key))
    assert str(caught.value).isprintable()
    assert KEY not in str(caught.value)


ANY_KEY = "".join(map(chr, range(0x21, 0x7F)))


@pytest.mark.parametrize(
    ("given", "variable", "key"), [(f"\t{KEY}\r\n", "sk-other", KEY), (None, f"{KEY}\n", KEY), (ANY_KEY, "", ANY_KEY)]
)
def test_keys_that_are_taken(monkeypatch: pytest.MonkeyPatch, given: str | None, variable: str, key: str) -> None:
    """Surrounding space is no part of them; an argument wins over the environment."""
    monkeypatch.setenv("JIMMYAI_API_KEY", variable)
    assert read_key(Secret(given)).reveal() == key


@pytest.mark.parametrize("variable", [None, "", " \n"], ids=ascii)
def test_no_key_at_all(monkeypatch: pytest.MonkeyPatch, variable: str | None) -> None:
    """The message says where a key goes. A caller whose argument is empty meant that key, not another."""
    if variable is not None:
        monkeypatch.setenv("JIMMYAI_API_KEY", variable)
    with pytest.raises(ConfigurationError, match=r"no API key.*JIMMYAI_API_KEY.*api_key="):
        read_key(Secret(None))
    monkeypatch.setenv("JIMMYAI_API_KEY", KEY)
    with pytest.raises(ConfigurationError, match="no API key"):
        read_key(Secret(""))


def test_what_keeps_a_key() -> None:
    """It is found in any letter case. A short one is not searched for, or words would be shown as `pro***y`."""
    secret = Secret(KEY)
    assert f"{secret!r} {secret} {[secret]}".count("***") == 3
    assert not hasattr(secret, "__dict__")
    assert secret.redacted(f"{KEY} of {KEY.upper()}") == "*** of ***"
    assert Secret("x" * 7).redacted("x" * 7) == "x" * 7
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(secret)


OWNED = ("Authorization", "HOST", "cookie", "Content-Type", "content-length", "Transfer-Encoding", "Accept-Encoding")
NO_HEADERS: list[Any] = [*({name: "x"} for name in OWNED), {"": "x"}, {"a b": "x"}, {"a": "x\n"}, {"a": "人"}, {"a": 5}]
NO_HEADERS += [{"é": "x"}, {5: "a"}, "a: b"]


@pytest.mark.parametrize("headers", NO_HEADERS, ids=ascii)
def test_headers_that_are_refused(headers: Any) -> None:
    with pytest.raises(ConfigurationError, match="header"):
        checked_headers(headers)


def test_headers_that_are_taken() -> None:
    """Of names that differ in case alone the last one counts."""
    given = {"X-Team": "video", "User-Agent": "mine", "x-team": "audio"}
    assert checked_headers(given) == {"x-team": "audio", "user-agent": "mine"}
    assert checked_headers(None) == {}
