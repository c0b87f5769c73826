"""The kinds of mutants, and which tests are asked about each, the likeliest to notice first."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from . import python, spec
from .mutant import Mutant

PACKAGE = "jimmy_ai_openapi_client"
CONTRACT = "tests/contract"
# Not measured: whether the vendor's own words stand in the spec, and what takes a tree or a process of its own.
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
    return python.mutants("asset", root, [f"{PACKAGE}/sdk/{name}.py" for name in ("asset", "reads")], words=False)


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


MOCK = ("contract", "judge", "asked")
NEAR: tuple[tuple[str, list[list[str]]], ...] = (
    ("spec .*examples", [["examples"]]),
    ("spec .* components", [["annotations"], ["docstrings", "inventory", "models"]]),
    ("spec", [["annotations", "inventory"], ["docstrings", "request_on_the_wire"]]),
    ("generated (annotation|docstring)", [["annotations", "docstrings", "inventory"]]),
    ("generated .*/models/", [["models"], ["annotations", "docstrings"]]),
    ("generated .*/api/", [["request_on_the_wire"], ["answers", "annotations", "inventory", "undocumented"]]),
    ("generated .*/client", [["client"]]),
    ("generated", [["shared_types", "undocumented"], ["client"]]),
    ("asset", [["hand_written"]]),
    ("mock", [["mock", "hand_written"]]),
)
# No other test of the contract knows of them.
ALONE = {"asset", "mock"}
BESIDE = {
    "spec": [DOCUMENTED],
    "asset": [
        f"../behaviour/test_{name}.py"
        for name in ("asset", "status", "batch_requests", "batch_matching", "wait", "logging")
    ],
    "mock": [f"../mock/test_{name}.py" for name in ("refusals", "growth", "lives", "log")],
}


@cache
def _light(root: Path) -> set[str]:
    tests = (root / CONTRACT).glob("test_*.py")
    return {path.name for path in tests if "mark.heavy" not in path.read_text(encoding="utf-8")}


def stages(mutant: Mutant, root: Path) -> list[list[str]]:
    """Return what is run, one after the other: the tests that are closest, the rest of the suite, tests beside it."""
    told = f"{mutant.kind} {mutant.operator} {mutant.place}"
    near = next(groups for pattern, groups in NEAR if re.match(pattern, told))
    left = _light(root) - {DOCUMENTED}
    groups = []
    for prefixes in near if mutant.kind in ALONE else (*near, [""]):
        group = {name for name in left if name.startswith(tuple(f"test_{prefix}" for prefix in prefixes))}
        groups.append([*LEFT_OUT, *(f"{CONTRACT}/{name}" for name in sorted(group))])
        left -= group
    return [*groups, [f"{CONTRACT}/{name}" for name in BESIDE[mutant.kind]]] if mutant.kind in BESIDE else groups
