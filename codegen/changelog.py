"""Run as `python -m codegen.changelog [REV]`: a change of openapi.yaml is told in CHANGELOG.md.

Compared are this tree and REV, or else the last release: the last tag, or the commit that gave the version its number.
A clone that has none of them has nothing to compare with, and says so.
"""

import re
import subprocess
import sys
from typing import NamedTuple

from ruamel.yaml import YAML

from codegen import walk
from codegen.diff import operations
from codegen.diff.pairs import pairs
from codegen.diff.revisions import show
from codegen.names import identifier
from codegen.refused import RefusedError
from codegen.tools import ROOT

VERSION = "jimmy_ai_openapi_client/sdk/version.py"
REMEDY = "say under [Unreleased] in CHANGELOG.md what it means for those who use the package (./generate.sh --diff {})"


class Tree(NamedTuple):
    spec: bytes
    changelog: str


def verdict(old: Tree, new: Tree) -> bool:
    """Whether what had to be told was told."""
    return old.spec == new.spec or (bool(entries(new.changelog) - entries(old.changelog)) and not untold(old, new))


def untold(old: Tree, new: Tree) -> list[str]:
    """What the report on the wire names and no new entry does, as the spec writes it or as Python calls it."""
    said = " ".join(entries(new.changelog) - entries(old.changelog))
    known = set(re.findall(r"[\w-]+", said))
    return sorted(name for name in changed(_read(old.spec), _read(new.spec)) if not {name, identifier(name)} & known)


def changed(old: walk.Node, new: walk.Node) -> set[str]:
    """The operations, parameters, headers, statuses, fields and values that came, went or are not as they were."""
    names = {str(each.node["operationId"]) for each in walk.operations(old)}
    names ^= {str(each.node["operationId"]) for each in walk.operations(new)}
    for change in operations.changes(old, new, pairs(old, new)):
        field = re.match(r"`(?:.*\.)?([^.`]*?)(?:\[\]|\.\*| \(.*\))*` in ", change.place)
        within = re.search(r"(?:parameter|header|response) `(.*?)`", change.what)
        value = re.search(r"`(.*?)` is (?:now|no longer) allowed|(?:may now also be|is no longer) `(.*?)`", change.what)
        owner = re.search(r"\(`(.*?)`\)$", change.place)
        names |= {each for found in (field or within or owner, value) if found for each in found.groups() if each}
    return names


def _read(spec: bytes) -> walk.Node:
    document = YAML(typ="safe", pure=True).load(spec.decode())
    return document if isinstance(document, dict) else {}


def entries(changelog: str) -> set[str]:
    """What is said under [Unreleased] and under all versions, each entry in one line."""
    sections = re.split(r"^## ", changelog, flags=re.MULTILINE)[1:]
    items = [item for section in sections for item in re.split(r"^- ", section, flags=re.MULTILINE)[1:]]
    return {" ".join(item.split("\n#")[0].split()) for item in items}


def base(asked: str) -> str | None:
    """The revision to compare with; None if this clone has none."""
    if asked.strip("0"):
        return asked
    tag = git("describe", "--tags", "--abbrev=0", "--match", "v[0-9]*")
    return tag or git("log", "-1", "--format=%H", "--", VERSION)


def at(revision: str) -> Tree:
    try:
        spec, changelog = (show(revision, name) for name in ("openapi.yaml", "CHANGELOG.md"))
    except RefusedError as refusal:
        raise SystemExit(f"changelog: {refusal}") from refusal
    return Tree(spec, changelog.decode("utf-8"))


def here() -> Tree:
    return Tree((ROOT / "openapi.yaml").read_bytes(), (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))


def git(*arguments: str) -> str | None:
    done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip() or None if done.returncode == 0 else None


def main(asked: str) -> None:
    revision = base(asked)
    if revision is None:
        print("changelog: this clone has no earlier version of openapi.yaml to compare with")
        return
    old, new = at(revision), here()
    if not verdict(old, new):
        names = ", ".join(untold(old, new))
        missing = f"; no new entry names {names}" if names else ""
        raise SystemExit(f"changelog: openapi.yaml changed since {revision}{missing}, but {REMEDY.format(revision)}")
    print(f"changelog: keeps up with openapi.yaml since {revision}")


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
