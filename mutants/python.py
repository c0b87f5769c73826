"""Mutants of Python files: one node of the syntax tree changed at a time."""

import ast
from collections.abc import Iterator
from pathlib import Path

from . import cosmic
from .mutant import Mutant
from .operators import OPERATORS
from .slots import Slot, slots

LONGEST = 160


WORDS = {"docstring", "annotation"}


def mutants(kind: str, root: Path, files: list[str], *, words: bool = True) -> Iterator[Mutant]:
    """Yield every mutant of the files once, whichever operator makes it; without `words` none that only readers see."""
    for file in files:
        source = (root / file).read_text(encoding="utf-8")
        seen = {ast.dump(ast.parse(source))}
        for operator, line, change, mutated in [*own(source), *cosmic.changes(source)]:
            dumped = ast.dump(ast.parse(mutated))
            if dumped not in seen and (words or operator not in WORDS):
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
                yield operator.__name__.replace("_", " "), line_of(slot), f"{said(before)} -> {said(after)}", mutated


def line_of(slot: Slot) -> int:
    """Return the line where a slot is; some nodes, such as arguments, know only that of their parent."""
    return int(getattr(slot.node, "lineno", getattr(slot.parent, "lineno", 1)))


def said(node: ast.AST) -> str:
    """Write a node on one line."""
    line = " ".join(ast.unparse(ast.fix_missing_locations(node)).split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
