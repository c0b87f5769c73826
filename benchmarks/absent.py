"""Make installed modules absent, at the cost that looking for an absent one has."""

import sys
from collections.abc import Iterable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder
from types import ModuleType


class _Absent(MetaPathFinder):
    """`sys.modules[name] = None` would be simpler, but makes looking in vain cheap: httpcore does so at every call."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        if fullname in self._names:
            PathFinder.find_spec(f"absent_{fullname}")
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)


def hide(names: Iterable[str]) -> None:
    """From now on, in this process."""
    sys.meta_path.insert(0, _Absent(names))
