"""Classes that go by another name and are otherwise the same."""

import re
from collections import defaultdict

from codegen.diff.surface import Surface

Shape = tuple[tuple[str, str, str], ...]


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
