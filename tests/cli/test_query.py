"""`jimmy-ai status` and `jimmy-ai batch`."""

import math

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import MockService

from .conftest import Run


def test_every_id_in_the_order_given(run: Run, mock: MockService) -> None:
    mock.add("b", outcome="Failed")
    mock.add("a", "c")
    done = run("batch", "c", "b", "nope", "a", "c")
    assert (done.code, done.err) == (1, "2 active, 1 failed, 1 missing\n")
    assert list(done.by_id.items()) == [("c", "Active"), ("b", "Failed"), ("nope", None), ("a", "Active")]
    assert [one["missing"] for one in done.lines] == [False, False, True, False]
    mock.add("b", polls=math.inf)
    pending = run("batch", "a", "b", "--quiet")
    assert (pending.code, pending.by_id, pending.err) == (5, {"a": "Active", "b": "Processing"}, "")


def test_the_id_asked_for_is_there_when_the_service_has_another(run: Run, mock: MockService) -> None:
    mock.add("a1", official_id="o1")
    assert [(one["id"], one["asset_id"]) for one in run("batch", "o1").lines] == [("o1", "a1")]


def test_options_reach_the_client(run: Run, mock: MockService) -> None:
    mock.add(*"abcde")
    run("batch", *"abcde", "--batch-size", 2, "--concurrency", 1)
    assert [one.body["asset_ids"] for one in mock.requests] == [["a", "b"], ["c", "d"], ["e"]]


@pytest.mark.parametrize("command", ["batch", "wait"])
def test_a_refused_id_has_its_error_and_spoils_no_other(run: Run, mock: MockService, command: str) -> None:
    mock.add("a", "c")
    mock.refuse("b")
    done = run(command, "a", "b", "c")
    assert (done.code, done.by_id) == (1, {"a": "Active", "b": None, "c": "Active"})
    refused = [one for one in done.lines if one["missing"] or one["error"]]
    assert [one["id"] for one in refused] == ["b"]
    assert "20002: asset_ids: 'b' is malformed" in refused[0]["error"]


def test_only_the_services_own_refusal_says_something_about_ids(run: Run, mock: MockService) -> None:
    mock.refuse("a", "b")
    done = run("batch", "a", "b")
    assert (done.code, done.by_id) == (1, {"a": None, "b": None})
    gateway = run("batch", "a", "b", answers=[httpx.Response(400)])
    assert (gateway.code, gateway.out) == (3, "")


def test_what_was_known_before_an_error_is_shown(run: Run, mock: MockService) -> None:
    mock.add("a", "b", "c", "d")
    done = run("batch", *"abcd", "--batch-size=1", "--concurrency=2", answers=[None, None, None, httpx.Response(401)])
    assert (done.code, list(done.by_id)[:2], len(done.by_id)) == (3, ["a", "b"], 3)
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
    facts = {name: value.strip() for name, value in (line.split(maxsplit=1) for line in done.out.splitlines())}
    assert facts.items() >= {"asset": "id1", "status": "✓ Active", "reference": "asset://id1", "name": "肖像"}.items()
    assert (facts["official_id"], facts["fresh"]) == ("o1", "\\x1b[2J")


def test_the_exit_code_says_what_it_is_and_only_an_active_one_has_a_reference(run: Run, mock: MockService) -> None:
    mock.add("done")
    mock.add("failed", outcome="Failed")
    mock.add("waiting", polls=math.inf)
    mock.add("strange", outcome="Reviewing")
    done, *others = (run("status", one) for one in ("done", "failed", "waiting", "strange"))
    assert [one.code for one in (done, *others)] == [0, 1, 5, 5]
    assert [one.lines[0]["reference"] for one in (done, *others)] == ["asset://done", None, None, None]
    assert "available once it is active" in run("status", "waiting", "--table").out


def test_an_unknown_id_is_missing(run: Run) -> None:
    done = run("status", "nobody")
    (line,) = done.lines
    assert (done.code, done.err) == (1, "")
    assert (line["id"], line["status"], line["missing"]) == ("nobody", None, True)
    assert line["error"].startswith("realperson/status: HTTP 200, code 20002: asset not found")
    assert "Missing" in run("status", "nobody", "--table").out
