"""`jimmy-ai status` and `jimmy-ai batch`."""

import math
from typing import NoReturn

import httpx
import pytest

from jimmy_ai_openapi_client import BadRequestError, BatchResult
from jimmy_ai_openapi_client.sdk.mock import MockService
from jimmy_ai_openapi_client.sdk.real_person import RealPerson

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
    assert done.by_id == {"a": "Active", "b": None, "c": "Active"}
    assert [one["id"] for one in done.lines if one["missing"]] == ["b"]
    errors = {one["id"]: one["error"] for one in done.lines}
    assert "20002: bad id" in errors.pop("b")
    assert errors == {"a": None, "c": None}


def test_what_was_known_before_an_error_is_shown(run: Run, mock: MockService) -> None:
    mock.add("a", "b", "c", "d")

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(401) if b'"d"' in request.content else mock.answer(request)

    done = run("batch", *"abcd", "--batch-size=1", "--concurrency=2", client={"transport": httpx.MockTransport(answer)})
    assert (done.code, list(done.by_id)) == (3, ["a", "b", "c"])
    assert "Check the key in JIMMYAI_API_KEY or --api-key-file" in done.err


def test_no_ids_at_all_in_a_file(run: Run, mock: MockService) -> None:
    done = run("batch", "-", stdin="# none today\n\n")
    assert (done.code, done.out, done.err, mock.requests) == (0, "", "nothing to ask for\n", [])


def test_a_line_of_json_in_a_pipe(run: Run, mock: MockService) -> None:
    mock.add("id1", name="肖像", fresh={"a": [1]})
    done = run("status", "id1")
    assert (done.code, done.err) == (0, "")
    assert "肖像" in done.out
    assert done.lines == [
        {
            "id": "id1",
            "asset_id": "id1",
            "status": "Active",
            "missing": False,
            "reference": "asset://id1",
            "asset_ref": "asset://id1",
            "official_id": "id1",
            "name": "肖像",
            "url": "https://cdn.example.com/id1.jpg",
            "created_at": "2026-05-01 12:00:00",
            "error": None,
            "extra": {"fresh": {"a": [1]}},
        }
    ]


def test_everything_known_on_a_terminal(run: Run, mock: MockService) -> None:
    mock.add("id1", name="肖像", fresh="\x1b[2J", official_id="o1")
    done = run("status", "id1", terminal=True, NO_COLOR="1")
    facts = dict(line.split(maxsplit=1) for line in done.out.splitlines())
    assert facts["asset"].strip() == "id1"
    assert facts["status"].strip() == "✓ Active"
    assert facts["reference"].strip() == "asset://id1"
    assert facts["name"].strip() == "肖像"
    assert facts["official_id"].strip() == "o1"
    assert facts["fresh"].strip() == "\\x1b[2J"


def test_one_that_is_not_active_has_no_reference(run: Run, mock: MockService) -> None:
    mock.add("id1", polls=math.inf)
    assert run("status", "id1").lines[0]["reference"] is None
    assert "available once it is active" in run("status", "id1", "--table").out


def test_the_exit_code_says_what_it_is(run: Run, mock: MockService) -> None:
    mock.add("done")
    mock.add("failed", outcome="Failed")
    mock.add("waiting", polls=math.inf)
    mock.add("strange", outcome="Reviewing")
    assert [run("status", one).code for one in ("done", "failed", "waiting", "strange")] == [0, 1, 5, 5]


def test_an_unknown_id_is_missing(run: Run) -> None:
    done = run("status", "nobody")
    (line,) = done.lines
    assert (done.code, done.err) == (1, "")
    assert (line["id"], line["status"], line["missing"]) == ("nobody", None, True)
    assert line["error"].startswith("realperson/status: HTTP 200, code 20002: asset not found")
    assert "Missing" in run("status", "nobody", "--table").out


@pytest.mark.parametrize(("code", "exit_code", "shown"), [(20002, 1, [True, True]), (None, 3, [])])
def test_refusals_that_the_library_raises(
    run: Run, monkeypatch: pytest.MonkeyPatch, code: int | None, exit_code: int, shown: list[bool]
) -> None:
    """Only the service's own refusal says something about ids; a gateway's leaves them unasked."""

    def refuse(self: RealPerson, ids: list[str]) -> NoReturn:
        error = BadRequestError("HTTP 400", code=code)
        known = BatchResult(refused=dict.fromkeys(ids, error)) if code else BatchResult(unasked=tuple(ids))
        error.batch_result = known
        raise error

    monkeypatch.setattr(RealPerson, "batch_status", refuse)
    done = run("batch", "a", "b")
    assert (done.code, [one["missing"] for one in done.lines]) == (exit_code, shown)
