"""`python -m tests.codegen.shapes [WORDS]`: every shape through lint, generator, contract suite and mock.

Each green case has a package of its own, and a process that forked after everything else had been imported.
"""

import contextlib
import gc
import importlib
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from .table import Case, cases, written

ROOT = Path(__file__).parents[3]
VENV = Path(os.environ.get("CODEGEN_VENV") or ROOT / ".venv-codegen").absolute()
SUITE = ("annotations", "answers", "docstrings", "examples", "inventory", "models", "request_on_the_wire")
SUITE += ("round_trips", "undocumented", "mock", "mock_schemathesis")
NEEDED = ("schemathesis", "openapi_core", "hypothesis", "httpx", "werkzeug.test", "uvicorn", "attrs", "requests")
OPTIONS = [
    "-q",
    "-x",
    "--tb=short",
    "-p",
    "no:cacheprovider",
    "-p",
    "pytest_timeout",
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
]


def generated(asked: list[tuple[Case, Path]]) -> list[str | None]:
    """Why each case is refused; None for those whose package is in its directory."""
    question = [[str(where), written(case.shape)] for case, where in asked]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    command = [str(VENV / "bin" / "python"), "-B", "-X", "utf8", str(Path(__file__).with_name("generate.py"))]
    told = subprocess.run(
        command, input=json.dumps(question), env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    answer: list[str | None] = json.loads(told.stdout)
    return answer


def proved(where: str) -> str:
    """What the contract suite says against a package; nothing if it is right."""
    gc.freeze()
    os.environ |= {"CONTRACT_TREE": where, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    sys.path.insert(0, where)
    sys.dont_write_bytecode = True
    files = [f"tests/contract/test_{name}.py" for name in SUITE]
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = pytest.main([*OPTIONS, "--confcutdir=tests/contract", *files])
    return "" if status == pytest.ExitCode.OK else said.getvalue()


def verdicts(chosen: list[Case], folder: Path) -> Iterator[tuple[Case, str]]:
    """Each case with what is wrong about it."""
    asked = [(case, folder / str(index)) for index, case in enumerate(chosen)]
    for _, where in asked:
        where.mkdir()
    green = []
    for (case, where), refusal in zip(asked, generated(asked), strict=True):
        if case.refused is None and refusal is None:
            green.append((case, str(where)))
        elif case.refused is None:
            yield case, f"refused: {refusal}"
        elif refusal is None:
            yield case, "taken, but it should have been refused"
        else:
            yield case, "" if case.refused in refusal else f"refused in other words: {refusal}"
    for name in NEEDED:
        importlib.import_module(name)
    with get_context("fork").Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        found = pool.imap(proved, [where for _, where in green], chunksize=1)
        yield from ((case, said) for (case, _), said in zip(green, found, strict=True))


def main(words: str) -> int:
    """Print each case that is not as the table says, and how many are."""
    started = time.monotonic()
    chosen = [case for case in cases() if words in case.id]
    os.chdir(ROOT)
    with TemporaryDirectory(prefix="shapes-") as folder:
        wrong = [(case, said) for case, said in verdicts(chosen, Path(folder)) if said]
    for case, said in wrong:
        print(f"--- {case.id}\n{said[-3000:]}\n")
    refused = sum(case.refused is not None for case in chosen)
    print(f"{len(chosen)} shapes, {refused} of them refused: {len(wrong)} wrong, in {time.monotonic() - started:.0f} s")
    for case, _ in wrong:
        print(f"WRONG {case.id}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])))
