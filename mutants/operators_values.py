"""Operators on values: texts, names, entries, conditions, lists, UNSET, annotations."""

import ast
from collections.abc import Iterator
from typing import TypeVar

from .names import members
from .slots import Slot

T = TypeVar("T")
STATUSES = members("sdk/asset.py", "AssetStatus")
ANNOTATIONS = {"annotation", "returns"}


def text(slot: Slot) -> Iterator[ast.AST]:
    """Say another word, or in another case."""
    node = slot.node
    words = isinstance(slot.parent, ast.Expr)
    if slot.field in ANNOTATIONS or words or not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return
    yield ast.Constant(f"{node.value}x")
    if node.value:
        yield ast.Constant(node.value.swapcase())


def another_name(slot: Slot) -> Iterator[ast.AST]:
    """Read the attribute beside the one that is meant, of oneself or of an enum."""
    match slot.node:
        case ast.Attribute(ast.Name("self") as owner, name, ast.Load()) if slot.owner:
            fields = (each.target for each in slot.owner.body if isinstance(each, ast.AnnAssign))
            beside = [each.id for each in fields if isinstance(each, ast.Name)]
        case ast.Attribute(ast.Name("AssetStatus") as owner, name, ast.Load()):
            beside = STATUSES
        case _:
            return
    if name in beside:
        yield ast.Attribute(owner, beside[beside.index(name) - 1], ast.Load())


def entry_dropped(slot: Slot) -> Iterator[ast.AST]:
    """Leave an entry of a dict, list, tuple or set out."""
    node = slot.node
    if isinstance(node, ast.Dict):
        for index in range(len(node.keys)):
            yield ast.Dict(without(node.keys, index), without(node.values, index))
    elif isinstance(node, ast.List | ast.Set | ast.Tuple) and not isinstance(getattr(node, "ctx", None), ast.Store):
        for index in range(len(node.elts)):
            if rest := without(node.elts, index):
                yield type(node)(rest)


def without(entries: list[T], index: int) -> list[T]:
    """Return the entries but for one."""
    return [*entries[:index], *entries[index + 1 :]]


def condition(slot: Slot) -> Iterator[ast.AST]:
    """Decide always the same; the opposite is for cosmic-ray."""
    if slot.field == "test" and isinstance(slot.node, ast.expr):
        yield ast.Constant(value=True)
        yield ast.Constant(value=False)


def unset_handling(slot: Slot) -> Iterator[ast.AST]:
    """Take null for what is not there, or test for null instead."""
    node = slot.node
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and slot.field not in ANNOTATIONS:
        if node.id == "UNSET":
            yield ast.Constant(None)
        elif node.id == "Unset":
            yield ast.parse("type(None)", mode="eval").body


def list_handling(slot: Slot) -> Iterator[ast.AST]:
    """Take only some of a list, in another order, or without repeats; put a new one first."""
    node = slot.node
    if slot.field == "iter" and isinstance(node, ast.expr):
        for form in ("list({})[:1]", "list({})[1:]", "list({})[::-1]", "list({{repr(x): x for x in ({})}}.values())"):
            yield ast.parse(form.format(ast.unparse(node)), mode="eval").body
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "append":
        yield ast.Call(ast.Attribute(node.func.value, "insert"), [ast.Constant(0), *node.args], [])


def annotation(slot: Slot) -> Iterator[ast.AST]:
    """Promise another type, or one member of a union less."""
    node = slot.node
    if slot.field not in ANNOTATIONS or not isinstance(node, ast.expr):
        return
    yield ast.Name("complex")
    if isinstance(node, ast.BinOp):
        yield node.left
        yield node.right
