"""The kinds of mutants, and which tests are asked about each, the likeliest to notice first."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from . import python, spec
from .mutant import Mutant

PACKAGE = "jimmy_ai_openapi_client"
CONTRACT = "tests/contract"
# Not measured: what takes a tree or a process of its own, and whether the vendor's own words stand in the spec.
DOCUMENTED = "test_documented_part.py"
LEFT_OUT = ["-m", "not heavy", f"--confcutdir={CONTRACT}"]


def generated(root: Path) -> Iterator[Mutant]:
    """Yield the mutants of every generated file."""
    folders = (root / PACKAGE / "api", root / PACKAGE / "models")
    files = [str(path.relative_to(root)) for folder in folders for path in sorted(folder.rglob("*.py"))]
    return python.mutants(
        "generated", root, [*files, *(f"{PACKAGE}/{name}.py" for name in ("client", "errors", "types"))]
    )


def asset(root: Path) -> Iterator[Mutant]:
    """Yield the mutants of what maps generated models to assets."""
    return python.mutants(
        "asset", root, [f"{PACKAGE}/sdk/{name}.py" for name in ("asset", "policy/answer")], words=False
    )


def mock(root: Path) -> Iterator[Mutant]:
    """Yield the mutants of that part of the mock which tells right requests from wrong ones."""
    files = (root / PACKAGE / "sdk" / "mock" / f"{name}.py" for name in MOCK)
    return python.mutants("mock", root, [str(path.relative_to(root)) for path in files if path.exists()], words=False)


KINDS: dict[str, Callable[[Path], Iterator[Mutant]]] = {
    "spec": spec.mutants,
    "generated": generated,
    "asset": asset,
    "mock": mock,
}


MOCK = ("spec", "validation")
REST = [""]
ANSWERS = ["answers", "annotations", "inventory", "undocumented"]
ASSETS = [["status", "asset"], ["batch_matching", "batch_requests"], ["wait", "logging"]]
MOCKS = [
    ["../mock/test_refusals.py"],
    ["../shapes/test_mock.py"],
    ["../mock/test_growth.py"],
    ["mock"],
    ["../mock/test_assets.py", "../mock/test_page.py"],
]
# Beginnings of names in the contract's folder, or files beside it. The rest knows nothing of assets and the mock.
NEAR: tuple[tuple[str, list[list[str]]], ...] = (
    ("spec .*examples", [["examples"], REST]),
    ("spec .* components", [["annotations"], ["docstrings", "inventory", "models"], REST]),
    ("spec", [["annotations", "inventory"], ["docstrings", "request_on_the_wire"], REST]),
    ("generated (annotation|docstring) .*/(api|models)/", [["annotations", "docstrings", "inventory"], REST]),
    ("generated .*/models/", [["models"], ["annotations", "docstrings"], REST]),
    ("generated .*/api/", [["request_on_the_wire"], ANSWERS, REST]),
    ("generated annotation .*/client", [["client_types"], REST]),
    ("generated .*/client", [["client"], REST]),
    ("generated", [["shared_types", "undocumented"], ["client"], REST]),
    ("asset", [["hand_written"], *([f"../behaviour/test_{name}.py" for name in names] for names in ASSETS)]),
    ("mock", [["hand_written"], *MOCKS]),
)


def beside() -> list[list[str]]:
    """Return the arguments to pytest for all tests that are not the contract's own."""
    return [_files(group) for _, groups in NEAR for group in groups if _beside(group)]


def _beside(group: list[str]) -> bool:
    return group[0].endswith(".py")


def _files(names: Iterable[str]) -> list[str]:
    return [f"{CONTRACT}/{name}" for name in names]


@cache
def _light(root: Path) -> set[str]:
    # A module whose tests are heavy would be imported for none of them.
    tests = (root / CONTRACT).glob("test_*.py")
    return {path.name for path in tests if "mark.heavy" not in path.read_text(encoding="utf-8")} - {DOCUMENTED}


def stages(mutant: Mutant, root: Path) -> Iterator[list[str]]:
    """Yield the arguments to pytest for what is run, one after the other: the tests that are closest come first."""
    told = f"{mutant.kind} {mutant.operator} {mutant.place}"
    left = set(_light(root))
    for group in next(groups for pattern, groups in NEAR if re.match(pattern, told)):
        if _beside(group):
            yield _files(group)
        else:
            names = {name for name in left if name.startswith(tuple(f"test_{beginning}" for beginning in group))}
            left -= names
            yield [*LEFT_OUT, *_files(sorted(names))]
