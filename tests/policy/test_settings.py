"""What a client is made with: address, key and headers, read and checked. A refusal is one printable line."""

import html
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from ruamel.yaml import YAML

from jimmy_ai_openapi_client import ConfigurationError
from jimmy_ai_openapi_client.sdk.settings import Secret, checked_headers, read_base_url, read_key

from .lives import KEY

TABLE: dict[str, Any] = YAML(typ="safe", pure=True).load(Path(__file__).with_name("settings.yaml"))
PLAIN = TABLE["plain addresses"]


@pytest.mark.parametrize("address", [*TABLE["addresses that are refused"], *PLAIN, b"https://host.example"], ids=ascii)
def test_addresses_that_are_refused(address: Any) -> None:
    with pytest.raises(ConfigurationError, match="base_url") as caught:
        read_base_url(Secret(address), allow_http=address not in PLAIN)
    assert str(caught.value).isprintable()
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize(("address", "expected"), TABLE["addresses that are taken"].items(), ids=ascii)
def test_addresses_that_are_taken(address: str | None, expected: str) -> None:
    assert read_base_url(Secret(address), allow_http=False) == expected


@pytest.mark.parametrize("address", PLAIN)
def test_plain_http_when_allowed(address: str) -> None:
    assert read_base_url(Secret(address), allow_http=True) == address


def test_the_address_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty variable counts as none; an argument wins."""
    for variable, argument, expected in (
        ("https://host.example/x/", None, "https://host.example/x"),
        ("https://a", "https://host.example", "https://host.example"),
        ("", None, "https://www.jimmyai.cn"),
    ):
        monkeypatch.setenv("JIMMYAI_BASE_URL", variable)
        assert read_base_url(Secret(argument), allow_http=False) == expected
    monkeypatch.setenv("JIMMYAI_BASE_URL", "no address")
    with pytest.raises(ConfigurationError, match="base_url"):
        read_base_url(Secret(None), allow_http=False)


@pytest.mark.parametrize("key", [*TABLE["keys that are refused"], b"sk-S3CRET-key", "sk-S3CRET-key\ud800"], ids=ascii)
def test_keys_that_are_refused(key: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"(?i)api.key") as caught:
        read_key(Secret(key))
    assert str(caught.value).isprintable()
    assert "S3CRET" not in str(caught.value)


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


@pytest.mark.parametrize(
    "escaped",
    [
        lambda key: json.dumps(key)[1:-1].replace("/", r"\/"),
        lambda key: "".join(f"\\u{ord(c):04x}" for c in key),
        lambda key: quote(key, safe=""),
        html.escape,
        lambda key: "".join(f"&#{ord(c)};" for c in key),
        lambda key: "".join(f"&#x{ord(c):X};" for c in key),
    ],
    ids=["JSON", "JSON, all escaped", "URL", "HTML", "HTML, decimal", "HTML, hexadecimal"],
)
def test_a_key_is_found_however_it_is_escaped(escaped: Callable[[str], str]) -> None:
    key = """sk/+"'&<>%\\=~.0"""
    assert Secret(key).redacted(f"no {escaped(key)}!") == "no ***!"


@pytest.mark.parametrize("headers", TABLE["headers that are refused"], ids=ascii)
def test_headers_that_are_refused(headers: Any) -> None:
    with pytest.raises(ConfigurationError, match="header"):
        checked_headers(headers)


def test_headers_that_are_taken() -> None:
    """Of names that differ in case alone the last one counts."""
    given = {"X-Team": "video", "User-Agent": "mine", "x-team": "audio"}
    assert checked_headers(given) == {"x-team": "audio", "user-agent": "mine"}
    assert checked_headers(None) == {}
