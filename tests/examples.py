"""Examples in YAML: where something is done, what is done, and what must come of it."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML


def examples(folder: Path, setting: type, step: type) -> pytest.MarkDecorator:
    """Run a test on all examples in a folder: it gets the `setting` and the `steps` of each.

    An example goes by what it is about. It has `runs`, steps one after the other, or `cases`, steps that know nothing
    of each other. Whatever else it has is the setting.
    """
    names, values = [], []
    for file in sorted(folder.glob("*.yaml")):
        for about, one in YAML(typ="safe", pure=True).load(file).items():
            runs, cases = one.pop("runs", []), one.pop("cases", [])
            for steps in filter(None, [runs, *([case] for case in cases)]):
                names.append(f"{file.stem}: {about}")
                values.append((setting(**one), [step(**each) for each in steps]))
    return pytest.mark.parametrize(("setting", "steps"), values, ids=names)


def fits(text: object, shown: object) -> bool:
    """Whether a text is as it is shown: `…` stands for anything on a line, and the last end of line may be left out."""
    if not (isinstance(text, str) and isinstance(shown, str)):
        return False
    pattern = re.escape(shown.removesuffix("\n")).replace("…", ".*")
    return re.fullmatch(pattern, text.removesuffix("\n")) is not None


def raw(text: str) -> bytes:
    """The bytes that a text in YAML stands for: UTF-8, and half a surrogate pair such as DC80 for the byte 80."""
    return text.encode(errors="surrogateescape")
