"""Generated code is compiled with warnings as errors and imported, without the root that exports hand-written code."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "codegen" / "importable.py"


def judged(package: Path, files: dict[str, str]) -> tuple[int, list[str]]:
    for name, text in files.items():
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(text)
    command = [sys.executable, "-I", "-B", str(SCRIPT), str(package)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.stdout == ""
    return result.returncode, result.stderr.splitlines()


def test_working_modules_are_imported_as_parts_of_the_package(tmp_path: Path) -> None:
    files = {
        "__init__.py": "from .sdk import Nothing\n",
        "a.py": "from .b import c\nassert __name__ == 'pack.a' and c.x == 1\n",
        "b/__init__.py": "",
        "b/c.py": "x = 1\n",
    }
    assert judged(tmp_path / "pack", files) == (0, [])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("def f(a, a): ...\n", "SyntaxError: duplicate argument 'a'"),
        ("x = '\\d'\n", "SyntaxError: "),
        ("def f(x: Unset): ...\n", "NameError: name 'Unset' is not defined"),
        ("from .gone import x\n", "ModuleNotFoundError: No module named 'pack.models.gone'"),
    ],
)
def test_a_module_that_does_not_work_is_named(tmp_path: Path, text: str, says: str) -> None:
    code, lines = judged(tmp_path / "pack", {"__init__.py": "", "fine.py": "", "models/bad.py": text})
    assert code == 1
    assert len(lines) == 1
    assert lines[0].startswith(f"pack/models/bad.py: {says}")


def test_a_root_that_does_not_compile_is_named(tmp_path: Path) -> None:
    code, lines = judged(tmp_path / "pack", {"__init__.py": "from\n"})
    assert code == 1
    assert lines[0].startswith("pack/__init__.py: SyntaxError: ")
