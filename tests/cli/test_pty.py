"""On a real terminal."""

import json
import math
import os
import pty
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from jimmy_ai_openapi_client.sdk.mock import MockService

from .shell import drained, started

pytestmark = pytest.mark.wire


@pytest.fixture
def url() -> Iterator[str]:
    mock = MockService(api_key="sk-mock", polls=0)
    mock.add("a", "肖像")
    mock.add("never", polls=math.inf)
    with mock.serve() as server:
        yield server.base_url


def test_a_table_without_being_told(url: str) -> None:
    terminal, end = pty.openpty()
    with started(url, "batch", "a", "nope", "肖像", stdout=end, stderr=end) as process:
        os.close(end)
        text = drained(terminal)
        assert process.wait() == 1
    assert re.sub(r"\x1b\[[\d;]*m", "", text).splitlines() == [
        "✓  a     Active      asset://a     a",
        "?  nope  Missing",
        "✓  肖像  Active      asset://肖像  肖像",
        "2 active, 1 missing",
    ]


def test_ctrl_c_leaves_the_rows_and_the_cursor(url: str) -> None:
    terminal, end = pty.openpty()
    with started(url, "wait", "a", "never", stdin=end, stdout=end, stderr=end, start_new_session=True) as process:
        text = b""
        while "1/2" not in text.decode(errors="ignore"):
            text += os.read(terminal, 65536)
        process.send_signal(2)
        os.close(end)
        shown = text.decode() + drained(terminal)
        assert process.wait() == 130
    assert "asset://a" in shown
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l")
    assert re.search(r"1 active, 1 pending after 0:00:0\d\s+Interrupted\s*$", shown)


@pytest.mark.parametrize("form", [["-o"], [">"]])
def test_the_bar_is_on_stderr_while_results_go_to_a_file(url: str, tmp_path: Path, form: list[str]) -> None:
    file = tmp_path / "results.jsonl"
    terminal, end = pty.openpty()
    words = ["wait", "a", "never", "--timeout=0", *([*form, str(file)] if form == ["-o"] else [])]
    with (tmp_path / "stdout").open("wb") as stdout, started(url, *words, stdout=stdout, stderr=end) as process:
        os.close(end)
        shown = drained(terminal)
        assert process.wait() == 5
    written = file if form == ["-o"] else tmp_path / "stdout"
    assert [json.loads(line)["id"] for line in written.read_text().splitlines()] == ["a"]
    assert "━" in shown
    assert "asset://a" not in shown


def test_no_bar_while_another_program_reads_the_results(url: str) -> None:
    terminal, end = pty.openpty()
    with started(url, "wait", "a", stderr=end) as process:
        os.close(end)
        assert drained(terminal).replace("\r", "") == "1 active after 0:00:00\n"
        assert process.wait() == 0
