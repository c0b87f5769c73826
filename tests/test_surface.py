"""The public surface: what is exported, and that both clients are the same."""

import ast
import inspect
import pydoc
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import jimmy_ai_openapi_client as package
from jimmy_ai_openapi_client import AsyncJimmyAI, JimmyAI
from jimmy_ai_openapi_client.sdk import asset, client, errors
from jimmy_ai_openapi_client.sdk.real_person import AsyncRealPerson, RealPerson

REPOSITORY = Path(__file__).parents[1]
TEMPLATE = (REPOSITORY / "codegen/templates/package_init.py.jinja").read_text("utf-8")
PARTS = ["api", "client", "errors", "models", "sdk", "types"]
PAIRS = [(JimmyAI, AsyncJimmyAI), (RealPerson, AsyncRealPerson)]


def own_names(module: ModuleType) -> set[str]:
    """The public classes that a module defines."""
    return {
        name
        for name, value in vars(module).items()
        if inspect.isclass(value) and value.__module__ == module.__name__ and not name.startswith("_")
    }


def test_all_is_complete() -> None:
    """The generated clients, ours, every error, every type that a call gives; sorted, each once."""
    made = set().union(*map(own_names, (asset, client, errors)))
    assert list(package.__all__) == sorted({"AuthenticatedClient", "Client", "__version__", *made})


def test_nothing_else_is_public() -> None:
    assert {name for name in dir(package) if not name.startswith("__")} == {*package.__all__, *PARTS} - {"__version__"}
    others = {name for name, value in vars(package).items() if not name.startswith("_") and not inspect.ismodule(value)}
    assert others - {"TYPE_CHECKING"} <= set(package.__all__)


def test_what_type_checkers_see_is_what_is_exported() -> None:
    nodes = [node for node in ast.walk(ast.parse(TEMPLATE)) if isinstance(node, ast.ImportFrom) and node.level]
    homes = {alias.name: import_module(f"{package.__name__}.{node.module}") for node in nodes for alias in node.names}
    seen = {name: vars(home)[name] for name, home in homes.items()}
    assert seen == {name: getattr(package, name) for name in package.__all__}


def test_the_template_has_no_variables() -> None:
    assert Path(str(package.__file__)).read_text("utf-8").partition("\n")[2] == TEMPLATE


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'JimmyAi'"):
        _ = package.JimmyAi  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", PARTS)
def test_importing_the_package_imports_nothing_and_its_parts_are_there(name: str) -> None:
    heavy = "sys.modules.keys() & {'httpx', 'attrs', 'asyncio'}"
    code = f"import sys, {package.__name__} as package; print({heavy}, package.{name}.__name__)"
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, text=True, capture_output=True, check=True)
    assert done.stdout == f"set() {package.__name__}.{name}\n"


def public(owner: type) -> set[str]:
    return {name for name in dir(owner) if not name.startswith("_")}


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=["client", "real_person"])
def test_equal_names(one: type, other: type) -> None:
    assert public(other) - {"aclose"} == public(one)


def plain(annotated: Any) -> str:
    """An annotation, or a parameter with its default, with the words of asyncio taken out of it."""
    text = re.sub(r"Async(JimmyAI|RealPerson|RetryingClient|Generator|BaseTransport)", r"\1", str(annotated))
    text = re.sub(r"(?:Awaitable|Coroutine)\[(?:Any, Any, )?(.*)\]", r"\1", text)
    return text.replace("typing.", "").replace("collections.abc.", "")


def told(function: Any) -> list[str]:
    """Parameters with their kinds, the return type, and the first line of the docstring."""
    signature = inspect.signature(function)
    parameters = [f"{one.kind.name} {plain(one)}" for one in signature.parameters.values()]
    return [*parameters, plain(signature.return_annotation), (inspect.getdoc(function) or "").partition("\n")[0]]


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=["client", "real_person"])
def test_equal_signatures_and_words(one: type, other: type) -> None:
    for name in [*public(one), "__init__"]:
        function = inspect.getattr_static(one, name)
        if inspect.isfunction(function):
            assert told(function) == told(inspect.getattr_static(other, name)), name


def test_no_file_is_longer_than_400_lines() -> None:
    folders = ("jimmy_ai_openapi_client/sdk", "tests", "codegen", "benchmarks", "examples", "mutants")
    files = [path for folder in folders for path in (REPOSITORY / folder).rglob("*.py")]
    assert len(files) > 50
    assert [path for path in files if len(path.read_text("utf-8").splitlines()) > 400] == []


def test_help_shows_no_address() -> None:
    """A default value is shown by what it is, not by where it is."""
    for name in {*package.__all__} - {"__version__"}:
        assert " at 0x" not in pydoc.render_doc(getattr(package, name), renderer=vars(pydoc)["plaintext"]), name
