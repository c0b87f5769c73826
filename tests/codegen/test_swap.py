"""Generated files are replaced all or not at all, also when the process is killed between two of them."""

import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from codegen.compare import Difference, compare
from codegen.generator import HEADER
from codegen.swap import recover, staging, swap
from tests.pipeline.places import ROOT, contents, run

OLD = dict.fromkeys(("api/old/__init__.py", "api/old/one.py", "client.py"), HEADER + b"old")
SAME = {"same.py": HEADER + b"same"}
BY_HAND = {"sdk/client.py": b"mine", "py.typed": b""}
NEW = {name: HEADER + name.encode() for name in ("api/fresh/two.py", "client.py", "types.py")} | SAME
STEPS = ["api/fresh/two.py", "types.py", "client.py", "api/old/__init__.py", "api/old/one.py"]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    package = tmp_path / "package"
    for name, content in {**OLD, **SAME, **BY_HAND, "api/old/__pycache__/one.cpython-311.pyc": b""}.items():
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_bytes(content)
    return package


def interrupted(package: Path, at: str, action: Callable[[], None]) -> None:
    """A swap in which something happens before one of its steps."""
    swap(package, NEW, compare(package, NEW), lambda step: action() if step == at else None)


def killed(package: Path, at: str, number: int) -> int:
    """The same in a process of its own, which gets a signal."""
    action = f"lambda: os.kill(os.getpid(), {number})"
    code = f"import os, pathlib, {__name__} as test; test.interrupted(pathlib.{package!r}, {at!r}, {action})"
    heard = "import signal; signal.signal(signal.SIGHUP, signal.SIG_DFL)"  # also in what nohup started
    return run(sys.executable, "-c", f"{heard}; {code}", cwd=ROOT).returncode


def test_a_swap_writes_what_differs_and_touches_nothing_else(package: Path) -> None:
    before = contents(package)
    difference = compare(package, NEW)
    assert difference == Difference(missing=STEPS[:2], changed=STEPS[2:3], stale=STEPS[3:], stray=[])
    told: list[str] = []
    swap(package, NEW, difference, told.append)
    assert told == STEPS
    after = contents(package)
    assert {name: content for name, (content, _) in after.items()} == {**NEW, **BY_HAND}
    assert {name: after[name] for name in (*SAME, *BY_HAND)} == {name: before[name] for name in (*SAME, *BY_HAND)}
    assert not (package / "api" / "old").exists()
    assert not staging(package).exists()
    assert not compare(package, NEW)


@pytest.mark.parametrize("name", STEPS)
def test_an_exception_on_the_way_undoes_everything(package: Path, name: str) -> None:
    before = contents(package.parent)
    with pytest.raises(SystemExit, match="disk full"):
        interrupted(package, name, lambda: sys.exit("disk full"))
    assert contents(package.parent) == before
    assert not (package / "api" / "fresh").exists()


def test_a_file_that_cannot_be_replaced_undoes_everything(package: Path) -> None:
    (package / "types.py").mkdir()
    before = contents(package.parent)
    with pytest.raises(IsADirectoryError):
        swap(package, NEW, compare(package, NEW))
    assert contents(package.parent) == before


@pytest.mark.parametrize("name", STEPS)
def test_a_kill_on_the_way_is_undone_by_the_next_run(package: Path, name: str) -> None:
    before = contents(package.parent)
    assert killed(package, name, signal.SIGKILL) == -signal.SIGKILL
    assert contents(package.parent) != before
    assert recover(package)
    assert contents(package.parent) == before
    assert not recover(package)


def test_a_kill_before_the_first_change_leaves_only_files_beside_the_package(package: Path) -> None:
    before = contents(package.parent)
    (staging(package) / "new").mkdir(parents=True)
    (staging(package) / "new" / "client.py").write_bytes(b"half")
    (staging(package) / "journal.part").write_bytes(b"[")
    assert not recover(package)
    assert contents(package.parent) == before
    assert not staging(package).exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_other_signals_wait_until_the_swap_is_complete(package: Path, number: int) -> None:
    assert killed(package, "client.py", number) == -number
    assert not compare(package, NEW)
    assert not staging(package).exists()


def test_bytecode_is_nobodys_file_and_strays_are_told_from_generated_ones(package: Path) -> None:
    for name in ("api/mine.py", "notes.txt", "loose.pyc"):
        (package / name).write_bytes(b"# mine\n")
    difference = compare(package, NEW)
    assert (difference.stray, difference.stale) == (["api/mine.py", "notes.txt"], STEPS[3:])
