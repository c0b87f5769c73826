"""Copies of what the contract suite needs, in which files can be changed."""

import compileall
import py_compile
import shutil
from pathlib import Path

from .mutant import Mutant

NEEDED = (
    "jimmy_ai_openapi_client",
    "tests/contract",
    "tests/mock",
    "tests/shapes",
    "tests/policy",
    "tests/http",
    "tests/faults",
    "examples",
)
SINGLE = ("openapi.yaml", "pyproject.toml", "tests/__init__.py", "tests/conftest.py", "tests/examples.py")


class Tree:
    """One copy. Compiled files are checked by content, as a changed file may be as long and as old as before."""

    def __init__(self, source: Path, root: Path) -> None:
        """Copy what is needed from the repository at `source`."""
        self.root, self.result = root, root.with_suffix(".json")
        for folder in NEEDED:
            shutil.copytree(source / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
        for name in SINGLE:
            shutil.copy2(source / name, root / name)
        package = str(root / "jimmy_ai_openapi_client")
        compileall.compile_dir(package, quiet=1, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
        self._before: dict[Path, str] = {}

    def change(self, mutant: Mutant) -> None:
        """Let the tree be what a mutant says."""
        for name, text in mutant.files.items():
            path = self.root / name
            self._before[path] = path.read_text(encoding="utf-8")
            path.write_text(text, encoding="utf-8")

    def restore(self) -> None:
        """Let the tree be what it was."""
        while self._before:
            path, text = self._before.popitem()
            path.write_text(text, encoding="utf-8")
