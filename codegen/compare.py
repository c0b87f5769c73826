"""How the package on disk differs from what was generated."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from codegen.generator import HEADER, Files

BY_HAND = {"sdk", "py.typed"}
IGNORED = {"__pycache__", ".DS_Store"}


class Difference(NamedTuple):
    """Paths inside the package, sorted."""

    missing: list[str]
    changed: list[str]
    stale: list[str]  # generated once, by the line on top, but not any more
    stray: list[str]  # neither generated nor where hand-written files belong

    def __bool__(self) -> bool:
        return any(self)


def compare(package: Path, files: Files) -> Difference:
    found = {path.relative_to(package).as_posix(): path for path in _owned(package)}
    extra = sorted(found.keys() - files.keys())
    generated = {name for name in extra if _starts_with_header(found[name])}
    return Difference(
        missing=sorted(files.keys() - found.keys()),
        changed=sorted(name for name in files.keys() & found.keys() if found[name].read_bytes() != files[name]),
        stale=[name for name in extra if name in generated],
        stray=[name for name in extra if name not in generated],
    )


def _owned(package: Path) -> Iterator[Path]:
    """The files which only generate.sh may write."""
    for directory, folders, names in os.walk(package):
        here = Path(directory)
        skipped = IGNORED | BY_HAND if here == package else IGNORED
        folders[:] = [name for name in folders if name not in skipped]
        yield from (here / name for name in names if name not in skipped and not name.endswith((".pyc", ".pyo")))


def _starts_with_header(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(HEADER)) == HEADER
