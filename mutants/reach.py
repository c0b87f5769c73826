"""Which tests run which lines of the layer: those are asked about a mutant there, the narrowest first."""

import ast
from collections import defaultdict
from collections.abc import Generator, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage

from .mutant import Mutant

LAYER = "jimmy_ai_openapi_client/sdk"


class Recorder:
    """A pytest plugin that records which lines of the layer each test runs."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._coverage = Coverage(data_file=None, config_file=False, include=[str(root / LAYER / "*")])
        self._coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Let what runs now count for this test."""
        self._coverage.switch_context(item.nodeid)
        result = yield
        self._coverage.switch_context("")
        return result

    def lines(self) -> dict[str, dict[int, list[str]]]:
        """Stop, and return the tests by file and line. What runs on import is nobody's."""
        self._coverage.stop()
        data = self._coverage.get_data()
        return {
            str(Path(name).relative_to(self._root)): {
                line: [test for test in tests if test] for line, tests in data.contexts_by_lineno(name).items()
            }
            for name in data.measured_files()
        }


class Reach:
    """What the recorders found."""

    def __init__(self, found: Iterable[dict[str, dict[str, list[str]]]]) -> None:
        self._tests: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._width: dict[str, int] = defaultdict(int)
        for files in found:
            for name, lines in files.items():
                for line, tests in lines.items():
                    self._tests[name][int(line)] += tests
                    for test in tests:
                        self._width[test] += 1

    def tests(self, mutant: Mutant, root: Path) -> list[str]:
        """Return the tests that run the statement of a mutant; the fewer lines a test runs, the earlier."""
        name, _, line = mutant.place.partition(":")
        statement = _statement(root / name, int(line))
        tests = {test for each in statement for test in self._tests[name].get(each, ())}
        return sorted(tests, key=lambda test: (self._width[test], test))


def _statement(path: Path, line: int) -> range:
    """The lines of the innermost statement around a line, without those of its body."""
    around = [each for each in _statements(path) if line in each]
    return around[-1] if around else range(line, line + 1)


@cache
def _statements(path: Path) -> list[range]:
    """The lines of every statement of a file that no mutant has changed yet, the outer ones first."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            last = body[0].lineno - 1 if body else node.end_lineno or node.lineno
            found.append(range(node.lineno, last + 1))
    return found
