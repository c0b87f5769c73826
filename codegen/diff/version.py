"""What Semantic Versioning asks for.

While the first number is 0, the second one stands for it: a breaking change raises the second, anything else the third,
so that `~=0.3.1` is a safe requirement.
"""

import re

from codegen.diff.change import Level
from codegen.refused import RefusedError

NUMBERS = {Level.breaking: 0, Level.compatible: 1, Level.text: 2}
NAMES = ("major", "minor", "patch")


def current(source: str) -> str:
    """The version that the text of sdk/version.py gives; it stands nowhere else."""
    found = re.search(r'^__version__ = "(\d+\.\d+\.\d+)"$', source, re.MULTILINE)
    if not found:
        raise RefusedError("sdk/version.py says no version", ['it needs a line such as __version__ = "0.1.0"'])
    return found[1]


def bump(level: Level, version: str) -> str:
    """major, minor, patch or none."""
    if level is Level.same:
        return "none"
    return NAMES[min(NUMBERS[level] + version.startswith("0."), 2)]


def raised(version: str, bump: str) -> str:
    """The version after `version` by that bump."""
    if bump == "none":
        return version
    numbers, place = [int(part) for part in version.split(".")], NAMES.index(bump)
    return ".".join(str(part) for part in [*numbers[:place], numbers[place] + 1, *[0] * (2 - place)])
