"""`jimmy-ai wait -o`: results in a file, and waits that go on where another ended."""

import json
import tracemalloc
from pathlib import Path
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService

from .conftest import Done, Run

IDS = ["a", "b", "肖像", "nope", "d"]


@pytest.fixture
def file(tmp_path: Path, mock: MockService) -> Path:
    mock.add("a", "d")
    mock.add("b", outcome="Failed")
    mock.add("肖像", seconds=20)
    return tmp_path / "results.jsonl"


def ends(file: Path) -> dict[str, Any]:
    """The status of each id, which the file must have once."""
    return Done(0, file.read_text("utf-8"), "").by_id


ALL = {"a": "Active", "b": "Failed", "d": "Active", "nope": None, "肖像": "Active"}


def asked(mock: MockService) -> set[str]:
    return {one for request in mock.requests for one in request.body["asset_ids"]}


def test_results_go_to_the_file_alone_and_are_asked_for_once(run: Run, file: Path, mock: MockService) -> None:
    done = run("wait", *IDS, "-o", file)
    assert (done.code, done.out, ends(file)) == (1, "", ALL)
    assert list(ends(file))[:3] == ["a", "b", "d"]
    assert done.err.startswith("3 active, 1 failed, 1 missing after ")
    before = file.read_bytes()
    mock.requests.clear()
    again = run("wait", *IDS, "-o", file)
    assert (again.code, mock.requests, file.read_bytes()) == (1, [], before)
    assert again.err == f"{file} has 5 of 5 already\n3 active, 1 failed, 1 missing after 0:00:00\n"


def test_an_interrupted_wait_asks_for_the_rest(run: Run, file: Path, mock: MockService) -> None:
    first = run("wait", *IDS, "-o", file, "--timeout", 0)
    assert (first.code, ends(file)) == (5, {"a": "Active", "b": "Failed", "d": "Active"})
    assert "2 active, 1 failed, 2 pending after 0:00:00; run it again for the rest\n" in first.err
    mock.requests.clear()
    second = run("wait", *IDS, "-o", file)
    assert (second.code, ends(file), asked(mock)) == (1, ALL, {"肖像", "nope"})


@pytest.mark.parametrize("keep", [*range(0, 420, 7), -1])
def test_a_line_cut_anywhere_is_mended(run: Run, file: Path, mock: MockService, keep: int) -> None:
    run("wait", "a", "肖像", "-o", file)
    whole = file.read_bytes()
    start = whole.index(b"\n") + 1
    keep = keep if keep >= 0 else len(whole) - start - 1
    file.write_bytes(whole[: start + keep])
    mock.requests.clear()
    done = run("wait", "a", "肖像", "d", "-o", file)
    assert (done.code, ends(file)) == (0, {"a": "Active", "肖像": "Active", "d": "Active"})
    assert asked(mock) == ({"d"} if start + keep >= len(whole) - 1 else {"肖像", "d"})


def test_a_tail_of_zeros_is_mended(run: Run, file: Path) -> None:
    for left in (b"", b'{"id": "d", "asset_'):
        file.write_bytes(left + bytes(500))
        assert run("wait", "a", "d", "-o", file).code == 0
        assert ends(file) == {"a": "Active", "d": "Active"}


def test_what_a_batch_saw_unfinished_is_asked_again(run: Run, file: Path, mock: MockService) -> None:
    mock.add("later", seconds=10)
    file.write_text(run("batch", "a", "later").out)
    assert run("wait", "a", "later", "-o", file).code == 0
    assert [json.loads(line)["status"] for line in file.read_text().splitlines()] == ["Active", "Processing", "Active"]


def test_a_wait_that_cannot_begin_makes_no_file(run: Run, tmp_path: Path) -> None:
    done = run("wait", "a", "-o", tmp_path / "f", JIMMYAI_API_KEY=None)
    assert (done.code, list(tmp_path.iterdir())) == (2, [])


def test_a_dash_is_stdout(run: Run, mock: MockService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    mock.add("a")
    assert run("wait", "a", "-o", "-").by_id == {"a": "Active"}
    assert run("wait", "a", "-o", "~/r", HOME=str(tmp_path)).code == 0
    assert [one.name for one in tmp_path.iterdir()] == ["r"]


def test_a_wait_holds_little_beside_the_ids(run: Run, tmp_path: Path, clock: FakeClock) -> None:
    """Neither results, which are written as they come, nor what is pending; nor when it reads the results again."""

    def answer(request: httpx.Request) -> httpx.Response:
        status = "Active" if clock.now() else "Processing"
        assets = [
            {"asset_id": one, "status": status, "url": f"https://example.com/{one}"}
            for one in json.loads(request.content)["asset_ids"]
        ]
        return httpx.Response(200, json={"code": 0, "data": {"items": assets}})

    count, ids, results = 10_000, tmp_path / "ids", tmp_path / "results.jsonl"
    ids.write_text("".join(f"asset-{number:08d}\n" for number in range(count)))
    for most in (300, 130):
        tracemalloc.start()
        done = run("wait", "-f", ids, "-o", results, handler=answer)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert (done.code, done.out) == (0, "")
        assert peak / count < most
