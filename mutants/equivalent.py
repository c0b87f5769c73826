"""Mutants that no caller can notice: equivalent.yaml says which, and why."""

import re
from functools import cache
from linecache import getline
from pathlib import Path

from ruamel.yaml import YAML

from .mutant import Mutant

FIELDS = ("kind", "operator", "place", "change")


def reason_for(mutant: Mutant) -> str | None:
    """Return why nobody could notice, or None if somebody could."""
    told = {name: getattr(mutant, name) for name in FIELDS}
    file, _, number = mutant.place.rpartition(":")
    told["line"] = getline(file, int(number)).strip() if number.isdecimal() else ""
    for rule in _rules():
        if all(re.fullmatch(rule.get(name, ".*"), text, re.DOTALL) for name, text in told.items()):
            return rule["reason"]
    return None


@cache
def _rules() -> list[dict[str, str]]:
    rules: list[dict[str, str]] = YAML(typ="safe").load(Path(__file__).with_name("equivalent.yaml"))
    return rules
