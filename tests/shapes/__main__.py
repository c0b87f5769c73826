"""`python -m tests.shapes [WORDS]`: every shape through lint, generator, contract suite and mock.

Green cases share packages; each package has a process that forked after everything else had been imported.
"""

import contextlib
import gc
import importlib
import io
import os
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

SUITE = ["annotations", "answers", "docstrings", "examples", "inventory", "models", "request_on_the_wire", "mock"]
TOGETHER = 8  # cases in one package
NEEDED = ("schemathesis", "openapi_core", "hypothesis", "httpx", "werkzeug.test", "uvicorn", "attrs", "requests")
OPTIONS = ["-q", "-x", "--tb=short", "-p", "no:cacheprovider", "-p", "pytest_timeout"]
OPTIONS += ["-W", "ignore::pytest.PytestAssertRewriteWarning", "--confcutdir=tests/contract"]


def generated(documents: list[tuple[dict[str, Any], Path]]) -> list[str | None]:
    """Why each document is refused; None for those whose package is in its directory."""
    question = [[str(where), written(whole)] for whole, where in documents]
    answer: list[str | None] = asked(question, Path(__file__).with_name("generate.py"))
    return answer


Question = tuple[Path, list[str], str]
"""A package, modules of the contract suite, and words (pytest's -k) that choose among their tests."""


def proved(question: Question) -> str:
    """What the contract suite says against a package; nothing if it is right."""
    where, names, words = question
    gc.freeze()
    os.environ |= {"CONTRACT_TREE": str(where), "CONTRACT_EXAMPLES": "5", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    sys.path.insert(0, str(where))
    sys.dont_write_bytecode = True
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = pytest.main([*OPTIONS, "-k", words, *(f"tests/contract/test_{name}.py" for name in names)])
    return "" if status == pytest.ExitCode.OK else said.getvalue()


def all_proved(questions: list[Question]) -> list[str]:
    """The same for many packages, after all that does not change was imported."""
    for name in NEEDED:
        importlib.import_module(name)
    with get_context("fork").Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        return pool.map(proved, questions, chunksize=1)


def groups(chosen: list[Case]) -> list[list[Case]]:
    """Those that are to be refused or need a document of their own, and the others in as few as can be."""
    beside = [case for case in chosen if case.refused is None and not alone(case)]
    shared = [beside[start : start + TOGETHER] for start in range(0, len(beside), TOGETHER)]
    return [*shared, *([case] for case in chosen if case not in beside)]


def failures(grouped: list[list[Case]], folder: Path) -> Iterator[tuple[str, str]]:
    """The cases that are not as the table says, and what is wrong with them."""
    documents = [document(group[0].shape) if len(group) == 1 else together(group) for group in grouped]
    packages = [folder / str(number) for number in range(len(grouped))]
    refusals = generated(list(zip(documents, packages, strict=True)))
    asked_about = [
        (package, SUITE, "not undocumented" if len(group) > 1 else "")
        for group, package, refusal in zip(grouped, packages, refusals, strict=True)
        if group[0].refused is refusal is None
    ]
    proofs = dict(zip([package for package, *_ in asked_about], all_proved(asked_about), strict=True))
    for group, package, refusal in zip(grouped, packages, refusals, strict=True):
        expected, said = group[0].refused, refusal or proofs.get(package) or ""
        if expected is None and said:
            yield "; ".join(case.id for case in group), said
        if expected is not None and expected not in said:
            yield group[0].id, f"to be refused with {expected!r}: {said or 'it is taken'}"


def main(words: str) -> int:
    """Print each case that is not as the table says, and how many are."""
    started = time.monotonic()
    chosen = [case for case in cases() if words in case.id]
    os.chdir(ROOT)
    with TemporaryDirectory(prefix="shapes-") as folder:
        wrong = list(failures(groups(chosen), Path(folder)))
    for name, said in wrong:
        print(f"--- WRONG {name}\n{said[-6000:]}\n")
    refused = sum(case.refused is not None for case in chosen)
    print(f"{len(chosen)} shapes, {refused} of them refused: {len(wrong)} wrong, in {time.monotonic() - started:.0f} s")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])))
