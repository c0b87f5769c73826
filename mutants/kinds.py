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


SHARES = {"spec": 3, "generated": 8, "asset": 3, "mock": 4, "policy": 3, "http": 3, "real_person": 2}
"""In a run of all kinds, every how many-th mutant of a kind is tried. It is the same ones each time."""

MOCK = ("spec", "validation")
REST = [""]
ANSWERS = ["answers", "annotations", "inventory", "undocumented"]


FAULTS = "../faults/test_faults.py::test_in_this_process"


def _tests(*groups: str) -> list[list[str]]:
    """Return groups of test modules beside the contract's, named by the words of each text, as `stages` wants them."""
    return [
        [FAULTS if name == "faults" else f"../{name.replace('/', '/test_')}.py" for name in group.split()]
        for group in groups
    ]


ASSETS = _tests("policy/asset policy/match", "faults", "http/wait")
ANSWER = _tests("policy/judge", "faults", "http/errors_raised http/raw policy/judge_random")
BATCH = _tests("policy/batch", "policy/wait")
POLLING = _tests("policy/polling")
RETRY = _tests("policy/retry", "policy/wait_trouble")
WAIT = _tests(
    "policy/wait policy/wait_deadline policy/wait_told policy/wait_trouble", "policy/wait_random", "http/secrets"
)
ATTEMPT = _tests(
    "http/attempt http/errors_raised http/wire", "faults", "http/secrets http/raw http/deadline http/stopping"
)
CLIENT = _tests(
    "http/wire http/raw",
    "http/httpx_args http/settings http/secrets",
    "faults http/stopping http/processes_and_loops",
)
CONCURRENT = _tests("http/concurrent", "http/stopping", "http/wait http/processes_and_loops")
CONNECTIONS = _tests(
    "http/httpx_args http/closing http/wire",
    "http/connections http/processes_and_loops http/errors_raised",
    "http/stopping",
)
DEADLINE = _tests("http/deadline", "http/stopping")
CALLS = _tests("http/wait http/errors_raised", "faults http/stopping")
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
    ("asset", [["hand_written"], *ASSETS]),
    ("mock", [["hand_written"], *MOCKS]),
    ("policy .*/answer", ANSWER),
    ("policy .*/batch", BATCH),
    ("policy .*/polling", POLLING),
    ("policy .*/retry", RETRY),
    ("policy", WAIT),
    ("http .*/attempt", ATTEMPT),
    ("http .*/client", CLIENT),
    ("http .*/concurrent", CONCURRENT),
    ("http .*/connections", CONNECTIONS),
    ("http .*/deadline", DEADLINE),
    ("http", [*CLIENT, *CONCURRENT]),
    ("real_person", CALLS),
)


def asked(mutants: Iterable[Mutant]) -> list[list[str]]:
    """Return the arguments to pytest for all tests that some mutants ask, each once."""
    near = {id(groups): groups for groups in map(_groups, mutants)}
    groups = [group for groups in near.values() for group in groups]
    files = dict.fromkeys(name for group in groups if _beside(group) for name in _files(group))
    contract = [[*LEFT_OUT, CONTRACT]] if any(not _beside(group) for group in groups) else []
    return [*contract, *([name] for name in files)]


def _groups(mutant: Mutant) -> list[list[str]]:
    told = f"{mutant.kind} {mutant.operator} {mutant.place}"
    return next(groups for pattern, groups in NEAR if re.match(pattern, told))


def _beside(group: list[str]) -> bool:
    return group[0].startswith("../")


def _files(names: Iterable[str]) -> list[str]:
    return [f"{CONTRACT}/{name}" for name in names]


@cache
def _light(root: Path) -> set[str]:
    # A module whose tests are heavy would be imported for none of them.
    tests = (root / CONTRACT).glob("test_*.py")
    return {path.name for path in tests if "mark.heavy" not in path.read_text(encoding="utf-8")} - {DOCUMENTED}


def stages(mutant: Mutant, root: Path) -> Iterator[list[str]]:
    """Yield the arguments to pytest for what is run, one after the other: the tests that are closest come first."""
    left = set(_light(root))
    for group in _groups(mutant):
        if _beside(group):
            yield _files(group)
        else:
            names = {name for name in left if name.startswith(tuple(f"test_{beginning}" for beginning in group))}
            left -= names
            yield [*LEFT_OUT, *_files(sorted(names))]
