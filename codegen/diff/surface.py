"""The names which generated code offers, read by griffe without importing anything."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import griffe

from codegen.generator import PACKAGE, Files

Names = dict[str, griffe.Object]
Shape = tuple[tuple[str, str, str], ...]


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


def renamed(old: Surface, new: Surface) -> dict[str, str]:
    """Each class that is gone, with the only new one of its shape; none where there is a choice."""
    gone, added = (_by_shape(one, other) for one, other in ((old, new), (new, old)))
    return {names[0]: added[shape][0] for shape, names in gone.items() if len(names) == len(added[shape]) == 1}


def _by_shape(one: Surface, other: Surface) -> dict[Shape, list[str]]:
    found = defaultdict[Shape, list[str]](list)
    for name in one.classes.keys() - other.classes.keys():
        found[_shape(one, name)].append(name)
    return found


def _shape(surface: Surface, name: str) -> Shape:
    """Its fields, with every class that they name left open: it may have been renamed too."""
    fields = surface.fields(name).items()
    return tuple((key, _open(surface, str(field.annotation)), str(field.value)) for key, field in fields)


def _open(surface: Surface, annotation: str) -> str:
    return re.sub(r"\w+", lambda word: "*" if f"models.{word[0]}" in surface.classes else word[0], annotation)
