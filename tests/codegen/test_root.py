"""The static template has its effect: the package root exports the hand-written face beside the generated client."""

from pathlib import Path

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
    public = {name for name in vars(package) if name[0].isupper()}
    assert {*public, "__version__"} == set(package.__all__)


def test_every_error_of_the_tree_is_exported() -> None:
    tree = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}
    assert "JimmyAIError" in tree
    assert tree <= set(package.__all__)


def test_the_template_has_no_variables() -> None:
    text = TEMPLATE.read_text()
    assert not any(sign in text for sign in ("{{", "{%", "{#"))
    lines = (Path(package.__file__)).read_text().splitlines(keepends=True)
    assert "".join(lines[1:]) == text
