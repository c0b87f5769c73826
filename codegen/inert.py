"""Generated code is read before it is imported: it may define things, and do nothing else.

The generator quotes what a spec says. Should it ever fail to, code from a spec would run here and at every user's.
"""

import ast
from collections.abc import Iterator

MODULES = {
    *("__future__", "attrs", "collections", "datetime", "dateutil", "enum", "http", "httpx", "io", "json", "ssl"),
    *("types", "typing", "urllib", "uuid", "warnings"),
}
FORBIDDEN = {
    *("__builtins__", "__import__", "__loader__", "__spec__", "breakpoint", "compile", "delattr", "eval", "exec"),
    *("exit", "getattr", "globals", "help", "input", "locals", "open", "print", "quit", "setattr", "vars"),
}
DUNDERS = {"__init__", "__aenter__", "__aexit__", "__enter__", "__exit__", "__all__"}
DEFINING = (ast.Import, ast.ImportFrom, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.Assign, ast.AnnAssign)
CALLS = {"TypeVar", "Unset", "_attrs_field", "field", "isoparse", "cast", "UUID"}  # made when a module is imported


def troubles(name: str, source: bytes) -> list[str]:
    """One line for everything in a generated file that it has no business to hold; empty for what does not compile."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []  # said by the check that follows
    return [f"{name}, line {line}: {what}" for line, what in (*_statements(tree), *_everywhere(tree))]


def _statements(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in tree.body:
        text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        checking = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        if not (text or checking or isinstance(node, DEFINING)):
            yield node.lineno, f"does something when it is imported: {ast.unparse(node)[:60]!r}"
        if isinstance(node, (ast.Assign, ast.AnnAssign)):
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and ast.unparse(call.func) not in CALLS:
                    yield call.lineno, f"calls {ast.unparse(call.func)[:60]!r} when it is imported"


def _everywhere(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [] if node.level else [node.module or ""]
        else:
            names = []
        for name in names:
            if name.split(".")[0] not in MODULES:
                yield getattr(node, "lineno", 0), f"imports {name!r}"
        if isinstance(node, ast.Name) and node.id in FORBIDDEN:
            yield node.lineno, f"uses {node.id!r}"
        if isinstance(node, ast.Attribute) and node.attr.startswith("__") and node.attr not in DUNDERS:
            yield node.lineno, f"uses the attribute {node.attr!r}"
