"""`jimmy-ai status`."""

import math

import httpx

from jimmy_ai_openapi_client.sdk.mock import MockService

from .conftest import Run


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


def test_what_the_service_leaves_out_is_left_out(run: Run) -> None:
    answer = httpx.Response(200, json={"code": 0, "data": {"asset_id": "id1", "status": "Active", "name": None}})
    done = run("status", "id1", "--table", client={"transport": httpx.MockTransport(lambda _: answer)})
    assert [line.split()[0] for line in done.out.splitlines()] == ["asset", "status", "reference"]


def test_one_that_is_not_active_has_no_reference(run: Run, mock: MockService) -> None:
    mock.add("id1", polls=math.inf)
    assert run("status", "id1").lines[0]["reference"] is None
    assert "not before it is active" in run("status", "id1", "--table").out


def test_the_exit_code_says_what_it_is(run: Run, mock: MockService) -> None:
    mock.add("done")
    mock.add("failed", outcome="Failed")
    mock.add("waiting", polls=math.inf)
    mock.add("strange", outcome="Reviewing")
    assert [run("status", one).code for one in ("done", "failed", "waiting", "strange")] == [0, 1, 5, 5]


def test_an_unknown_id_is_refused(run: Run) -> None:
    done = run("status", "nope")
    assert (done.code, done.out) == (3, "")
    assert done.err == "Error: realperson/status: HTTP 200, code 20002: asset not found. Check the ids that were sent\n"


def test_a_malformed_id_is_a_usage_error(run: Run, mock: MockService) -> None:
    done = run("status", " ")
    assert (done.code, mock.requests) == (2, [])
    assert done.err.startswith("Error: the id is blank;")
