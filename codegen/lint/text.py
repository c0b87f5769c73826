"""Text that is not what it looks like, or that leads elsewhere when it becomes a name or an address."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any

from codegen import walk
from codegen.lint.finding import Finding
from codegen.names import words
from codegen.walk import Node

BIDI = {*"\u061c\u200e\u200f\u2028\u2029\ufeff", *map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))}
PATH = re.compile(r"(/([A-Za-z0-9._~!$&()*+,;=:@-]|%[0-9A-Fa-f]{2}|\{[^{}/]+\})*)+")
LONGEST = 150
COMPONENT = re.compile(r"[A-Za-z0-9._-]+")


def findings(spec: Node) -> Iterator[Finding]:
    yield from _told("", spec)
    for path in spec.get("paths", {}):
        if not PATH.fullmatch(path) or "//" in path or {".", ".."} & set(path.split("/")):
            yield Finding(f"paths.{path!r}", "not a plain path below the server", "write it as /one/two/{name}")
    for kind, names in spec.get("components", {}).items():
        for name in names if isinstance(names, dict) and not kind.startswith("x-") else ():
            if not COMPONENT.fullmatch(name):
                yield Finding(f"components.{kind}", f"{name!r} is no name", "use letters, digits, '.', '_' and '-'")
    for where, name in _names(spec):
        if not (name.strip() and name.isprintable()):
            yield Finding(where, f"{name!r} is no name", "use printing characters on one line")
        elif not any(words(name)):
            yield Finding(where, f"{name!r} has no letter that Python takes in a name", "use letters and digits")
        elif len(name) > LONGEST:
            yield Finding(where, f"a name of {len(name)} letters is too long for a file", "use a shorter one")


def _names(spec: Node) -> Iterator[tuple[str, str]]:
    """What becomes the name of a module, an argument or an attribute."""
    for where, node, _ in walk.operations(spec):
        for name in (node.get("operationId"), *node.get("tags", [])):
            if name is not None:
                yield where, name
    for where, node in walk.schemas(spec):
        for name in (*node.get("properties", {}), *([node["title"]] if isinstance(node.get("title"), str) else [])):
            yield where, name
    for where, node in walk.everything(spec):
        if isinstance(node.get("in"), str) and isinstance(node.get("name"), str):
            yield where, node["name"]


def _told(where: str, node: Any) -> Iterator[Finding]:
    """Characters that change what a reader sees or that no text needs, and dates that YAML takes for something else."""
    if isinstance(node, date):
        yield Finding(where, f"YAML takes {node} for a date, not for text", "put it in quotes")
    elif isinstance(node, str):
        bad = sorted({sign for sign in node if sign in BIDI or _control(sign)})
        if bad:
            shown = ", ".join(f"U+{ord(sign):04X}" for sign in bad)
            escaped = where.encode("unicode_escape").decode()
            yield Finding(escaped, f"holds the hidden characters {shown}", "remove them")
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _told(f"{where} (a key)", key)
            yield from _told(f"{where}.{key}".lstrip("."), value)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _told(f"{where}.{index}", value)


def _control(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\r\t"
