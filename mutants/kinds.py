"""The kinds of mutants, and which tests are asked about each."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from . import python, spec
from .mutant import Mutant
from .reach import Reach

PACKAGE = "jimmy_ai_openapi_client"
CONTRACT = "tests/contract"
# Not measured: what takes a tree or a process of its own, and whether the vendor's own words stand in the spec.
DOCUMENTED = "test_documented_part.py"
LIGHT = ["-m", "not heavy"]
ALONE = [*LIGHT, f"--confcutdir={CONTRACT}"]


def generated(root: Path) -> Iterator[Mutant]:
    """Yield the mutants of every generated file."""
    folders = (root / PACKAGE / "api", root / PACKAGE / "models")
    files = [str(path.relative_to(root)) for folder in folders for path in sorted(folder.rglob("*.py"))]
    return python.mutants(
        "generated", root, [*files, *(f"{PACKAGE}/{name}.py" for name in ("client", "errors", "types"))]
    )


def asset(root: Path) -> Iterator[Mutant]:
    """Yield the mutants of what maps generated models to assets."""
    return python.mutants("asset", root, [f"{PACKAGE}/sdk/asset.py"], without=python.WORDS)


def policy(root: Path) -> Iterator[Mutant]:
    """Yield the mutants of the pure rules: judge, retry, batch, polling interval, wait."""
    return _decisions("policy", root, "policy/*.py")


def http(root: Path) -> Iterator[Mutant]:
    """Yield the mutants of the httpx clients: attempts, connections, deadlines, what happens at the same time."""
    return _decisions("http", root, "http/*.py")


def real_person(root: Path) -> Iterator[Mutant]:
    """Yield the mutants of the calls themselves."""
    return _decisions("real_person", root, "real_person.py")


def _decisions(kind: str, root: Path, pattern: str) -> Iterator[Mutant]:
    files = sorted((root / PACKAGE / "sdk").glob(pattern))
    return python.mutants(
        kind, root, [str(path.relative_to(root)) for path in files], without=python.WORDS | python.FORMS
    )


def mock(root: Path) -> Iterator[Mutant]:
    """Yield the mutants of that part of the mock which tells right requests from wrong ones."""
    files = (root / PACKAGE / "sdk" / "mock" / f"{name}.py" for name in MOCK)
    return python.mutants(
        "mock", root, [str(path.relative_to(root)) for path in files if path.exists()], without=python.WORDS
    )


KINDS: dict[str, Callable[[Path], Iterator[Mutant]]] = {
    "spec": spec.mutants,
    "generated": generated,
    "asset": asset,
    "mock": mock,
    "policy": policy,
    "http": http,
    "real_person": real_person,
}


SHARES = {"spec": 3, "generated": 8, "asset": 3, "mock": 4, "policy": 5, "http": 4, "real_person": 2}
"""In a run of all kinds, every how many-th mutant of a kind is tried. It is the same ones each time."""

MOCK = ("spec", "validation")
REST = [""]
ANSWERS = ["answers", "annotations", "inventory"]
# Beginnings of the names of modules in the contract's folder, the likeliest to notice first.
NEAR = (
    ("spec .*examples", [["examples"], REST]),
    ("spec .* components", [["annotations"], ["docstrings", "inventory", "models"], REST]),
    ("spec", [["annotations", "inventory"], ["docstrings", "request_on_the_wire"], REST]),
    ("generated (annotation|docstring) .*/(api|models)/", [["annotations", "docstrings", "inventory"], REST]),
    ("generated .*/models/", [["models"], ["annotations", "docstrings"], REST]),
    ("generated .*/api/", [["request_on_the_wire"], ANSWERS, REST]),
    ("generated annotation .*/client", [["shared_types"], REST]),
    ("generated .*/client", [["client"], REST]),
    ("generated", [["shared_types", "answers"], ["client"], REST]),
)
RULES = [f"{CONTRACT}/test_hand_written.py", "tests/policy", "tests/faults/test_faults.py::test_in_this_process"]
CALLS = [*RULES, "tests/http"]
SUITES = {
    "asset": RULES,
    "policy": RULES,
    "http": CALLS,
    "real_person": CALLS,
    "mock": ["tests/mock", "tests/shapes/test_mock.py", f"{CONTRACT}/test_hand_written.py", f"{CONTRACT}/test_mock.py"],
}
"""What is run for mutants of the layer: the tests that run the mutated line first, then all of these."""
FIRST = 20
"""Tests of a stage before the others: most mutants are killed by one of the narrowest."""


class Stage(NamedTuple):
    """Arguments for pytest, and which of the tests it collects are run, in which order: all if None."""

    arguments: list[str]
    chosen: list[str] | None = None


def asked(mutants: Iterable[Mutant], root: Path) -> list[Stage]:
    """Return what some mutants ask: all of it, file by file, so that it can be shared out."""
    kinds = {mutant.kind for mutant in mutants}
    contract = [Stage([*ALONE, CONTRACT])] if kinds - SUITES.keys() else []
    named = dict.fromkeys(name for kind in SUITES if kind in kinds for name in SUITES[kind])
    files = [path for name in named for path in _files(root, name)]
    return [*contract, *(Stage([*LIGHT, path]) for path in files)]


def _files(root: Path, name: str) -> list[str]:
    found = sorted((root / name).glob("test_*.py"))
    return [str(path.relative_to(root)) for path in found] or [name]


@cache
def _light(root: Path) -> set[str]:
    # A module whose tests are heavy would be imported for none of them.
    tests = (root / CONTRACT).glob("test_*.py")
    return {path.name for path in tests if "mark.heavy" not in path.read_text(encoding="utf-8")} - {DOCUMENTED}


def stages(mutant: Mutant, root: Path, reach: Reach) -> Iterator[Stage]:
    """Yield what is run, one after the other: the tests that are closest come first."""
    if mutant.kind in SUITES:
        tests = reach.tests(mutant, root)
        for chosen in (tests[:FIRST], tests[FIRST:]):
            if chosen:
                files = dict.fromkeys(test.partition("::")[0] for test in chosen)
                yield Stage([*LIGHT, *files], chosen)
        for words in ("not heavy and not wire", "not heavy and wire"):
            yield Stage(["-m", words, *SUITES[mutant.kind]])
        return
    told = f"{mutant.kind} {mutant.operator} {mutant.place}"
    left = set(_light(root))
    for group in next(groups for pattern, groups in NEAR if re.match(pattern, told)):
        names = {name for name in left if name.startswith(tuple(f"test_{beginning}" for beginning in group))}
        left -= names
        yield Stage([*ALONE, *(f"{CONTRACT}/{name}" for name in sorted(names))])
