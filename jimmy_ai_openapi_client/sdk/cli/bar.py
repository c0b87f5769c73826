"""The progress of a wait, drawn live."""

from collections.abc import Generator
from contextlib import contextmanager

from rich.console import Console, ConsoleOptions, RenderResult
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from ..clock import Clock
from .tally import Tally
from .text import minutes


class Bar:
    """One line with the bar and the time, one with the counts."""

    def __init__(self, tally: Tally, clock: Clock, deadline: float | None) -> None:
        self._tally, self._clock, self._deadline = tally, clock, deadline
        self._started = clock.now()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        tally = self._tally
        line = Table.grid(padding=(0, 2, 0, 0), expand=True)
        line.add_column(ratio=1)
        line.add_column()
        line.add_column(no_wrap=True)
        bar = ProgressBar(total=tally.total, completed=tally.done, complete_style="green", finished_style="green")
        limit = "" if self._deadline is None else f" of {minutes(self._deadline)}"
        passed = minutes(self._clock.now() - self._started)
        line.add_row(bar, f"{tally.done:,}/{tally.total:,}", Text(f"{passed}{limit}", "dim"))
        yield line
        counts = Text(str(tally), "dim")
        for words, style in ((r"[\d,]+ active", "green"), (r"[\d,]+ failed", "red"), (r"[\d,]+ missing", "yellow")):
            counts.highlight_regex(words, style)
        yield counts


@contextmanager
def shown(bar: Bar, console: Console) -> Generator[None]:
    """Draw the bar below whatever else that console prints, and take it away at the end."""
    with Live(bar, console=console, transient=True, redirect_stdout=False):
        yield
