"""`python -m tests.shapes [WORDS]`: every shape through lint, generator, contract suite and mock.

Each green case has a package of its own, and a process that forked after everything else had been imported.
"""

import contextlib
import gc
import importlib
import io
import os
import re
import sys
import time
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.pipeline.places import ROOT, asked

from . import Case, alone, cases, document, together, written

SUITE = "annotations answers docstrings examples inventory models request_on_the_wire mock"
TOGETHER = 8  # cases in one package
NEEDED = ("schemathesis", "openapi_core", "hypothesis", "httpx", "werkzeug.test", "uvicorn", "attrs", "requests")
OPTIONS = ["-q", "-x", "--tb=short", "-p", "no:cacheprovider", "-p", "pytest_timeout"]
OPTIONS += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]


def generated(documents: list[tuple[dict[str, Any], Path]]) -> list[str | None]:
    """Why each document is refused; None for those whose package is in its directory."""
    question = [[str(where), written(whole)] for whole, where in documents]
    answer: list[str | None] = asked(Path(__file__).with_name("generate.py"), question)
    return answer


def warm_up() -> None:
    """Import once, for every process, what does not change."""
    for name in NEEDED:
        importlib.import_module(name)


def proved(question: tuple[str, list[str], str]) -> str:
    """What some modules of the contract suite, their tests that have some words, say against a package."""
    where, names, words = question
    gc.freeze()
    os.environ |= {"CONTRACT_TREE": where, "CONTRACT_EXAMPLES": "5", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    sys.path.insert(0, where)
    sys.dont_write_bytecode = True
    files = [f"tests/contract/test_{name}.py" for name in names]
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = pytest.main([*OPTIONS, "-k", words, "--confcutdir=tests/contract", *files])
    return "" if status == pytest.ExitCode.OK else said.getvalue()


def groups(chosen: list[Case]) -> Iterator[list[Case]]:
    """The green cases in as few documents as can be: those that may stand beside others do."""
    green = [case for case in chosen if case.refused is None]
    yield from ([case] for case in green if alone(case))
    beside = [case for case in green if not alone(case)]
    yield from (beside[start : start + TOGETHER] for start in range(0, len(beside), TOGETHER))


def refusals(chosen: list[Case], folder: Path) -> Iterator[tuple[str, str]]:
    """What is wrong with the cases that are to be refused."""
    cases_ = [case for case in chosen if case.refused is not None]
    each = [(document(case.shape), folder / f"refused-{index}") for index, case in enumerate(cases_)]
    for case, refusal in zip(cases_, generated(each), strict=True):
        if refusal is None:
            yield case.id, "taken, but it should have been refused"
        elif str(case.refused) not in refusal:
            yield case.id, f"refused in other words: {refusal}"


def failures(chosen: list[Case], folder: Path) -> Iterator[tuple[str, str]]:
    """What is wrong with the cases that are to be green."""
    grouped = list(groups(chosen))
    documents = [document(group[0].shape) if len(group) == 1 else together(group) for group in grouped]
    homes = [(whole, folder / f"green-{index}") for index, whole in enumerate(documents)]
    ready = []
    for group, (_, where), refusal in zip(grouped, homes, generated(homes), strict=True):
        if refusal is not None:
            yield named(group, refusal)
        else:
            ready.append((group, (str(where), SUITE.split(), "not undocumented" if len(group) > 1 else "")))
    warm_up()
    with get_context("fork").Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        for (group, _), said in zip(ready, pool.imap(proved, [each for _, each in ready], chunksize=1), strict=True):
            if said:
                yield named(group, said)


def named(group: list[Case], said: str) -> tuple[str, str]:
    """Which cases of a group a report is about, and the report."""
    numbers = sorted({int(number) for number in re.findall(r"\b[nN](\d+)(?=[A-Z/])", said)})
    return "; ".join([group[number].id for number in numbers if number < len(group)] or [group[0].id]), said


def main(words: str) -> int:
    """Print each case that is not as the table says, and how many are."""
    started = time.monotonic()
    chosen = [case for case in cases() if words in case.id]
    os.chdir(ROOT)
    with TemporaryDirectory(prefix="shapes-") as folder:
        wrong = [each for find in (refusals, failures) for each in find(chosen, Path(folder))]
    for name, said in wrong:
        print(f"--- {name}\n{said[-6000:]}\n")
    refused = sum(case.refused is not None for case in chosen)
    print(f"{len(chosen)} shapes, {refused} of them refused: {len(wrong)} wrong, in {time.monotonic() - started:.0f} s")
    for name, _ in wrong:
        print(f"WRONG {name}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])))
