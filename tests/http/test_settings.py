"""What a client is made with, on its way to the wire, and what it shows. The rules: tests/policy/test_settings.py."""

import copy
import pickle
import traceback
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client import AsyncJimmyAI, ConfigurationError, JimmyAI
from jimmy_ai_openapi_client.sdk.mock import FakeClock
from jimmy_ai_openapi_client.sdk.policy.answer import READ_OPERATIONS

from .search import shown_anywhere
from .service import KEY, Connect, Service


def test_requests_go_to_the_prefix_and_then_the_operation_s_path(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIMMYAI_BASE_URL", "HTTP://Gate.Example:80/jimmy/")
    monkeypatch.setenv("JIMMYAI_API_KEY", f"\t{KEY}\n")
    service = Service()
    client = connect(api_key=None, transport=service.transport, allow_http=True, headers={"X-Team": "video"})
    client.real_person.status("id1")
    client.real_person.batch_status(["id1"])
    assert [asked.url for asked in service.asked] == [f"http://gate.example/jimmy{path}" for _, path in READ_OPERATIONS]
    assert {asked.headers["authorization"] for asked in service.asked} == {f"Bearer {KEY}"}
    assert {asked.headers["x-team"] for asked in service.asked} == {"video"}


WRONG: dict[str, dict[str, Any]] = {
    "key": {"api_key": f"Bearer {KEY}"},
    "bytes": {"api_key": KEY.encode()},
    "password": {"base_url": f"https://user:{KEY}@host.example"},
    "port": {"base_url": f"https://{KEY}@host.example:port"},
    "far": {"api_key": KEY, "base_url": "http://far.example"},
    "timeout": {"api_key": KEY, "timeout": 0},
    "concurrency": {"api_key": KEY, "concurrency": 0},
    "headers": {"api_key": KEY, "headers": {"Host": "x"}},
    "clock": {"api_key": KEY, "clock": FakeClock},
}


@pytest.mark.parametrize("options", WRONG.values(), ids=WRONG)
def test_refused_without_a_secret_in_any_frame(connect: Connect, options: dict[str, Any]) -> None:
    """Reports keep the locals of every frame. A password in an address may be a secret of its own."""
    with pytest.raises(ConfigurationError) as caught:
        connect(**options)
    assert not shown_anywhere(caught.value, KEY)
    assert "Secret(***)" in "".join(
        traceback.TracebackException.from_exception(caught.value, capture_locals=True).format()
    )


def test_a_transport_of_the_other_kind() -> None:
    with pytest.raises(ConfigurationError, match="AsyncBaseTransport"):
        AsyncJimmyAI(api_key=KEY, transport=httpx.HTTPTransport())  # type: ignore[arg-type]


@pytest.mark.parametrize("names", [("timeout",), ("key", "sk-1"), ("api_key", "sk-1")], ids=repr)
def test_options_go_by_name(names: tuple[str, ...]) -> None:
    """A key in the wrong place is no guess of ours."""
    with pytest.raises(TypeError):
        JimmyAI(*names)


@pytest.mark.parametrize("client", [JimmyAI, AsyncJimmyAI])
@pytest.mark.parametrize("copied", [pickle.dumps, copy.copy, copy.deepcopy])
def test_shown_but_not_pickled_or_copied(client: Any, copied: Callable[[Any], object]) -> None:
    """The key would travel, and connections cannot. The address is no secret."""
    made = client(api_key=KEY, base_url="https://gate.example/jimmy/")
    assert repr(made) == f"{client.__name__}(base_url='https://gate.example/jimmy/')"
    for each in (made, made.with_options(timeout=1), made.raw, made.real_person):
        if each is made.real_person and copied is copy.copy:
            continue
        with pytest.raises((TypeError, AttributeError, pickle.PicklingError)) as caught:
            copied(each)
        assert KEY not in str(caught.value)
        assert (each is made.real_person) or "cannot be pickled or copied" in str(caught.value)
        assert isinstance(each, client) <= ("use with_options" in str(caught.value))
