"""Mutants of Python files: one node of the syntax tree changed at a time."""

import ast
from collections.abc import Iterator
from itertools import chain, takewhile
from pathlib import Path

from . import cosmic
from .mutant import Mutant
from .operators import OPERATORS
from .slots import Slot, slots

LONGEST = 160
IMPORTS = ("from ", "import ")

WORDS = frozenset({"docstring", "annotation"})
"""Operators whose mutants only readers and type checkers see."""

FORMS = frozenset({"text", "argument dropped", "swapped arguments", "list handling", "other kind of function"})
"""Operators that make wording and calls that cannot be: left out where decisions are what counts."""


def mutants(kind: str, root: Path, files: list[str], *, without: frozenset[str] = frozenset()) -> Iterator[Mutant]:
    """Yield every mutant of the files once, whichever operator makes it, but for the operators `without`."""
    for file in files:
        source = (root / file).read_text(encoding="utf-8")
        seen = {ast.dump(ast.parse(source))}
        for operator, line, change, mutated in chain(own(source), cosmic.changes(source)):
            if operator in without or (without >= FORMS and change.startswith(IMPORTS)):
                continue
            dumped = ast.dump(ast.parse(mutated))
            if dumped not in seen:
                seen.add(dumped)
                yield Mutant(kind, operator, f"{file}:{line}", change, {file: mutated})


def own(source: str) -> Iterator[tuple[str, int, str, str]]:
    """Yield what our own operators make of a source: operator, line, change and the mutated source."""
    tree = ast.parse(source)
    for slot in slots(tree):
        before = slot.node
        for operator in OPERATORS:
            for after in list(operator(slot)):
                slot.put(after)
                mutated = ast.unparse(ast.fix_missing_locations(tree))
                slot.put(before)
                yield operator.__name__.replace("_", " "), line_of(slot), changed(before, after), mutated


def line_of(slot: Slot) -> int:
    """Return the line where a slot is; some nodes, such as arguments, know only that of their parent."""
    return int(getattr(slot.node, "lineno", getattr(slot.parent, "lineno", 1)))


def changed(before: ast.AST, after: ast.AST) -> str:
    """Write a change on one line, a long one from where it begins."""
    one, other = (" ".join(ast.unparse(ast.fix_missing_locations(node)).split()) for node in (before, after))
    long = max(len(one), len(other)) > LONGEST
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))) if long else 0
    return f"{part(one, start)} -> {part(other, start)}"


def part(text: str, start: int) -> str:
    """Cut a text at both ends."""
    return f"{'…' if start else ''}{text[start : start + LONGEST]}{'…' if len(text) > start + LONGEST else ''}"
