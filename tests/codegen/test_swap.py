"""Generated files are replaced all or not at all, also when the process is killed between two of them."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from codegen.compare import Difference, compare
from codegen.generator import HEADER
from codegen.swap import recover, staging, swap

ROOT = Path(__file__).parents[2]
OLD = {"api/old/__init__.py": "old", "api/old/one.py": "old", "client.py": "old", "same.py": "same"}
NEW = {name: HEADER + f"new {name}\n".encode() for name in ("api/fresh/two.py", "client.py", "types.py")}
NEW["same.py"] = HEADER + b"same"
STEPS = ["api/fresh/two.py", "types.py", "client.py", "api/old/__init__.py", "api/old/one.py"]
KILLED = """
import json, os, sys
from pathlib import Path
from codegen.compare import compare
from codegen.swap import swap
package, name, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
files = {name: text.encode() for name, text in json.loads(sys.argv[4]).items()}
swap(package, files, compare(package, files), lambda step: os.kill(os.getpid(), number) if step == name else None)
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    package = tmp_path / "package"
    for name, text in OLD.items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(HEADER + text.encode())
    for name in ("sdk/client.py", "py.typed", "api/old/__pycache__/one.cpython-311.pyc"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_bytes(b"by hand")
    return package


def contents(package: Path) -> dict[str, tuple[bytes, int]]:
    """Everything in the directory of the package, what was left beside it included."""
    return {
        path.relative_to(package.parent).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in package.parent.rglob("*")
        if path.is_file()
    }


def test_a_swap_writes_what_differs_and_touches_nothing_else(package: Path) -> None:
    before = contents(package)
    difference = compare(package, NEW)
    assert difference == Difference(
        missing=["api/fresh/two.py", "types.py"],
        changed=["client.py"],
        stale=["api/old/__init__.py", "api/old/one.py"],
        stray=[],
    )
    told: list[str] = []
    swap(package, NEW, difference, told.append)
    assert told == STEPS
    after = contents(package)
    assert {name: (package / name).read_bytes() for name in NEW} == NEW
    assert after.keys() == {f"package/{name}" for name in (*NEW, "sdk/client.py", "py.typed")}
    assert not (package / "api" / "old").exists()
    for name in ("package/same.py", "package/sdk/client.py", "package/py.typed"):
        assert after[name] == before[name]
    assert not compare(package, NEW)


@pytest.mark.parametrize("name", STEPS)
def test_an_exception_on_the_way_undoes_everything(package: Path, name: str) -> None:
    before = contents(package)

    def fail(step: str) -> None:
        if step == name:
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        swap(package, NEW, compare(package, NEW), fail)
    assert contents(package) == before
    assert not (package / "api" / "fresh").exists()


def test_a_file_that_cannot_be_replaced_undoes_everything(package: Path) -> None:
    (package / "types.py").mkdir()
    before = contents(package)
    with pytest.raises(IsADirectoryError):
        swap(package, NEW, compare(package, NEW))
    assert contents(package) == before


def killed(package: Path, name: str, number: int) -> int:
    files = json.dumps({name: content.decode() for name, content in NEW.items()})
    command = [sys.executable, "-c", KILLED, str(package), name, str(number), files]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, env=environment, capture_output=True, check=False).returncode


@pytest.mark.parametrize("name", STEPS)
def test_a_kill_on_the_way_is_undone_by_the_next_run(package: Path, name: str) -> None:
    before = contents(package)
    assert killed(package, name, signal.SIGKILL) == -signal.SIGKILL
    assert contents(package) != before
    assert recover(package)
    assert contents(package) == before
    assert not recover(package)


def test_a_kill_before_the_first_change_leaves_only_files_beside_the_package(package: Path) -> None:
    before = contents(package)
    (staging(package) / "new").mkdir(parents=True)
    (staging(package) / "new" / "client.py").write_bytes(b"half")
    (staging(package) / "journal.part").write_bytes(b"[")
    assert not recover(package)
    assert contents(package) == before
    assert not staging(package).exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_other_signals_wait_until_the_swap_is_complete(package: Path, number: int) -> None:
    assert killed(package, "client.py", number) == -number
    assert not compare(package, NEW)
    assert not staging(package).exists()


def test_bytecode_is_nobodys_file_and_strays_are_told_from_generated_ones(package: Path) -> None:
    (package / "api" / "mine.py").write_bytes(b"# mine\n")
    (package / "notes.txt").write_bytes(b"")
    (package / "loose.pyc").write_bytes(b"")
    difference = compare(package, NEW)
    assert difference.stray == ["api/mine.py", "notes.txt"]
    assert difference.stale == ["api/old/__init__.py", "api/old/one.py"]
