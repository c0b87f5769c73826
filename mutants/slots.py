"""The places of a syntax tree where a node can be replaced by another."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Slot:
    """A place: the field of a parent, or one entry of it; `owner` is the class around it."""

    parent: ast.AST
    field: str
    index: int | None
    owner: ast.ClassDef | None = None

    @property
    def node(self) -> ast.AST:
        """What stands there now."""
        value = getattr(self.parent, self.field)
        found: ast.AST = value if self.index is None else value[self.index]
        return found

    def put(self, node: ast.AST) -> None:
        """Let another node stand there."""
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def slots(node: ast.AST, *, local: bool = False, owner: ast.ClassDef | None = None) -> Iterator[Slot]:
    """Yield every place below a node, but not inside annotations, and none of those of local variables.

    Annotations are changed as a whole; Python never evaluates those of local variables.
    """
    owner = node if isinstance(node, ast.ClassDef) else owner
    local = local or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    for name, value in ast.iter_fields(node):
        unread = local and isinstance(node, ast.AnnAssign) and name == "annotation"
        for index, each in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(each, ast.AST) and not unread and not isinstance(each, ast.expr_context):
                yield Slot(node, name, index, owner)
                if name not in {"annotation", "returns"}:
                    yield from slots(each, local=local, owner=owner)
