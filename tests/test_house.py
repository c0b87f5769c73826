"""The rules of the house: which way files import each other, and what the hand-written layer leaves to httpx."""

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import jimmy_ai_openapi_client as package

ROOT = Path(str(package.__file__)).parent
LEVELS = ["version", "errors", "asset", "clock", "defaults", "settings", "policy", "http", "real_person", "client"]
"""From the bottom up: a file imports nothing of a level above its own. Whatever is not here is above them all."""

CORE = r"sdk\.(?!(mock|cli)\.)"
IO = r"(httpx|httpcore|asyncio|socket|threading|time|concurrent\.futures|os|selectors|ssl)$"
CONNECTIONS = r"(socket|selectors|httpcore)$|.*(SSLObject|asyncio\.(Protocol|Transport)|create_connection)"
RULES = [
    ("policy does no I/O", r"sdk\.(policy|asset$|errors$)", IO),
    ("one file wraps a network backend, the rest is httpx's", rf"{CORE}(?!http\.deadline$)", CONNECTIONS),
    ("generated code is used as its users use it", CORE, r"\.(api|models|client|errors|types)\b.*\._"),
    ("generated code does not know the hand-written, its root does", r"(?!sdk\.|__init__$)", r"\.sdk\b"),
    ("the mock judges the client, so it does not know it", r"sdk\.mock\.(?!fixture)", r"\.sdk\.client\b"),
    ("nor has it a line in common with it", r"sdk\.mock\.", r"\.sdk\.(?!(mock|clock|defaults|version|client)\b)"),
]
"""What some modules neither import nor name; modules of this package begin with a dot."""


def run(node: ast.AST) -> Iterator[ast.AST]:
    """What is run when a module is imported or used: names under TYPE_CHECKING do not count."""
    for inner in ast.iter_child_nodes(node):
        if not (isinstance(inner, ast.If) and "TYPE_CHECKING" in ast.unparse(inner.test)):
            yield inner
            yield from run(inner)


def named(path: Path) -> Iterator[str]:
    """What a file imports, in full, and the attributes it uses."""
    here = [package.__name__, *path.relative_to(ROOT).parts[:-1]]  # of a module and of a package's __init__ alike
    for node in run(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from (module, *(f"{module}.{alias.name}" for alias in node.names))
        elif isinstance(node, ast.Attribute):
            yield ast.unparse(node)


FILES = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in ROOT.rglob("*.py")}
NAMED = {name: {one.removeprefix(package.__name__) for one in named(path)} for name, path in FILES.items()}
SDK = [name for name in FILES if name.startswith("sdk.")]
EDGES = {name: [other for other in SDK if f".{other}" in NAMED[name]] for name in SDK}


def level(name: str) -> int:
    unit = name.split(".")[1]
    return LEVELS.index(unit) if unit in LEVELS else len(LEVELS)


def test_imports_run_one_way() -> None:
    edges = [(name, other) for name in SDK if re.match(CORE, name) for other in EDGES[name]]
    assert [f"{name} imports {other}" for name, other in edges if level(other) > level(name)] == []


def test_there_is_no_circle() -> None:
    TopologicalSorter(EDGES).prepare()


@pytest.mark.parametrize(("which", "never"), [rule[1:] for rule in RULES], ids=[rule[0] for rule in RULES])
def test_a_rule(which: str, never: str) -> None:
    modules = [name for name in FILES if re.match(which, name)]
    assert modules
    assert [f"{name}: {one}" for name in modules for one in NAMED[name] if re.match(never, one)] == []
