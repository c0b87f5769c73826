"""The static template has its effect: the package root exports the hand-written face beside the generated client."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import jimmy_ai_openapi_client as package
from jimmy_ai_openapi_client.client import AuthenticatedClient, Client
from jimmy_ai_openapi_client.sdk import errors
from jimmy_ai_openapi_client.sdk.client import AsyncJimmyAI, JimmyAI

TEMPLATE = Path(__file__).parents[2] / "codegen" / "templates" / "package_init.py.jinja"


def test_both_faces_are_exported() -> None:
    assert (package.JimmyAI, package.AsyncJimmyAI) == (JimmyAI, AsyncJimmyAI)
    assert (package.Client, package.AuthenticatedClient) == (Client, AuthenticatedClient)


def test_all_is_sorted_complete_and_resolves() -> None:
    assert list(package.__all__) == sorted(set(package.__all__))
    assert all(hasattr(package, name) for name in package.__all__)
    assert set(package.__all__) <= set(dir(package))
    public = {name for name in vars(package) if name[0].isupper()} - {"TYPE_CHECKING"}
    assert {*public, "__version__"} == set(package.__all__)


def test_what_type_checkers_see_is_what_is_exported() -> None:
    seen = [node for node in ast.walk(ast.parse(TEMPLATE.read_text())) if isinstance(node, ast.ImportFrom)]
    assert {alias.name for node in seen if node.level for alias in node.names} == set(package.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'JimmyAi'"):
        _ = package.JimmyAi  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["api", "client", "errors", "models", "sdk", "types"])
def test_the_parts_are_there_without_importing_them(name: str) -> None:
    asked = f"import jimmy_ai_openapi_client as package; print(package.{name}.__name__)"
    assert new_process(asked) == f"jimmy_ai_openapi_client.{name}"


def test_importing_the_package_imports_nothing_of_it() -> None:
    asked = "import sys, jimmy_ai_openapi_client; print(sys.modules.keys() & {'httpx', 'attrs', 'asyncio'})"
    assert new_process(asked) == "set()"


def new_process(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=TEMPLATE.parents[2], text=True, capture_output=True, check=True
    ).stdout.strip()


def test_every_error_of_the_tree_is_exported() -> None:
    tree = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}
    assert "JimmyAIError" in tree
    assert tree <= set(package.__all__)


def test_the_template_has_no_variables() -> None:
    text = TEMPLATE.read_text()
    assert not any(sign in text for sign in ("{{", "{%", "{#"))
    lines = (Path(package.__file__)).read_text().splitlines(keepends=True)
    assert "".join(lines[1:]) == text
