"""The public surface: what is exported, and that both clients are the same."""

import importlib
import inspect
import pydoc
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import jimmy_ai_openapi_client as package
from jimmy_ai_openapi_client import AsyncJimmyAI, JimmyAI, sdk
from jimmy_ai_openapi_client.sdk import asset, client, errors, mock
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
    text = re.sub(r"Async(JimmyAI|RealPerson|RetryingClient|Generator|BaseTransport)", r"\1", text)
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


def test_every_public_class_and_function_has_a_docstring() -> None:
    missing = [
        f"{module.__name__}.{name}"
        for module in modules()
        for name, value in vars(module).items()
        if not name.startswith("_")
        and (inspect.isclass(value) or inspect.isfunction(value))
        and (value.__module__, value.__name__) == (module.__name__, name)
        and not (value.__doc__ or "").strip()
    ]
    assert missing == []


def test_every_public_method_has_a_docstring() -> None:
    """Of what a caller holds: the exported classes, those of the mock, and what hangs on a client."""
    held = [getattr(package, name) for name in package.__all__ if name not in {*GENERATED, "__version__"}]
    mocks = [getattr(mock, name) for name in mock.__all__]
    missing = [
        f"{owner.__name__}.{name}"
        for owner in [*held, *mocks, RealPerson, AsyncRealPerson]
        for name, value in public(owner).items()
        if (inspect.isfunction(value) or isinstance(value, property))
        and _is_ours(value)
        and getattr(value, "__name__", name) == name  # not a default that is a lambda
        and not (inspect.getdoc(value) or "").strip()
    ]
    assert missing == []


def _is_ours(value: Any) -> bool:
    function = value.fget if isinstance(value, property) else value
    return bool(function.__module__.startswith(sdk.__name__))


def test_no_file_is_longer_than_400_lines() -> None:
    folders = ("jimmy_ai_openapi_client/sdk", "tests", "codegen", "benchmarks", "examples", "mutants")
    files = [path for folder in folders for path in (REPOSITORY / folder).rglob("*.py")]
    sizes = {str(path.relative_to(REPOSITORY)): len(path.read_text("utf-8").splitlines()) for path in files}
    assert len(sizes) > 50
    assert {name: size for name, size in sizes.items() if size > 400} == {}


def test_dir_shows_public_names_alone() -> None:
    private = [name for name in dir(package) if name.startswith("_") and not name.startswith("__")]
    assert private == []


def test_help_shows_no_address() -> None:
    """A default value is shown by what it is, not by where it is."""
    for name in {*package.__all__} - {"__version__"}:
        assert " at 0x" not in pydoc.render_doc(getattr(package, name), renderer=vars(pydoc)["plaintext"]), name
