"""The rules of the house: which way files import each other, and what the hand-written layer leaves to httpx."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from jimmy_ai_openapi_client import sdk

SDK = Path(sdk.__path__[0])
ROOT = SDK.parent
FILES = {path.relative_to(SDK).with_suffix("").as_posix(): path for path in SDK.rglob("*.py")}
CORE = {name: path for name, path in FILES.items() if not name.startswith(("mock/", "cli/"))}
LEVELS = ["version", "errors", "asset", "clock", "defaults", "settings", "policy", "http", "real_person", "client"]
"""From the bottom up: a file imports nothing of a level above its own. Whatever is not here is above them all."""
IO = {"httpx", "httpcore", "asyncio", "socket", "threading", "time", "concurrent.futures", "os", "selectors", "ssl"}
CONNECTIONS = {"socket", "selectors", "httpcore"}
"""What connects is httpx's business."""


def imported(path: Path) -> set[str]:
    """What a file imports when it is run, in full: names under TYPE_CHECKING do not count."""
    here = path.relative_to(ROOT.parent).with_suffix("").parts[:-1]  # of a module and of a package's __init__ alike
    found = set()
    for node in _run(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = [*here[: len(here) - node.level + 1]] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            found |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return found


def _run(node: ast.AST) -> Iterator[ast.AST]:
    for inner in ast.iter_child_nodes(node):
        if not (isinstance(inner, ast.If) and "TYPE_CHECKING" in ast.unparse(inner.test)):
            yield inner
            yield from _run(inner)


def ours(path: Path) -> set[str]:
    """The files of sdk/ that a file imports."""
    names = {name.removeprefix(f"{sdk.__name__}.").replace(".", "/") for name in imported(path)}
    return names & FILES.keys()


def level(name: str) -> int:
    unit = name.partition("/")[0]
    return LEVELS.index(unit) if unit in LEVELS else len(LEVELS)


@pytest.mark.parametrize("name", CORE)
def test_imports_run_one_way(name: str) -> None:
    above = {other for other in ours(CORE[name]) if level(other) > level(name)}
    assert above == set()


def test_there_is_no_circle() -> None:
    """Layers are taken off from the bottom until nothing is left."""
    edges = {name: ours(path) - {name} for name, path in FILES.items()}
    while free := [name for name, needs in edges.items() if not needs & edges.keys()]:
        edges = {name: needs for name, needs in edges.items() if name not in free}
    assert edges == {}


@pytest.mark.parametrize("name", [name for name in CORE if name.startswith("policy/") or name in {"asset", "errors"}])
def test_policy_does_no_io(name: str) -> None:
    assert not imported(CORE[name]) & IO


@pytest.mark.parametrize("name", sorted(CORE.keys() - {"http/deadline"}))
def test_connections_are_httpx_s(name: str) -> None:
    """One file wraps a network backend of httpcore; no other comes near a connection."""
    assert not imported(CORE[name]) & CONNECTIONS
    assert not re.search(r"SSLObject|asyncio\.(Protocol|Transport)|create_connection", CORE[name].read_text("utf-8"))


@pytest.mark.parametrize("name", CORE)
def test_no_private_name_of_generated_code(name: str) -> None:
    """What is generated is used as its users use it; ruff sees to the attributes (SLF001)."""
    modules = re.compile(rf"{ROOT.name}\.(api|models|client|errors|types)\b")
    assert not {one for one in imported(CORE[name]) if modules.match(one) and "._" in one}


def test_generated_code_does_not_know_the_hand_written() -> None:
    """But the package's own __init__, which exports both."""
    for path in ROOT.rglob("*.py"):
        if SDK not in path.parents and path != ROOT / "__init__.py":
            assert not {name for name in imported(path) if name.startswith(sdk.__name__)}, path


def test_the_mock_does_not_know_the_client() -> None:
    """It judges what the client sends: it must not share a line with it. The fixture hands out clients."""
    for name in FILES.keys() - CORE.keys():
        if name.startswith("mock/"):
            beyond = {one for one in ours(FILES[name]) if not one.startswith("mock/")}
            assert beyond <= {"clock", "defaults", "version", *(["client"] * (name == "mock/fixture"))}, name
