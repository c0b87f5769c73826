"""Runs in the tool environment, started once: reports on many pairs of specs, with the generator loaded only once.

Standard input: [[old, new], ..]. Standard output: for each the levels, the Markdown and the JSON of the report.
"""

import json
import sys
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from codegen.diff import judge, report
from codegen.diff.revisions import Version
from codegen.generator import Files
from tests.shapes.generate import generate


@cache
def generated(source: str) -> Files:
    with TemporaryDirectory() as scratch:
        package = generate(source, Path(scratch))
        return {path.relative_to(package).as_posix(): path.read_bytes() for path in package.rglob("*.py")}


def judged(pair: list[str]) -> dict[str, object]:
    old, new = pair
    versions = Version("old", old.encode()), Version("new", new.encode())
    made = judge.judged(*versions, "0.1.0", generated(old), generated(new))
    return {
        "levels": [level.name for level in made.levels],
        "markdown": report.markdown(made),
        "json": json.loads(report.machine(made)),
    }


if __name__ == "__main__":
    with get_context("fork").Pool(2) as pool:
        json.dump(pool.map(judged, json.load(sys.stdin), chunksize=2), sys.stdout)
