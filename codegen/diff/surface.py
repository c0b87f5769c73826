"""The names which generated code offers, read by griffe without importing anything."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import griffe

from codegen.generator import PACKAGE, Files

Names = dict[str, griffe.Object]


class Surface:
    """Every public name of a generated tree: `api.<tag>.<operation>`, `models.<Class>`, `models.<Class>.<field>`."""

    def __init__(self, files: Files, scratch: Path) -> None:
        for name, content in files.items():
            path = scratch / PACKAGE / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        root = griffe.load(PACKAGE, search_paths=[scratch], try_relative_path=False, allow_inspection=False)
        self.modules: Names = dict(_modules(root))
        self.classes: Names = dict(_classes(root))
        self._sent, self._received = self._closure("body"), self._closure("return")

    def fields(self, name: str) -> dict[str, griffe.Attribute]:
        members = self.classes[name].members
        return {key: one for key, one in members.items() if isinstance(one, griffe.Attribute) and one.is_public}

    def sent(self, name: str) -> bool:
        """Whether callers build this class; one that no operation uses is anybody's."""
        return name in self._sent or name not in self._received

    def received(self, name: str) -> bool:
        return name in self._received or name not in self._sent

    def functions(self, module: str) -> dict[str, griffe.Function]:
        members = self.modules[module].members
        return {key: one for key, one in members.items() if isinstance(one, griffe.Function) and one.is_public}

    def _closure(self, side: str) -> set[str]:
        found = set[str]()
        reached = {name for module in self.modules for name in self._named(self._side(module, side))}
        while reached:
            found |= reached
            texts = [text for name in reached for text in self._annotations(name)]
            reached = set(self._named(texts)) - found
        return found

    def _side(self, module: str, side: str) -> list[str]:
        functions = self.functions(module).values()
        if side == "return":
            return [str(one.returns) for one in functions]
        return [str(parameter.annotation) for one in functions for parameter in one.parameters]

    def _annotations(self, name: str) -> list[str]:
        return [str(field.annotation) for field in self.fields(name).values()]

    def _named(self, texts: Iterable[str]) -> Iterator[str]:
        for word in re.findall(r"\w+", " ".join(texts)):
            if f"models.{word}" in self.classes:
                yield f"models.{word}"


def _modules(root: griffe.Object) -> Iterator[tuple[str, griffe.Object]]:
    api = root.members.get("api")
    for tag, package in api.members.items() if isinstance(api, griffe.Module) else ():
        for name, module in package.members.items():
            if isinstance(module, griffe.Module):
                yield f"api.{tag}.{name}", module


def _classes(root: griffe.Object) -> Iterator[tuple[str, griffe.Object]]:
    models = root.members.get("models")
    for module in models.members.values() if isinstance(models, griffe.Module) else ():
        for name, one in module.members.items() if isinstance(module, griffe.Module) else ():
            if isinstance(one, griffe.Class):
                yield f"models.{name}", one
