"""How results and progress are shown: a table and a bar on a terminal, lines of JSON in a pipe."""

import os
import select
import stat
import sys
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from typing import IO, Any
from unicodedata import category

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from ..asset import RealPersonAsset
from ..errors import BadRequestError
from . import results
from .results import Result
from .session import Session

Sink = Callable[[str, Result], None]
"""Takes an id as it was asked for, and its result."""

NARROWEST, USUAL, NAME, STATUS = 20, 80, 12, len("Processing")
"""Columns: of a terminal, and of two cells."""
STYLES = {"Active": ("✓", "green"), "Failed": ("✗", "red"), "Missing": ("?", "yellow")}


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Say that the reader has gone; rich itself would end the process with code 1."""
        raise BrokenPipeError


class Screen:
    """stdout and stderr of one command."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._on_terminal = sys.stdout.isatty() if session.terminal is None else session.terminal
        self.console = self._console(sys.stdout)
        self.is_table = self._on_terminal if session.table is None else session.table

    def sink(self, ids: Iterable[str]) -> Sink:
        """What shows results, of these ids, on stdout."""
        return rows(self.console, ids) if self.is_table else print_line

    @contextmanager
    def bar(self, total: int, *, results: bool) -> Generator[Callable[[int, str], object]]:
        """Draw a progress bar where it spoils nothing else; yields what updates it with a number and a text.

        `results` says whether results go to stdout meanwhile. Rows are then drawn by the same console, lines of JSON
        may end up on the same terminal: no bar then.
        """
        rows = results and self.is_table
        console = self.console if rows else self._console(sys.stderr)
        lines = results and not rows and (self._on_terminal or _is_pipe())
        hidden = lines or self._session.quiet or self._session.debug or not console.is_interactive
        columns = BarColumn(None), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}")
        how: Any = {"transient": True, "expand": True, "redirect_stdout": False, "get_time": self._session.clock.now}
        with Progress(*columns, console=console, disable=hidden, **how) as progress:
            task = progress.add_task("", total=total)
            yield lambda done, text: progress.update(task, completed=done, description=text)

    def _console(self, stream: IO[str]) -> Console:
        color: Any = None if self._session.no_color or os.environ.get("NO_COLOR") else "auto"
        console = _Console(file=stream, force_terminal=self._session.terminal, color_system=color, highlight=False)
        if console.width < NARROWEST:  # COLUMNS=0 means unknown, and rich would print nothing
            console.width = USUAL
        return console


def rows(console: Console, ids: Iterable[str]) -> Sink:
    """What prints a row for each result as it comes. The ids, known beforehand, set the widths."""
    id_width = max(map(cell_len, ids), default=0)
    widths = (1, id_width, STATUS, id_width + len("asset://"))
    wide = console.width >= sum(widths) + 2 * len(widths) + NAME

    def show(asked: str, result: Result) -> None:
        """Print a row; without room for every column, reference and name only if they say more than the id."""
        status, mark, style = _status(result)
        cells = [Text(mark, style), Text(asked), Text(status, style)]
        if isinstance(result, RealPersonAsset):
            more = (clean(result.reference) if result.is_active else ""), clean(result.name or "")
            repeated = {"", asked, f"asset://{asked}"}
            cells += [Text(text, "dim") for text in more if wide or text not in repeated]
        for cell, width in zip(cells, widths, strict=False):
            cell.plain = set_cell_size(cell.plain, max(width, cell.cell_len))
        row = Text("  ").join(cells)
        row.rstrip()
        console.print(row, overflow="fold")

    return show


def details(console: Console, asked: str, result: RealPersonAsset | BadRequestError) -> None:
    """Print everything known of one id, a line for each fact."""
    status, mark, style = _status(result)
    facts = {"asset": Text(asked), "status": Text(f"{mark} {status}", style)}
    if isinstance(result, RealPersonAsset):
        facts["reference"] = Text(clean(result.reference) if result.is_active else "available once it is active")
        known = {name: getattr(result, name) for name in ("name", "official_id", "url", "created_at")} | result.extra
        facts |= {clean(name): Text(clean(str(value))) for name, value in known.items() if value is not None}
    else:
        facts["error"] = Text(str(result))
    width = max(map(cell_len, facts))
    for label, fact in facts.items():
        console.print(Text(set_cell_size(label, width + 2), "dim"), fact, sep="", overflow="fold")


def _status(result: Result) -> tuple[str, str, str]:
    status = clean(result.status) if isinstance(result, RealPersonAsset) else "Missing"
    return status, *STYLES.get(status, ("·", "blue"))


def clean(text: str) -> str:
    """The text on one line, with every character escaped that could move a cursor or reverse the writing direction."""
    spaced = (" " if category(c) == "Zs" else c for c in text)
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in spaced)


def print_line(asked: str, result: Result) -> None:
    """Write a result to stdout as a line of JSON, at once."""
    ascii_only = "utf" not in sys.stdout.encoding.casefold()
    sys.stdout.write(f"{results.line(asked, result, ascii_only=ascii_only)}\n")
    sys.stdout.flush()


def check_reader() -> None:
    """Raise BrokenPipeError if the program that reads stdout has gone: writing would find out only much later."""
    if _is_pipe() and hasattr(select, "poll"):
        poll = select.poll()
        poll.register(sys.stdout.fileno(), 0)
        if poll.poll(0):
            raise BrokenPipeError


def _is_pipe() -> bool:
    try:
        return stat.S_ISFIFO(os.fstat(sys.stdout.fileno()).st_mode)
    except OSError:  # not a file of the system at all
        return False
