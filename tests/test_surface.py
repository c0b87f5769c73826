"""The public surface: what is exported, that both clients are the same, and how the files hang together."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import jimmy_ai_openapi_client as package
from jimmy_ai_openapi_client import AsyncJimmyAI, JimmyAI, sdk
from jimmy_ai_openapi_client.sdk import asset, client, errors
from jimmy_ai_openapi_client.sdk.real_person import AsyncRealPerson, RealPerson
from jimmy_ai_openapi_client.sdk.version import __version__

REPOSITORY = Path(__file__).parents[1]
SDK = Path(sdk.__path__[0])
PAIRS = [(JimmyAI, AsyncJimmyAI), (RealPerson, AsyncRealPerson)]
GENERATED = {"AuthenticatedClient", "Client"}


def own_names(module: ModuleType) -> set[str]:
    """The public classes that a module defines."""
    return {
        name
        for name, value in vars(module).items()
        if inspect.isclass(value) and value.__module__ == module.__name__ and not name.startswith("_")
    }


def test_all_is_what_is_public() -> None:
    """Sorted, each once, each there, and nothing public beside it but subpackages."""
    names = package.__all__
    assert sorted(names) == sorted(set(names))
    assert all(hasattr(package, name) for name in names)
    others = {name for name, value in vars(package).items() if not name.startswith("_") and not inspect.ismodule(value)}
    assert others - {"TYPE_CHECKING"} <= set(names)


def test_all_is_complete() -> None:
    """The generated clients, ours, every error, every type that a call gives."""
    made = set().union(*map(own_names, (asset, client, errors)))
    assert GENERATED | made | {"__version__"} == set(package.__all__)


def test_version() -> None:
    assert package.__version__ == __version__


def public(owner: type) -> dict[str, Any]:
    return {name: value for name, value in inspect.getmembers(owner) if not name.startswith("_")}


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=["client", "real_person"])
def test_equal_names(one: type, other: type) -> None:
    assert set(public(other)) - {"aclose"} == set(public(one))


def plain(text: str) -> str:
    """An annotation with the words of asyncio taken out of it."""
    text = re.sub(r"Async(JimmyAI|RealPerson|Http|Iterator|BaseTransport)", r"\1", text)
    text = re.sub(r"AsyncGenerator\[(.*), None\]", r"Generator[\1, None, None]", text)
    text = re.sub(r"(?:Awaitable|Coroutine)\[(?:Any, Any, )?(.*)\]", r"\1", text)
    return text.replace("typing.", "").replace("collections.abc.", "")


def signature(owner: type, name: str) -> list[tuple[str, Any, Any, str]]:
    found = inspect.signature(inspect.getattr_static(owner, name))
    rows = [(one.name, one.kind, one.default, plain(str(one.annotation))) for one in found.parameters.values()]
    return [*rows, ("return", None, None, plain(str(found.return_annotation)))]


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=["client", "real_person"])
def test_equal_signatures_and_words(one: type, other: type) -> None:
    """Parameters, kinds, defaults and types; and the first line of the docstring."""
    for name in [*public(one), "__init__"]:
        if not inspect.isfunction(inspect.getattr_static(one, name)):
            continue
        assert signature(one, name) == signature(other, name), name
        if name != "__init__":
            assert first_line(getattr(one, name)) == first_line(getattr(other, name)), name


def first_line(thing: Any) -> str:
    return (inspect.getdoc(thing) or "").partition("\n")[0]


def modules() -> Iterator[ModuleType]:
    for path in sorted(SDK.rglob("*.py")):
        name = ".".join(path.relative_to(SDK.parents[1]).with_suffix("").parts).removesuffix(".__init__")
        if not name.endswith("__main__"):
            yield importlib.import_module(name)


def test_every_module_says_what_it_is() -> None:
    assert [module.__name__ for module in modules() if not (module.__doc__ or "").strip()] == []


def test_every_public_class_and_function_has_a_docstring() -> None:
    missing = [
        f"{module.__name__}.{name}"
        for module in modules()
        for name, value in vars(module).items()
        if not name.startswith("_")
        and (inspect.isclass(value) or inspect.isfunction(value))
        and value.__module__ == module.__name__
        and not (value.__doc__ or "").strip()
    ]
    assert missing == []


def test_every_public_method_has_a_docstring() -> None:
    """Of what a caller holds: the exported classes, and what hangs on a client."""
    held = [getattr(package, name) for name in package.__all__ if name not in {*GENERATED, "__version__"}]
    missing = [
        f"{owner.__name__}.{name}"
        for owner in [*held, RealPerson, AsyncRealPerson]
        for name, value in public(owner).items()
        if (inspect.isfunction(value) or isinstance(value, property))
        and _is_ours(value)
        and not (inspect.getdoc(value) or "").strip()
    ]
    assert missing == []


def _is_ours(value: Any) -> bool:
    function = value.fget if isinstance(value, property) else value
    return bool(function.__module__.startswith(sdk.__name__))


def by_hand() -> Iterator[Path]:
    for folder in ("jimmy_ai_openapi_client/sdk", "tests", "codegen", "benchmarks", "examples", "mutants"):
        yield from (REPOSITORY / folder).rglob("*.py")


def test_no_file_is_longer_than_250_lines() -> None:
    sizes = {str(path.relative_to(REPOSITORY)): len(path.read_text("utf-8").splitlines()) for path in by_hand()}
    assert len(sizes) > 50
    assert {name: size for name, size in sizes.items() if size > 250} == {}


def imported(path: Path) -> set[str]:
    """What a file imports when it is run, in full: names under TYPE_CHECKING do not count."""
    parts = path.relative_to(SDK.parents[1]).with_suffix("").parts
    here = parts[:-1]  # of a module and of a package's __init__ alike
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


# From the bottom up: whatever a file here reaches, it reaches nothing in a line below its own.
DRAWN = [{"asset", "errors"}, {"answer", "retry"}, {"http", "watch"}, {"client"}, {"mock", "cli", "__main__"}]
PURE = ["answer", "retry", "batch", "watch", "cadence", "asset", "errors", "results", "body"]
IO = {"httpx", "httpcore", "asyncio", "socket", "threading", "time", "concurrent.futures", "os", "selectors", "ssl"}


def graph() -> dict[str, set[str]]:
    """Which files (or folders) of sdk/ import which."""
    edges: dict[str, set[str]] = {}
    for path in SDK.rglob("*.py"):
        own = path.relative_to(SDK).parts[0].removesuffix(".py")
        ours = [name for name in imported(path) if name.startswith(f"{sdk.__name__}.")]
        names = {name.removeprefix(f"{sdk.__name__}.").partition(".")[0] for name in ours}
        there = {name for name in names if (SDK / name).is_dir() or (SDK / f"{name}.py").exists()}
        edges.setdefault(own, set()).update(there - {own})
    return edges


def reached(edges: dict[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    todo = [start]
    while todo:
        new = edges[todo.pop()] - found
        found |= new
        todo += new
    return found


def test_imports_run_one_way() -> None:
    """As the design draws it: cli, mock -> client -> http, watch -> answer, retry -> asset, errors."""
    edges = graph()
    assert reached(edges, "client") > {"http", "answer", "retry", "asset", "errors"}
    assert [name for name in edges if name in reached(edges, name)] == []
    for place, names in enumerate(DRAWN):
        above = set[str]().union(*DRAWN[place + 1 :])
        for name in names & edges.keys():
            assert not reached(edges, name) & above, name


@pytest.mark.parametrize("name", PURE)
def test_policy_does_no_io(name: str) -> None:
    path = SDK / f"{name}.py"
    if path.exists():
        assert not {one for one in imported(path) if one in IO}


def test_generated_code_does_not_know_the_hand_written() -> None:
    """But the package's own __init__, which exports both."""
    root = SDK.parent
    for path in root.rglob("*.py"):
        if SDK not in path.parents and path != root / "__init__.py":
            assert not {name for name in imported(path) if name.startswith(sdk.__name__)}, path


def test_the_mock_does_not_know_the_client() -> None:
    """It judges what the client sends: it must not share a line with it. Only its fixture makes clients."""
    for path in (SDK / "mock").rglob("*.py"):
        known = {name for name in imported(path) if name.startswith(package.__name__)}
        more = r"|\.client|\.defaults" if path.name == "fixture.py" else ""
        allowed = re.compile(rf"{re.escape(sdk.__name__)}(\.mock|\.clock{more}|$)")
        assert {name for name in known if not allowed.match(name)} == set(), path
