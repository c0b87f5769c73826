"""Where the key comes from, and which are refused without being shown."""

import traceback

import pytest

from jimmy_ai_openapi_client import AsyncJimmyAI, ConfigurationError, JimmyAI

from .search import shown_anywhere
from .service import KEY, Connect, Service

WRONG = [
    "",
    "   ",
    "\t\r\n",
    "\u3000",
    f"Bearer {KEY}",
    f"bearer {KEY}",
    f"  BEARER   {KEY}",
    f"{KEY}\nX-Injected: 1",
    f"{KEY}\r\n{KEY}",
    f"{KEY} {KEY}",
    f"{KEY}\t{KEY}",
    f"{KEY}\0",
    f"{KEY}\x7f",
    f"ｓｋ－{KEY}",
    f"{KEY}é",
    f"{KEY}\u200b",
    f"{KEY}钥",
    f"{KEY}\ud800",
]
NOT_TEXT = [KEY.encode(), 5, True, 0, [KEY], object()]


@pytest.mark.parametrize("client", [JimmyAI, AsyncJimmyAI])
@pytest.mark.parametrize("key", WRONG, ids=ascii)
def test_unusable(client: type[JimmyAI | AsyncJimmyAI], key: str) -> None:
    """One error of our tree, a ValueError too, on one line, that does not repeat the key."""
    with pytest.raises(ConfigurationError) as caught:
        client(api_key=key)
    assert isinstance(caught.value, ValueError)
    assert str(caught.value).isprintable()
    assert KEY not in str(caught.value) + repr(caught.value)


@pytest.mark.parametrize("key", NOT_TEXT, ids=lambda key: type(key).__name__)
def test_not_text(key: object) -> None:
    with pytest.raises(ConfigurationError, match="must be a str") as caught:
        JimmyAI(api_key=key)  # type: ignore[arg-type]
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("key", [f"Bearer {KEY}", f"{KEY}\n{KEY}", f"{KEY}é"], ids=ascii)
def test_unusable_in_no_frame(key: str) -> None:
    """A report that keeps the locals of every frame does not get the key from ours."""
    with pytest.raises(ConfigurationError) as caught:
        JimmyAI(api_key=key)
    assert not shown_anywhere(caught.value, KEY)


@pytest.mark.parametrize("option", [{"timeout": 0}, {"base_url": "http://far.example"}, {"concurrency": 0}], ids=str)
def test_usable_in_no_frame_of_another_refusal(option: dict[str, object]) -> None:
    with pytest.raises(ConfigurationError) as caught:
        JimmyAI(api_key=KEY, **option)  # type: ignore[arg-type]
    assert not shown_anywhere(caught.value, KEY)


def test_a_client_that_was_not_made_can_be_shown() -> None:
    """Error reports repr the locals of every frame, `self` of a failed `__init__` among them."""
    with pytest.raises(ConfigurationError) as caught:
        JimmyAI(api_key="")
    report = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert "no API key" in "".join(report.format())


def test_missing() -> None:
    """The message says where a key goes."""
    with pytest.raises(ConfigurationError, match=r"JIMMYAI_API_KEY.*api_key="):
        JimmyAI()


@pytest.mark.parametrize("key", ["", " \n"], ids=ascii)
def test_blank_in_the_environment(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("JIMMYAI_API_KEY", key)
    with pytest.raises(ConfigurationError, match="no API key"):
        JimmyAI()


def test_blank_argument_is_not_made_good_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A caller whose variable is empty meant that key, not another."""
    monkeypatch.setenv("JIMMYAI_API_KEY", KEY)
    with pytest.raises(ConfigurationError, match="no API key"):
        JimmyAI(api_key="")


@pytest.mark.parametrize("given", [KEY, f"  {KEY}\n", f"\t{KEY}\r\n"], ids=ascii)
def test_argument(connect: Connect, given: str) -> None:
    """Surrounding space is no part of it."""
    service = Service()
    connect(api_key=given, transport=service.transport).real_person.status("id1")
    assert service.asked[0].headers.get_list("authorization") == [f"Bearer {KEY}"]


def test_environment(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIMMYAI_API_KEY", f"{KEY}\n")
    service = Service()
    connect(api_key=None, transport=service.transport).real_person.status("id1")
    assert service.asked[0].headers["authorization"] == f"Bearer {KEY}"


def test_argument_wins_over_the_environment(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIMMYAI_API_KEY", "sk-other")
    service = Service()
    connect(api_key=KEY, transport=service.transport).real_person.status("id1")
    assert service.asked[0].headers["authorization"] == f"Bearer {KEY}"


def test_every_printable_ascii_character_goes_out_as_it_is(connect: Connect) -> None:
    key = "".join(map(chr, range(0x21, 0x7F)))
    service = Service()
    connect(api_key=key, transport=service.transport).real_person.status("id1")
    assert service.asked[0].headers["authorization"] == f"Bearer {key}"
