"""What people see on a terminal."""

import math
import re

import pytest
from rich.cells import cell_len

from jimmy_ai_openapi_client.sdk.mock import MockService

from .conftest import Run

CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
NASTY = "\x1b[31mred\x1b[0m\r\n\x9b2J\u202etxt\x00 \u3000[bold]:smile:"


def drawn(text: str) -> list[str]:
    return CONTROL.sub("", text.replace("\x1b[2K", "\n")).splitlines()


@pytest.fixture
def some(mock: MockService) -> list[str]:
    mock.add("portrait-1", name="a name that goes on and on, and then on and on, to the very end")
    mock.add("肖像-李娜", name="李娜的肖像照片", outcome="Failed")
    mock.add("id3", polls=math.inf)
    return ["portrait-1", "肖像-李娜", "id3", "nope"]


@pytest.mark.parametrize("width", [120, 80, 60])
def test_columns_line_up(run: Run, some: list[str], width: int) -> None:
    lines = run("batch", *some, "--table", width=width).out.splitlines()
    assert [line.split()[1 - (line is lines[0])] for line in lines] == ["Asset", *some]
    assert [line.split()[2 - (line is lines[0])] for line in lines] == [
        "Status",
        "Active",
        "Failed",
        "Processing",
        "Missing",
    ]
    places = {cell_len(line[: line.index(word)]) for line, word in zip(lines, ("Status", *"AFPM"), strict=True)}
    assert len(places) == 1
    assert max(map(cell_len, lines)) <= width
    assert ("…" in lines[1]) == (width < 120)


@pytest.mark.parametrize("width", [40, 20])
def test_a_narrow_terminal_loses_nothing(run: Run, some: list[str], width: int) -> None:
    out = run("batch", *some, "--table", width=width).out
    assert max(map(cell_len, out.splitlines())) <= width
    if width == 40:
        assert out.splitlines()[1].strip() == "asset://portrait-1"
    else:
        assert "portrai" in out
    assert "李娜" in out
    assert "to the very" in " ".join(out.split())


def test_colours_and_how_to_be_without(run: Run, some: list[str]) -> None:
    assert "\x1b[32mActive" in run("batch", *some, terminal=True).out
    assert "\x1b" not in run("batch", *some, "--no-color", terminal=True).out
    assert "\x1b" not in run("batch", *some, terminal=True, NO_COLOR="1").out
    assert "\x1b" not in run("batch", *some, "--table").out


@pytest.mark.parametrize("command", ["status", "batch", "wait"])
@pytest.mark.parametrize("form", ["--table", "--json"])
def test_nothing_a_server_says_moves_the_cursor(run: Run, mock: MockService, command: str, form: str) -> None:
    mock.add("a", name=NASTY, fresh={NASTY: NASTY})
    done = run(command, "a", form)
    assert "red" in done.out
    assert all(line.isprintable() for line in done.out.splitlines())
    assert not set("\r\x0b\x0c\x85\u2028") & set(done.out)


def test_json_on_a_terminal(run: Run, some: list[str]) -> None:
    done = run("wait", *some, "--json", "--timeout=60", terminal=True)
    assert list(done.by_id) == ["portrait-1", "肖像-李娜", "nope"]


def test_a_wait_draws_rows_and_a_bar(run: Run, some: list[str]) -> None:
    done = run("wait", *some, "--timeout", "60", terminal=True)
    lines = drawn(done.out)
    shown = [line.split()[:3] for line in lines if line.startswith(tuple("✓✗?·"))]
    assert [words[1:] for words in shown] == [
        ["portrait-1", "Active"],
        ["肖像-李娜", "Failed"],
        ["nope", "Missing"],
        ["id3", "Processing"],
    ]
    assert any(re.search(r"━+ +2/4 +0:\d\d of 1:00$", line.rstrip()) for line in lines)
    assert "1 active, 1 failed, 1 missing, 1 pending" in {line.strip() for line in lines}
    assert done.out.rindex("\x1b[?25h") > done.out.rindex("\x1b[?25l")
    assert done.err.startswith("1 active, 1 failed, 1 missing, 1 pending after 1:0")


def test_the_pending_ones_listed_at_a_deadline_are_few(run: Run, mock: MockService) -> None:
    ids = [f"id{number}" for number in range(30)]
    mock.add(*ids, polls=math.inf)
    done = run("wait", *ids, "--timeout", "0", "--table")
    assert done.out.count("Processing") == 20
    assert "and 10 more\n" in done.err


def test_a_quiet_wait_and_one_being_debugged_have_no_bar(run: Run, some: list[str]) -> None:
    for option in ("--quiet", "--debug"):
        assert "━" not in run("wait", *some, "--timeout=9", option, terminal=True).out


def test_a_dumb_terminal_has_no_bar(run: Run, some: list[str]) -> None:
    assert "━" not in run("wait", *some, "--timeout=9", terminal=True, TERM="dumb").out


def test_a_wait_without_a_limit_shows_the_time_alone(run: Run, mock: MockService) -> None:
    mock.add("a", seconds=8)
    assert " of " not in run("wait", "a", "--timeout=none", terminal=True).out
