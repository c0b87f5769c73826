"""Which operation of the old spec is which of the new one."""

import re
from typing import NamedTuple

from codegen import walk
from codegen.diff.change import code
from codegen.walk import Node


class Pair(NamedTuple):
    """An operation in both versions; None where there is none."""

    old: walk.Operation | None
    new: walk.Operation | None


def pairs(old: Node, new: Node) -> list[Pair]:
    """Operations belong together by path and method, or else by operationId."""
    before = {address(one): one for one in walk.operations(old)}
    after = {address(one): one for one in walk.operations(new)}
    same = [Pair(before.pop(key), after.pop(key)) for key in [key for key in before if key in after]]
    moved = {name: key for key, one in after.items() if (name := one.node.get("operationId"))}
    for key, one in list(before.items()):
        if other := moved.get(one.node.get("operationId", "")):
            same.append(Pair(before.pop(key), after.pop(other)))
    return [*same, *(Pair(one, None) for one in before.values()), *(Pair(None, one) for one in after.values())]


def title(operation: walk.Operation) -> str:
    name = operation.node.get("operationId")
    return code(f"{operation.method.upper()} {operation.path}") + (f" ({code(name)})" if name else "")


def address(operation: walk.Operation) -> tuple[str, str]:
    return re.sub(r"\{[^}]*\}", "{}", operation.path), operation.method
