"""Compile and import every module below a directory, as a package with an empty root. Standard library only.

The real root also exports what is written by hand, which has no say in whether the generated code works.
"""

import importlib
import sys
import warnings
from pathlib import Path
from types import ModuleType


def troubles(package: Path) -> list[str]:
    """One line for each module that does not compile without warnings or does not import."""
    root = ModuleType(package.name)
    root.__path__ = [str(package)]
    sys.modules[package.name] = root
    found = []
    for path in sorted(package.rglob("*.py")):
        relative = path.relative_to(package.parent)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
            if path.parent != package or path.name != "__init__.py":
                importlib.import_module(".".join(relative.with_suffix("").parts).removesuffix(".__init__"))
        except Exception as error:  # noqa: BLE001 - generated code may raise anything
            found.append(f"{relative.as_posix()}: {type(error).__name__}: {error}")
    return found


if __name__ == "__main__":
    sys.exit("\n".join(troubles(Path(sys.argv[1]))) or 0)
