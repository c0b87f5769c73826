"""Runs in the tool environment, started once: reports on many pairs of specs, with the generator loaded only once.

Standard input: [[old, new], ..]. Standard output: for each the levels, the Markdown and the JSON of the report.
"""

import json
import sys
from contextlib import redirect_stdout
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import openapi_python_client
from openapi_python_client.config import Config, ConfigFile, MetaType

from codegen.diff import judge, report
from codegen.diff.revisions import Version
from codegen.generator import PACKAGE, Files


@cache
def generated(source: str) -> Files:
    with TemporaryDirectory() as scratch, redirect_stdout(sys.stderr):
        spec, output = Path(scratch, "openapi.yaml"), Path(scratch, PACKAGE)
        spec.write_text(source, encoding="utf-8")
        config = Config.from_sources(
            ConfigFile(post_hooks=[]),
            MetaType.NONE,
            document_source=spec,
            file_encoding="utf-8",
            overwrite=False,
            output_path=output,
        )
        errors = openapi_python_client.generate(config=config)
        assert not errors, errors
        return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*.py")}


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
