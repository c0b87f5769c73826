"""openapi.yaml itself, and how to follow its references."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

Node = Mapping[str, Any]


def load(path: Path) -> Any:
    """Read a file as YAML 1.2, as the generator does: `no` is a word, not False."""
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


# Where openapi.yaml and the package are: the repository, unless the suite is asked about another tree.
ROOT = Path(os.environ.get("CONTRACT_TREE") or Path(__file__).resolve().parents[2])
DOCUMENT: Node = load(ROOT / "openapi.yaml")
HOST: str = DOCUMENT["servers"][0]["url"]


def look_up(pointer: str, document: Node = DOCUMENT) -> Any:
    """Return what `#/a/b` points at in a document; `~1` in a step is a slash, `~0` a tilde."""
    node: Any = document
    for step in pointer.removeprefix("#/").split("/"):
        node = node[step.replace("~1", "/").replace("~0", "~")]
    return node


def resolve(node: Any, document: Node = DOCUMENT) -> Any:
    """Return the node itself, or what its reference, and that one's reference, leads to."""
    while isinstance(node, Mapping) and "$ref" in node:
        node = look_up(node["$ref"], document)
    return node
