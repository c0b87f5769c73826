"""`jimmy-ai batch`."""

import math

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import MockService

from .conftest import Run


def test_every_id_in_the_order_given(run: Run, mock: MockService) -> None:
    mock.add("b", outcome="Failed")
    mock.add("a", "c")
    done = run("batch", "c", "b", "nope", "a", "c")
    assert done.code == 1
    assert list(done.by_id.items()) == [("c", "Active"), ("b", "Failed"), ("nope", None), ("a", "Active")]
    assert [one["missing"] for one in done.lines] == [False, False, True, False]
    assert done.err == "2 active, 1 failed, 1 missing\n"


def test_the_id_asked_for_is_there_when_the_service_has_another(run: Run, mock: MockService) -> None:
    mock.add("a1", official_id="o1")
    assert [(one["id"], one["asset_id"]) for one in run("batch", "o1").lines] == [("o1", "a1")]


def test_pending_ones_are_shown_and_make_the_exit_code(run: Run, mock: MockService) -> None:
    mock.add("a")
    mock.add("b", polls=math.inf)
    done = run("batch", "a", "b", "--quiet")
    assert (done.code, done.by_id, done.err) == (5, {"a": "Active", "b": "Processing"}, "")


def test_options_reach_the_client(run: Run, mock: MockService) -> None:
    mock.add(*"abcde")
    run("batch", *"abcde", "--batch-size", 2, "--concurrency", 1)
    assert [one.body["asset_ids"] for one in mock.requests] == [["a", "b"], ["c", "d"], ["e"]]


def refusing(mock: MockService, *bad: str) -> httpx.MockTransport:
    """The mock, but it refuses every request that names one of those ids."""

    def answer(request: httpx.Request) -> httpx.Response:
        if any(f'"{one}"'.encode() in request.content for one in bad):
            return httpx.Response(200, json={"code": 20002, "msg": "bad id"})
        return mock.answer(request)

    return httpx.MockTransport(answer)


@pytest.mark.parametrize("command", ["batch", "wait"])
def test_a_refused_id_has_its_error_and_spoils_no_other(run: Run, mock: MockService, command: str) -> None:
    mock.add("a", "b", "c")
    client = {"transport": refusing(mock, "b")}
    done = run(command, "a", "b", "c", client=client)
    assert done.code == 1
    assert done.by_id == {"a": "Active", "b": "Failed", "c": "Active"}
    errors = {one["id"]: one["error"] for one in done.lines}
    assert "20002: bad id" in errors.pop("b")
    assert errors == {"a": None, "c": None}
    assert "Refused" in run(command, "a", "b", "c", "--table", client=client).out


def test_what_was_known_before_an_error_is_shown(run: Run, mock: MockService) -> None:
    mock.add("a", "b", "c", "d")

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(401) if b'"d"' in request.content else mock.answer(request)

    done = run("batch", *"abcd", "--batch-size=1", "--concurrency=2", client={"transport": httpx.MockTransport(answer)})
    assert (done.code, list(done.by_id)) == (3, ["a", "b", "c"])
    assert "Check the key in JIMMYAI_API_KEY or --api-key-file" in done.err


def test_trouble_at_the_first_request_shows_nothing(run: Run) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise TypeError("unheard of")

    done = run("batch", "a", client={"transport": httpx.MockTransport(answer)})
    assert (done.code, done.out) == (70, "")
    assert "this is a bug, please report it with what --debug shows: TypeError: unheard of" in done.err


def test_no_ids_at_all_in_a_file(run: Run, mock: MockService) -> None:
    done = run("batch", "-", stdin="# none today\n\n")
    assert (done.code, done.out, done.err, mock.requests) == (0, "", "nothing to ask for\n", [])
