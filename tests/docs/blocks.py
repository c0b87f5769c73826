"""The fenced blocks of README, CONTRIBUTING, SECURITY and docs/."""

import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).parents[2]
WRITTEN = {"docs/spec-shapes.md"}
"""Pages made by a program, which has tests of its own."""
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for path in [*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md"))]
    if path.relative_to(ROOT).as_posix() not in WRITTEN
}
FENCE = re.compile(r"^( *)```([^\n]*)\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)


@frozen
class Block:
    """One block. `output` is the block of plain text that follows a Python block: what that prints."""

    page: str
    line: int
    language: str
    code: str
    output: str | None = None

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def blocks(page: str) -> Iterator[Block]:
    """In order. Directives of the site builder are no blocks of code."""
    found = [one for one in FENCE.finditer(PAGES[page]) if not one[2].startswith("{")]
    for one, after in zip_longest(found, found[1:]):
        between = PAGES[page][one.end() : after.start()].strip() if after else ""
        prints = after is not None and (one[2], after[2], between) == ("python", "text", "")
        output = after[3] if after and prints else None
        yield Block(page, PAGES[page].count("\n", 0, one.start()) + 1, one[2], one[3], output)


BLOCKS = [block for page in PAGES for block in blocks(page)]
OUTPUTS = {block.output for block in BLOCKS}


def of(language: str) -> list[Block]:
    return [block for block in BLOCKS if block.language == language]


def prose(page: str) -> str:
    """The page without its blocks."""
    return FENCE.sub("", PAGES[page])
