"""`python -m tests.shapes.lies`: plant each lie of tests/contract/lies.yaml; print those that the suite believes."""

import os
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ruamel.yaml import YAML

from tests.pipeline.places import PACKAGE, ROOT

from .__main__ import Question, all_proved, generated

CONTRACT = ROOT / "tests" / "contract"
SUITE = {"models": ["models", "annotations"], "api": ["request_on_the_wire", "answers"]}


def planted(folder: Path, number: int, lie: dict[str, Any]) -> Question:
    """Make a tree that tells the lie; return it, and the tests that are asked about it."""
    tree = folder / str(number)
    if "suite" in lie:
        tree.mkdir()
        (tree / PACKAGE).symlink_to(ROOT / PACKAGE)
        shutil.copy2(ROOT / "openapi.yaml", tree)
        path = tree / lie["file"]
    else:
        shutil.copytree(folder / "good", tree, symlinks=True)
        path = tree / PACKAGE / lie["file"]
    text = path.read_text(encoding="utf-8")
    assert lie["truth"] in text, f"{lie['file']} has no {lie['truth']!r}"
    path.write_text(text.replace(lie["truth"], lie["lie"], 1), encoding="utf-8")
    return tree, lie.get("suite") or SUITE[lie["file"].partition("/")[0]], ""


def main() -> int:
    """Print each lie that is believed, or whose place is not named, and how many there are."""
    yaml = YAML(typ="safe", pure=True)
    lies: list[dict[str, Any]] = yaml.load(CONTRACT / "lies.yaml")
    os.chdir(ROOT)
    with TemporaryDirectory(prefix="lies-") as name:
        folder = Path(name)
        [refusal] = generated([(yaml.load(CONTRACT / "richer.yaml"), folder / "good")])
        assert refusal is None, refusal
        asked = [(folder / "good", [*SUITE["models"], *SUITE["api"]], "")]
        asked += [planted(folder, number, lie) for number, lie in enumerate(lies)]
        good, *said = all_proved(asked)
    wrong = [f"the suite fails without a lie: {good}"] if good else []
    wrong += [f"{lie['file']}: {lie['lie']}" for lie, each in zip(lies, said, strict=True) if lie["named"] not in each]
    print("\n".join([*wrong, f"{len(lies)} lies, {len(wrong)} believed or not named"]))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
