"""Waiting when looks fail: what is outlasted, what ends the wait, and what is kept."""

import ssl
from itertools import pairwise

import httpx
import pytest

from jimmy_ai_openapi_client import (
    APIConnectionError,
    APIResponseError,
    APIStatusError,
    AuthenticationError,
    ConfigurationError,
    InternalServerError,
    JimmyAIError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    WaitTimeoutError,
)

from .lives import Lanes, Lives, waiting
from .service import KEY, Answer, Connect, Service, no

PASSING: dict[str, type[JimmyAIError]] = {
    "T": APIConnectionError,
    "5": InternalServerError,
    "E": InternalServerError,
    "9": RateLimitError,
    "H": APIResponseError,
}
passing = pytest.mark.parametrize(("letter", "kind"), PASSING.items(), ids=[kind.__name__ for kind in PASSING.values()])


def untrusted() -> httpx.ConnectError:
    error = httpx.ConnectError("certificate verify failed")
    error.__cause__ = ssl.SSLCertVerificationError("self-signed certificate")
    return error


REFUSALS: dict[str, tuple[Answer, type[JimmyAIError]]] = {
    "code 20001": (no(20001), AuthenticationError),
    "HTTP 401": (no(None, status=401), AuthenticationError),
    "HTTP 403": (no(None, status=403), PermissionDeniedError),
    "HTTP 404": (no(None, status=404), NotFoundError),
    "a redirect": (no(None, status=302, Location="https://example.com"), APIStatusError),
    "another code": (no(30001), APIStatusError),
    "an untrusted certificate": (untrusted(), APIConnectionError),
}


@passing
def test_four_bad_rounds_are_outlasted(connect: Connect, letter: str, kind: type[JimmyAIError]) -> None:
    service, real_person = waiting(connect, {"a": letter * 4 + "P" + letter * 4 + "A"})
    assert real_person.wait("a").is_active
    assert len(service.asked) == 10
    assert all(later - sooner >= 5 for sooner, later in pairwise(service.times))


@passing
def test_the_fifth_running_ends_the_wait(connect: Connect, letter: str, kind: type[JimmyAIError]) -> None:
    service, real_person = waiting(connect, {"a": "P" + letter})
    with pytest.raises(kind) as caught:
        real_person.wait_many(["a"])
    result = caught.value.wait_result
    assert result is not None
    assert (list(result), result.pending, result.requests) == (["a"], ("a",), 6)
    assert len(service.asked) == 6


def test_a_round_with_one_answer_is_not_bad(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "T", "b": "P"}, batch_size=1)
    with pytest.raises(WaitTimeoutError) as caught:
        real_person.wait_many(["a", "b"], timeout=300)
    assert isinstance(caught.value.__cause__, APIConnectionError)
    assert list(caught.value.result) == ["b"]
    assert len(service.asked) > 20


def test_a_bad_chunk_spoils_only_itself(connect: Connect) -> None:
    service, real_person = waiting(connect, {"c": "5P5A"}, batch_size=2)
    told: list[str] = []
    result = real_person.wait_many(list("abcdef"), on_update=lambda asset, _: told.append(asset.asset_id))
    assert sorted(service.ids[:3]) == ["ab", "cd", "ef"]
    assert service.ids[3:] == ["cd", "c", "c"]
    assert told == ["a", "b", "e", "f", "c", "d", "c"]
    assert list(result.active) == list("abcdef")


@pytest.mark.parametrize(("answer", "kind"), REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_ends_the_wait_at_once(connect: Connect, answer: Answer, kind: type[JimmyAIError]) -> None:
    service = Service(answer)
    clock = Lanes()
    real_person = connect(api_key=KEY, transport=service.transport, clock=clock).real_person
    with pytest.raises(kind) as caught:
        real_person.wait("a")
    assert type(caught.value) is kind
    assert caught.value.wait_result is not None
    assert caught.value.wait_result.pending == ("a",)
    assert len(service.asked) == 1
    assert clock.now() == 0


def test_what_was_learnt_until_a_refusal_is_told_and_kept(connect: Connect) -> None:
    """In the look itself too; what comes after it is not asked any more."""
    service, real_person = waiting(connect, {"a": "PPA", "c": "PP1"}, batch_size=1, concurrency=3)
    told: list[str] = []
    with pytest.raises(AuthenticationError) as caught:
        real_person.wait_many(list("abcd"), on_update=lambda asset, _: told.append(asset.asset_id))
    result = caught.value.wait_result
    assert result is not None
    assert (list(result.active), list(result), result.pending) == (["a", "b", "d"], list("abcd"), ("c",))
    assert told == ["a", "b", "c", "d", "a"]
    assert len(service.asked) == 8


def test_nothing_is_asked_after_a_refusal(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "1"}, batch_size=1, concurrency=1)
    with pytest.raises(AuthenticationError):
        real_person.wait_many(list("abcd"))
    assert service.ids == ["a"]


def test_as_completed_gives_what_came_beside_a_refusal_first(connect: Connect) -> None:
    _, real_person = waiting(connect, {"b": "1"}, batch_size=1)
    heard: list[str] = []
    with pytest.raises(AuthenticationError) as caught:
        heard.extend(asset.asset_id for asset in real_person.as_completed(["a", "b", "c"]))
    assert heard == ["a", "c"]
    assert caught.value.wait_result is not None
    assert list(caught.value.wait_result.active) == ["a", "c"]


def test_a_look_has_the_retries_of_any_request(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "555A"}, max_retries=3)
    result = real_person.wait_many(["a"])
    assert result.active
    assert result.requests == 1
    assert len(service.asked) == 4
    assert service.times[-1] >= 5 + 10 + 20


def test_a_client_closed_meanwhile_ends_the_wait(connect: Connect) -> None:
    clock = Lanes()
    client = connect(api_key=KEY, transport=Lives(clock, {"b": "P"}).transport, clock=clock, batch_size=1)
    arriving = client.real_person.as_completed(["a", "b", "c"])
    assert [next(arriving).asset_id, next(arriving).asset_id] == ["a", "c"]
    client.close()
    with pytest.raises(ConfigurationError, match="closed") as caught:
        next(arriving)
    assert caught.value.wait_result is not None
    assert caught.value.wait_result.pending == ("b",)
    assert list(caught.value.wait_result.active) == ["a", "c"]
