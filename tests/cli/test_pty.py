"""On a real terminal."""

import json
import os
import pty
import re
from pathlib import Path
from typing import Any

import pytest

from .shell import drained, started


def shown(url: str, *words: object, code: int, **streams: Any) -> str:
    """What a command writes to its terminal; `streams` lead elsewhere."""
    terminal, end = pty.openpty()
    with started(url, *words, **{"stdout": end, "stderr": end, **streams}) as process:
        os.close(end)
        text = drained(terminal)
        assert process.wait() == code
    return text


def test_a_table_without_being_told(url: str) -> None:
    text = shown(url, "batch", "a", "nope", "肖像", code=1)
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
        text_and_rest = text.decode() + drained(terminal)
        assert process.wait() == 130
    assert "asset://a" in text_and_rest
    assert text_and_rest.rindex("\x1b[?25h") > text_and_rest.rindex("\x1b[?25l")
    assert re.search(r"1 active, 1 pending after \d:\d\d:\d\d\s+Interrupted\s*$", text_and_rest)


@pytest.mark.parametrize("redirected", [True, False])
def test_the_bar_is_on_stderr_while_results_go_to_a_file(url: str, tmp_path: Path, *, redirected: bool) -> None:
    file = tmp_path / "results.jsonl"
    with file.open("ab") as stdout:
        where: Any = ([], {"stdout": stdout}) if redirected else (["-o", file], {})
        text = shown(url, "wait", "a", "never", "--timeout=0", *where[0], code=5, **where[1])
    assert [json.loads(line)["id"] for line in file.read_text().splitlines()] == ["a"]
    assert ("━" in text, "asset://a" in text) == (True, False)


def test_no_bar_while_another_program_reads_the_results(url: str) -> None:
    read, written = os.pipe()
    assert re.fullmatch(r"1 active after \d:\d\d:\d\d\n", shown(url, "wait", "a", code=0, stdout=written))
    os.close(written)
    os.close(read)
