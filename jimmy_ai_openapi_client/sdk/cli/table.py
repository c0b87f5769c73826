"""Assets for people: rows that line up, side by side where they fit, else one thing below the other."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from unicodedata import category

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from ..asset import RealPersonAsset

_LOOKS = {"Active": ("✓", "green"), "Failed": ("✗", "red"), "Refused": ("✗", "red"), "Missing": ("?", "yellow")}
_OTHER = ("·", "blue")
_STATUS = len("Processing")
_NAME = 12
_GAP = 2


class Rows:
    """Prints each asset as it comes. The ids, known beforehand, set the widths, so that what comes later lines up."""

    def __init__(self, console: Console, ids: Iterable[str]) -> None:
        widest = max(len("Asset"), max(map(cell_len, ids), default=0))
        fixed = (1, widest, _STATUS, widest + len("asset://"))
        left = console.width - sum(fixed) - _GAP * len(fixed)
        self._console = console
        self._widths = (*fixed, left)
        self._wide = left >= _NAME
        self._begun = False

    def __call__(self, asked: str, asset: "RealPersonAsset | None") -> None:
        """Print an asset, or (None) a missing one."""
        if self._wide and not self._begun:
            self._side_by_side(*(Text(one, "dim") for one in ("", "Asset", "Status", "Reference", "Name")))
        self._begun = True
        status = word(asset)
        mark, style = _LOOKS.get(status, _OTHER)
        reference = Text(clean(asset.reference) if asset and asset.is_active else "")
        name = Text(clean(asset.name) if asset and asset.name else "", "dim")
        show = self._side_by_side if self._wide else self._stacked
        show(Text(mark, style), Text(asked), Text(status, style), reference, name)

    def _side_by_side(self, *cells: Text) -> None:
        for cell, width in zip(cells, self._widths, strict=True):
            cell.truncate(width, overflow="ellipsis", pad=True)
        row = Text(" " * _GAP).join(cells)
        row.rstrip()
        self._console.print(row, no_wrap=True)

    def _stacked(self, mark: Text, asked: Text, status: Text, reference: Text, name: Text) -> None:
        grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
        grid.add_column(width=1)
        grid.add_column(ratio=1, overflow="fold")
        grid.add_column(width=_STATUS, overflow="fold")
        grid.add_row(mark, asked, status)
        self._console.print(grid)
        for below in (reference, name):
            if below:
                self._console.print(Padding(below, (0, 0, 0, 2), expand=False), overflow="fold")


def details(console: Console, asked: str, asset: "RealPersonAsset") -> None:
    """Print everything known of one asset, a line for each thing."""
    mark, style = _LOOKS.get(word(asset), _OTHER)
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim")
    grid.add_column(overflow="fold")
    grid.add_row("asset", Text(asked))
    grid.add_row("status", Text(f"{mark} {word(asset)}", style))
    grid.add_row("reference", Text(clean(asset.reference) if asset.is_active else "not before it is active"))
    for label in ("name", "official_id", "url", "created_at"):
        if value := getattr(asset, label):
            grid.add_row(label, Text(clean(value)))
    for label, value in asset.extra.items():
        grid.add_row(Text(clean(label)), Text(clean(str(value))))
    console.print(grid)


def word(asset: "RealPersonAsset | None") -> str:
    """The status in a word."""
    return "Missing" if asset is None else "Refused" if asset.error else clean(asset.status)


def clean(text: str) -> str:
    """The text with every character escaped that could move a cursor or turn the line round; any space is a space."""
    spaced = (" " if category(c) == "Zs" else c for c in text)
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in spaced)
