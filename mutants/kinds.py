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


SHARES = {"spec": 2, "generated": 6, "asset": 2, "mock": 3}
"""In a run of all kinds, every how many-th mutant of a kind is tried. It is the same ones each time."""

MOCK = ("spec", "validation")
REST = [""]
ANSWERS = ["answers", "annotations", "inventory", "undocumented"]


def _in(folder: str, *groups: str) -> list[list[str]]:
    """Return groups of test modules, named by the words of each text, as `stages` wants them."""
    return [[f"../{folder}/test_{name}.py" for name in group.split()] for group in groups]


ASSETS = _in("behaviour", "status asset", "batch_matching batch_requests", "wait logging")
JUDGE = _in(
    "behaviour",
    "judge",
    "status batch_matching",
    "errors_raised retry_calls",
    "raw raw_other_operations",
    "judge_properties secrets",
)
BATCH = _in("behaviour", "batch_refused batch_requests", "batch_trouble", "wait_malformed")
POLLING = _in("behaviour", "cadence")
RETRY = _in("behaviour", "retry_flow", "retry_calls logging", "errors_raised wait_deadline")
WAIT = _in(
    "behaviour",
    "wait wait_deadline",
    "wait_told wait_trouble",
    "wait_retry_after wait_malformed",
    "wait_random",
    "batch_refused secrets",
)
ATTEMPT = _in(
    "behaviour",
    "body",
    "errors_raised wire",
    "secrets logging raw_other_operations",
    "retry_calls raw",
    "cancellation batch_refused",
)
CLIENT = _in(
    "behaviour",
    "wire raw raw_other_operations",
    "retry_calls with_options logging",
    "httpx_args closing settings_address",
    "secrets loops batch_matching",
    "cancellation interrupts",
)
CONCURRENT = _in("behaviour", "concurrent batch_requests", "cancellation interrupts", "wait_stop")
CONNECTIONS = _in(
    "behaviour",
    "httpx_args proxies closing",
    "pool_of_connections loops wire",
    "errors_raised with_options cancellation",
    "threads fork raw",
)
DEADLINE = _in("behaviour", "deadline", "interrupts wait_deadline")
CALLS = _in(
    "behaviour",
    "status batch_matching",
    "wait_told batch_trouble",
    "ids wait_arguments wait_trouble",
    "wait_random errors_raised",
    "interrupts",
)
MOCKS = [
    ["../mock/test_refusals.py"],
    ["../mock/test_growth.py"],
    ["mock"],
    ["../mock/test_lives.py", "../mock/test_log.py"],
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
    ("policy .*/answer", JUDGE),
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


def asked(kinds: Iterable[str]) -> list[list[str]]:
    """Return the arguments to pytest for all tests of some kinds, each once."""
    groups = [group for pattern, groups in NEAR if pattern.split(" ")[0] in {*kinds} for group in groups]
    files = dict.fromkeys(name for group in groups if _beside(group) for name in _files(group))
    contract = [[*LEFT_OUT, CONTRACT]] if any(not _beside(group) for group in groups) else []
    return [*contract, *([name] for name in files)]


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
