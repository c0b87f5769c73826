"""Operators on a syntax tree: each yields what may stand in a place instead of what stands there."""

import ast
from collections.abc import Callable, Iterator

from .operators_calls import (
    another_class,
    another_error,
    argument_dropped,
    blocking_call,
    not_awaited,
    swapped_arguments,
)
from .operators_values import (
    annotation,
    another_name,
    condition,
    entry_dropped,
    list_handling,
    text,
    unset_handling,
)
from .slots import Slot

Operator = Callable[[Slot], Iterator[ast.AST]]
KEPT = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Pass)


def dropped_statement(slot: Slot) -> Iterator[ast.AST]:
    """Leave a statement out: an assignment, a header, a body, a return, an import; words are for the next operator."""
    node = slot.node
    words = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    if isinstance(node, ast.stmt) and not isinstance(node, KEPT) and not words:
        yield ast.Pass()


def docstring(slot: Slot) -> Iterator[ast.AST]:
    """Leave a line of a docstring out, or all of it."""
    node = slot.node
    if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)):
        return
    yield ast.Pass()
    lines = node.value.value.splitlines(keepends=True)
    for index, line in enumerate(lines):
        if line.strip() and len(lines) > 1:
            yield ast.Expr(ast.Constant("".join(lines[:index] + lines[index + 1 :])))


def another_return(slot: Slot) -> Iterator[ast.AST]:
    """Return nothing."""
    node = slot.node
    if isinstance(node, ast.Return) and node.value is not None:
        yield ast.Return(ast.Constant(None))


def other_kind_of_function(slot: Slot) -> Iterator[ast.AST]:
    """Let what is awaited be called, and the other way round."""
    match slot.node:
        case ast.FunctionDef():
            yield ast.AsyncFunctionDef(**vars(slot.node))
        case ast.AsyncFunctionDef():
            yield ast.FunctionDef(**vars(slot.node))


OPERATORS: tuple[Operator, ...] = (
    dropped_statement,
    docstring,
    another_return,
    other_kind_of_function,
    another_class,
    another_error,
    argument_dropped,
    swapped_arguments,
    blocking_call,
    not_awaited,
    annotation,
    another_name,
    condition,
    entry_dropped,
    list_handling,
    text,
    unset_handling,
)
