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


def test_a_wait_draws_rows_and_a_bar(run: Run, some: list[str]) -> None:
    done = run("wait", *some, "--timeout", "60", terminal=True)
    lines = drawn(done.out)
    shown = [line.split()[:3] for line in lines if line.startswith(tuple("✓✗?·"))]
    assert [words[1:] for words in shown] == [
        ["portrait-1", "Active"],
        ["肖像-李娜", "Failed"],
        ["nope", "Missing"],
    ]
    assert any(
        re.search(r"━ 3/4 0:0[01]:\d\d 1 active, 1 failed, 1 missing, 1 pending$", line.rstrip()) for line in lines
    )
    assert done.out.rindex("\x1b[?25h") > done.out.rindex("\x1b[?25l")
    assert done.err.startswith("1 active, 1 failed, 1 missing, 1 pending after 0:00:5")


def test_no_bar_where_it_would_spoil_something(run: Run, some: list[str]) -> None:
    for words in (["--quiet"], ["--debug"], ["--json"]):
        assert "━" not in run("wait", *some, "--timeout=9", *words, terminal=True).out
    assert "━" not in run("wait", *some, "--timeout=9", terminal=True, TERM="dumb").out


def test_columns_line_up(run: Run, some: list[str]) -> None:
    lines = run("batch", *some, "--table", COLUMNS="120").out.splitlines()
    assert [line.split()[1] for line in lines] == some
    assert ["asset://" in line for line in lines] == [True, False, False, False]  # only what is active can be used
    assert len({cell_len(line[: line.index(word)]) for line, word in zip(lines, "AFPM", strict=True)}) == 1


@pytest.mark.parametrize("width", [0, 1, 20, 40, 80])
@pytest.mark.parametrize("command", ["status", "batch", "wait"])
def test_any_width_shows_everything(run: Run, mock: MockService, command: str, width: int) -> None:
    mock.add("portrait-1", name="a long name to the very end")
    done = run(command, "portrait-1", "--table", COLUMNS=str(width))
    shown = "".join(done.out.split())
    assert all(word in shown for word in ("portrait-1", "Active", "verylongnametotheveryend"[4:]))
    assert max(map(cell_len, done.out.splitlines())) <= (width if width >= 20 else 80)


@pytest.mark.parametrize("length", [36, 64])
def test_a_real_id_takes_one_line(run: Run, mock: MockService, length: int) -> None:
    one = "a" * length
    mock.add(one)
    assert run("batch", one, "--table").out.splitlines() == [f"✓  {one}  Active"]
