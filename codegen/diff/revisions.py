"""The two versions that are compared: the working tree, a revision of git, or a file."""

import re
import subprocess
from typing import NamedTuple

from codegen.refused import RefusedError
from codegen.tools import ROOT, here

HERE = "working tree"


class Version(NamedTuple):
    name: str
    source: bytes
    revision: str = ""  # if git keeps it


def versions(asked: str) -> tuple[Version, Version]:
    """`REV` and `FILE` are compared with the working tree; `A..B` with each other, `A..` being short for `A`."""
    if here(asked).is_file():
        return version(asked), version("")
    splits = [(asked[: dots.start()], asked[dots.start() + 2 :]) for dots in re.finditer(r"(?=\.\.)", asked)]
    of_files = [split for split in splits if any(name and here(name).is_file() for name in split)]
    old, new = (of_files or splits or [(asked, "")])[0]
    return version(old or "HEAD"), version(new)


def version(name: str) -> Version:
    if not name:
        return Version(HERE, (ROOT / "openapi.yaml").read_bytes())
    if here(name).is_file():
        return Version(name, here(name).read_bytes())
    return Version(name, show(name, "openapi.yaml"), name)


def show(revision: str, path: str) -> bytes:
    """A file as it was at a revision."""
    command = ["git", "-C", str(ROOT), "cat-file", "blob", f"{revision}:{path}"]
    if revision.startswith("-"):
        raise RefusedError(f"{revision} is no revision")
    try:
        result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except FileNotFoundError:
        raise RefusedError("git is not installed, and it keeps the earlier versions") from None
    if result.returncode != 0:
        said = result.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise RefusedError(
            f"there is no {path} at {revision}",
            [said, "give a file, or a revision that this clone has: git log --oneline openapi.yaml lists them"],
        )
    return result.stdout
