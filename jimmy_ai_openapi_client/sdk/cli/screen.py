"""Where results and words go: to people on a terminal, or to a program through a pipe."""

import os
import select
import stat
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cached_property
from typing import IO, TYPE_CHECKING

import click

from . import record
from .session import Session

if TYPE_CHECKING:
    from rich.console import Console

    from ..asset import RealPersonAsset

Sink = Callable[[str, "RealPersonAsset | None"], None]
"""Takes an id as it was asked for, with its asset, or None for a missing one."""


def make_ready() -> None:
    """See to it that stdout and stderr are there and take any character, whatever the command was started with."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name) or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        stream.reconfigure(errors="backslashreplace")
        setattr(sys, name, stream)


class Screen:
    """stdout and stderr of one command."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.is_table = self._is_terminal(sys.stdout) if session.table is None else session.table

    def _is_terminal(self, stream: IO[str]) -> bool:
        return stream.isatty() if self._session.terminal is None else self._session.terminal

    def say(self, text: str) -> None:
        """Tell people something that is no result."""
        if not self._session.quiet:
            click.echo(text, err=True)

    def sink(self, ids: Iterable[str]) -> Sink:
        """What shows results, of these ids, on stdout."""
        if self.is_table:
            from .table import Rows

            return Rows(self.console, ids)
        return print_line

    @cached_property
    def console(self) -> "Console":
        """What draws on stdout."""
        return self._console(sys.stdout)

    def stage(self, *, results: bool) -> "Console | None":
        """What can draw a moving bar without spoiling what else is on the terminal; `results` says if those come too.

        Where rows scroll by, both must go through the same console. A program at the other end of a pipe may write to
        the terminal as well: no bar then.
        """
        if self._session.quiet or self._session.debug:
            return None
        on_stdout = self._is_terminal(sys.stdout)
        if results and (not self.is_table if on_stdout else is_pipe()):
            return None
        chosen = self.console if on_stdout else self._console(sys.stderr)
        return chosen if chosen.is_interactive else None

    def _console(self, stream: IO[str]) -> "Console":
        from rich.console import Console

        return Console(
            file=stream,
            force_terminal=self._session.terminal,
            color_system=None if self._session.no_color or os.environ.get("NO_COLOR") else "auto",
            markup=False,
            highlight=False,
            emoji=False,
        )


def print_line(asked: str, asset: "RealPersonAsset | None") -> None:
    """Write a result to stdout as a line of JSON, at once."""
    ascii_only = "utf" not in sys.stdout.encoding.casefold()
    sys.stdout.write(f"{record.line(asked, asset, ascii_only=ascii_only)}\n")
    sys.stdout.flush()


def is_pipe() -> bool:
    """Whether stdout leads to another program."""
    try:
        return stat.S_ISFIFO(os.fstat(sys.stdout.fileno()).st_mode)
    except OSError:  # not a file of the system at all
        return False


def silence(stream: IO[str]) -> None:
    """Let what is still written to that stream go nowhere."""
    with suppress(OSError), open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), stream.fileno())


def check_reader() -> None:
    """Raise BrokenPipeError if that other program has gone, which writing alone would find out much later."""
    if is_pipe():
        poll = select.poll()
        poll.register(sys.stdout.fileno(), 0)
        if poll.poll(0):
            raise BrokenPipeError
