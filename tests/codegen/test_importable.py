"""Generated code is compiled with warnings as errors and imported, without the root that exports hand-written code."""

import sys
from pathlib import Path

import pytest

from tests.pipeline.places import ROOT, run

FINE = {
    "__init__.py": "from .sdk import Nothing\n",
    "a.py": "from .b import c\nassert __name__ == 'pack.a' and c.x == 1\n",
    "b/__init__.py": "",
    "b/c.py": "x = 1\n",
}
BAD = [
    ("models/bad.py", "def f(a, a): ...\n", "SyntaxError: duplicate argument 'a'"),
    ("models/bad.py", "x = '\\d'\n", "SyntaxError: "),
    ("models/bad.py", "def f(x: Unset): ...\n", "NameError: name 'Unset' is not defined"),
    ("models/bad.py", "from .gone import x\n", "ModuleNotFoundError: No module named 'pack.models.gone'"),
    ("__init__.py", "from\n", "SyntaxError: "),
]


def judged(folder: Path, files: dict[str, str]) -> list[str]:
    for name, text in files.items():
        (folder / "pack" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "pack" / name).write_text(text)
    result = run(sys.executable, "-I", "-B", ROOT / "codegen/importable.py", folder / "pack")
    assert (result.returncode, result.stdout) == (int(bool(result.stderr)), "")
    return result.stderr.splitlines()


def test_working_modules_are_imported_as_parts_of_the_package(tmp_path: Path) -> None:
    assert judged(tmp_path, FINE) == []


@pytest.mark.parametrize(("name", "text", "says"), BAD)
def test_a_module_that_does_not_work_is_named(tmp_path: Path, name: str, text: str, says: str) -> None:
    [line] = judged(tmp_path, {**FINE, name: text})
    assert line.startswith(f"pack/{name}: {says}")
