"""Put generated files in place of the old ones: all of them or none, whatever happens on the way."""

import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from codegen.compare import Difference
from codegen.generator import Files

SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


def staging(package: Path) -> Path:
    """Beside the package, so that a rename never crosses file systems."""
    return package.with_name(f".{package.name}.staging")


def swap(package: Path, files: Files, difference: Difference, step: Callable[[str], None] = lambda _: None) -> None:
    """Write what is missing or changed, remove what is stale. `step` is told each path before it is touched.

    Old files are copied before the first change, and a journal says that changes have begun: an exception rolls back
    at once, `recover` does so after a kill. Unchanged files are not touched.
    """
    stage = staging(package)
    written = [*difference.missing, *difference.changed]
    with signals_held():
        try:
            for name in written:
                _parent(stage / "new" / name).write_bytes(files[name])
            for name in [*difference.changed, *difference.stale]:
                shutil.copy2(package / name, _parent(stage / "old" / name))
            (stage / "journal.part").write_text(json.dumps(difference.missing))
            (stage / "journal.part").replace(stage / "journal")
            for name in written:
                step(name)
                (stage / "new" / name).replace(_parent(package / name))
            for name in difference.stale:
                step(name)
                (package / name).unlink()
            _prune(package, difference.stale)
            (stage / "journal").unlink()
        except BaseException:
            recover(package)
            raise
        shutil.rmtree(stage)


def recover(package: Path) -> bool:
    """Undo a swap that was cut short and remove its traces. True if the package had been changed by it."""
    stage = staging(package)
    journal = stage / "journal"
    begun = journal.is_file()
    if begun:
        with signals_held():
            added = json.loads(journal.read_text())
            for name in added:
                if not (package / name).is_dir():
                    (package / name).unlink(missing_ok=True)
            for old in sorted(path for path in (stage / "old").rglob("*") if path.is_file()):
                old.replace(_parent(package / old.relative_to(stage / "old")))
            _prune(package, added)
            journal.unlink()
    if stage.exists():
        shutil.rmtree(stage)
    return begun


@contextmanager
def signals_held() -> Iterator[None]:
    """Signals that come meanwhile are delivered at the end."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _parent(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _prune(package: Path, removed: list[str]) -> None:
    """Remove directories which hold nothing but bytecode now; Python would still import them."""
    for folder in sorted({parent for name in removed for parent in Path(name).parents}, reverse=True):
        here = package / folder
        if here != package and here.is_dir() and {entry.name for entry in os.scandir(here)} <= {"__pycache__"}:
            shutil.rmtree(here)
