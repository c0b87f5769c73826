"""What people see on a terminal, whatever the server says and however wide it is."""

import re

import pytest
from rich.cells import cell_len

from jimmy_ai_openapi_client.sdk.mock import MockService

from .conftest import Run

NASTY = "\x1b[31mred\x1b[0m\r\n\x9b2J\u202etxt\x00 \u3000[bold]:smile:"


@pytest.mark.parametrize("command", ["status", "batch", "wait"])
@pytest.mark.parametrize("form", ["--table", "--json"])
def test_nothing_a_server_says_moves_the_cursor(run: Run, mock: MockService, command: str, form: str) -> None:
    mock.add("a", name=NASTY, fresh={NASTY: NASTY})
    done = run(command, "a", form)
    assert "red" in done.out
    assert all(line.isprintable() for line in done.out.splitlines())
    assert not set("\r\x0b\x0c\x85\u2028") & set(done.out)


def test_a_wait_draws_rows_and_a_bar(run: Run, mock: MockService) -> None:
    mock.add("a")
    mock.add("肖像", outcome="Failed")
    mock.add("slow", seconds=1000)
    done = run("wait", "a", "肖像", "slow", "nope", "--timeout", "60", terminal=True)
    drawn = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", done.out.replace("\x1b[2K", "\n")).splitlines()
    rows = [line.split()[:3] for line in drawn if line.startswith(tuple("✓✗?·"))]
    assert rows == [["✓", "a", "Active"], ["✗", "肖像", "Failed"], ["?", "nope", "Missing"]]
    bar = re.compile(r"━ 3/4 0:0[01]:\d\d 1 active, 1 failed, 1 missing, 1 pending *")
    assert any(map(bar.search, drawn))
    assert done.out.rindex("\x1b[?25h") > done.out.rindex("\x1b[?25l")
    assert done.err.startswith("1 active, 1 failed, 1 missing, 1 pending after 0:00:5")


@pytest.mark.parametrize("width", [0, 1, 20, 40, 80])
@pytest.mark.parametrize("command", ["status", "batch", "wait"])
def test_any_width_shows_everything(run: Run, mock: MockService, command: str, width: int) -> None:
    mock.add("portrait-1", name="a long name to the very end")
    done = run(command, "portrait-1", "--table", COLUMNS=str(width))
    shown = "".join(done.out.split())
    assert all(word in shown for word in ("portrait-1", "Active", "longnametotheveryend"))
    assert max(map(cell_len, done.out.splitlines())) <= (width if width >= 20 else 80)
