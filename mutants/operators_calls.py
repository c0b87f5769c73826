"""Operators on calls: their arguments, the class or error that is called, sync in the place of async."""

import ast
from collections.abc import Iterator
from itertools import pairwise

from .names import exported
from .slots import Slot

MODELS = exported("models")


def argument_dropped(slot: Slot) -> Iterator[ast.AST]:
    """Leave an argument out: a field that is skipped, a body that is not handed on."""
    node = slot.node
    if isinstance(node, ast.Call):
        for index in range(len(node.args)):
            yield ast.Call(node.func, [*node.args[:index], *node.args[index + 1 :]], node.keywords)
        for index in range(len(node.keywords)):
            yield ast.Call(node.func, node.args, [*node.keywords[:index], *node.keywords[index + 1 :]])


def swapped_arguments(slot: Slot) -> Iterator[ast.AST]:
    """Let two neighbouring arguments change places, by place or by name."""
    node = slot.node
    if not isinstance(node, ast.Call):
        return
    for index, (left, right) in enumerate(pairwise(node.args)):
        yield ast.Call(node.func, [*node.args[:index], right, left, *node.args[index + 2 :]], node.keywords)
    for index, (one, other) in enumerate(pairwise(node.keywords)):
        swapped = [ast.keyword(one.arg, other.value), ast.keyword(other.arg, one.value)]
        yield ast.Call(node.func, node.args, [*node.keywords[:index], *swapped, *node.keywords[index + 2 :]])


def another_class(slot: Slot) -> Iterator[ast.AST]:
    """Import the model beside the one that is meant, by its name."""
    match slot.node:
        case ast.ImportFrom(module, [alias], level) if module and module.startswith("models."):
            other = MODELS[MODELS.index(alias.name) - 1]
            yield ast.ImportFrom("models", [ast.alias(other, alias.name)], level)


def another_error(slot: Slot) -> Iterator[ast.AST]:
    """Raise, or catch, what nobody waits for."""
    match slot.node:
        case ast.Raise(ast.Call(func, args, _)):
            yield ast.Raise(ast.Call(ast.Name("LookupError"), args, []), slot.node.cause)
            if not isinstance(func, ast.Name) or func.id != "Exception":
                yield ast.Raise(ast.Call(ast.Name("Exception"), args, []), slot.node.cause)


def blocking_call(slot: Slot) -> Iterator[ast.AST]:
    """Do without asyncio what ought to be awaited."""
    node = slot.node
    if isinstance(node, ast.Await):
        plain = ast.unparse(node.value).replace("async_", "").replace("asyncio_detailed", "sync_detailed")
        yield ast.parse(plain, mode="eval").body


def not_awaited(slot: Slot) -> Iterator[ast.AST]:
    """Forget to await."""
    if isinstance(slot.node, ast.Await):
        yield slot.node.value
