"""Run as `python -m codegen.release TAG`: tag, version, changelog and what really changed agree.

With --notes, print the changelog's section of that version.
"""

import json
import re
import subprocess
import sys

from codegen.changelog import VERSION, git
from codegen.diff.version import current
from codegen.refused import RefusedError
from codegen.tools import ROOT

MAIN = "origin/main"


def section(changelog: str, version: str) -> str:
    """What a release says about itself."""
    found = re.search(
        rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL
    )
    if not found or not found[1].strip():
        raise RefusedError(f"CHANGELOG.md has no section `## [{version}] - YEAR-MONTH-DAY` that says something")
    return found[1].strip()


def enough(version: str, called_for: str) -> bool:
    """Whether the version rose as far as the changes call for."""
    numbers = [tuple(int(part) for part in each.split(".")) for each in (version, called_for)]
    return numbers[0] >= numbers[1]


def check(tag: str) -> str:
    version = current((ROOT / VERSION).read_text(encoding="utf-8"))
    if tag != f"v{version}":
        raise RefusedError(f"the tag {tag} is not v{version}, which {VERSION} says")
    if git("rev-parse", "--verify", "--quiet", MAIN) and not git(
        "branch", "--remotes", "--contains", "HEAD", "--list", MAIN
    ):
        raise RefusedError(f"{tag} is not on {MAIN}: merge first, then move the tag")
    section((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), version)
    previous = git("describe", "--tags", "--abbrev=0", "--match", "v[0-9]*", "--exclude", tag)
    if not previous:
        return f"{tag}: version and changelog agree; it is the first release of this clone"
    report = json.loads(_diff(previous))
    if not enough(version, report["next"]):
        raise RefusedError(f"{version} is not enough after {previous}: what changed calls for {report['next']}")
    return f"{tag}: version, changelog and what changed since {previous} ({report['level']}) agree"


def _diff(previous: str) -> str:
    command = [str(ROOT / "generate.sh"), "--diff", previous, "--format", "json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise RefusedError(f"what changed since {previous} cannot be told")
    return done.stdout


def main(arguments: list[str]) -> None:
    tag, notes = arguments[0], "--notes" in arguments
    try:
        changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
        print(section(changelog, tag.removeprefix("v")) if notes else check(tag))
    except RefusedError as refusal:
        raise SystemExit(f"release: {refusal}") from refusal


if __name__ == "__main__":
    main(sys.argv[1:])
