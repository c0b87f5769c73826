"""What happens in the process of one mutant: pytest until the first failure, which goes into a file."""

import contextlib
import gc
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings

from .kinds import Stage
from .reach import Recorder

PACKAGE = "jimmy_ai_openapi_client"
REWRITE = "ignore::pytest.PytestAssertRewriteWarning"  # hypothesis and its like were imported before


class FirstFailure:
    """A pytest plugin that keeps the first failure: test or module, and what it said."""

    def __init__(self) -> None:
        self.test, self.message = "", ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep a failed test."""
        self.keep(report.nodeid, report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep a module that could not be imported."""
        self.keep(f"{report.nodeid} (import)", report)

    def keep(self, name: str, report: pytest.TestReport | pytest.CollectReport) -> None:
        """Keep the first."""
        if report.failed and not self.test:
            crash = getattr(report.longrepr, "reprcrash", None)
            self.test, self.message = name, crash.message if crash else str(report.longrepr)[-2000:]


class Chosen:
    """A pytest plugin that runs the tests of a stage, in its order."""

    def __init__(self, stage: Stage) -> None:
        self._order = None if stage.chosen is None else {test: place for place, test in enumerate(stage.chosen)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out the others."""
        if self._order is not None:
            order = self._order
            items[:] = sorted((item for item in items if item.nodeid in order), key=lambda item: order[item.nodeid])


def no_time_to_shrink() -> None:
    """Let property tests try the same examples each time, and tell of the first that fails as it is."""
    phases = (Phase.explicit, Phase.generate)
    settings.register_profile("mutants", deadline=None, derandomize=True, database=None, phases=phases)
    settings.load_profile("mutants")


def run(root: Path, stages: Sequence[Stage], result: Path, *, exitfirst: bool = True) -> None:
    """Run the stages until one has a failure; record what they run where there is no mutant."""
    assert PACKAGE not in sys.modules, "the package of the repository would be tested, not that of the tree"
    os.chdir(root)
    sys.path.insert(0, str(root))
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # a third of the time of a mutant
    sys.dont_write_bytecode = exitfirst
    gc.disable()  # it will not live long enough
    gc.freeze()  # pytest collects garbage all the same, five times: spare it what came from the parent
    no_time_to_shrink()
    first, recorder = FirstFailure(), None if exitfirst else Recorder(root)
    plain = [
        "-q",
        "-p",
        "pytest_timeout",
        f"--timeout={12 if exitfirst else 300}",  # some mutants wait for what never comes
        "-p",
        "no:cacheprovider",
        "--tb=no",
        "-W",
        REWRITE,
        *(["-x"] if exitfirst else []),
    ]
    log = result.with_suffix(".log")
    with (
        log.open("w", buffering=1, encoding="utf-8") as file,
        contextlib.redirect_stdout(file),
        contextlib.redirect_stderr(file),
    ):
        for index, stage in enumerate(stages):
            plugins: list[Any] = [first, Chosen(stage), *([recorder] if recorder else [])]
            status = pytest.main([*plain, *stage.arguments], plugins=plugins)
            if first.test or status not in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
                test = first.test or f"(no test: {pytest.ExitCode(status).name})"  # such as an import by conftest.py
                message = first.message or log.read_text(encoding="utf-8")[-2000:]
                result.write_text(json.dumps({"test": test, "message": message, "stage": index}))
                return
    other = [name for name, module in sys.modules.items() if str(root) not in str(getattr(module, "__file__", None))]
    lines = recorder.lines() if recorder else {}
    said = {"test": None, "message": "", "stage": len(stages), "modules": other, "lines": lines}
    result.write_text(json.dumps(said))
