"""Annotations as sets of alternatives."""

import re

ANY = "Any"


def members(annotation: object, classes: dict[str, str] | None = None) -> set[str]:
    """`dict[str, int] | None` is `dict[str, int]` and `None`; classes that were renamed carry their new names."""
    text = re.sub(r"\w+", lambda word: _renamed(word[0], classes or {}), str(annotation))
    found, depth = [""], 0
    for character in text:
        depth += (character in "[(") - (character in "])")
        if character == "|" and not depth:
            found.append("")
        else:
            found[-1] += character
    return {part.strip().strip("\"'") for part in found}


def returned(annotation: object, classes: dict[str, str] | None = None) -> set[str]:
    """What a generated function may give, None aside: every one of them may give that."""
    text = str(annotation)
    inner = re.fullmatch(r"Response\[(.*)\]", text, re.DOTALL)
    return members(inner[1] if inner else text, classes) - {"None"}


def lost(old: set[str], new: set[str]) -> set[str]:
    return set() if ANY in new else old - new


def gained(old: set[str], new: set[str]) -> set[str]:
    """Of no concern where anything could come before, or where nothing in particular comes now."""
    return set() if ANY in old else new - old - {ANY}


def _renamed(word: str, classes: dict[str, str]) -> str:
    return classes.get(f"models.{word}", word).removeprefix("models.")
