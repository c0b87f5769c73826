"""Runs in the tool environment, started once: what generate.sh makes of many specs, with the generator loaded once.

Standard input: [[directory, text of a spec], ..]. Standard output: for each the refusal, or null. Then the generated
package is in the directory.
"""

import json
import sys
from contextlib import chdir, redirect_stdout
from multiprocessing import get_context
from pathlib import Path

import openapi_python_client
from openapi_python_client.config import Config, ConfigFile, MetaType

from codegen import fresh, generator, importable
from codegen.refused import RefusedError

SDK = Path(__file__).resolve().parents[2] / generator.PACKAGE / "sdk"


def generate(source: str, directory: Path, *hooks: str) -> Path:
    """Let the generator write the package of a spec, which is left beside it."""
    spec, package = directory / "openapi.yaml", directory / generator.PACKAGE
    spec.write_text(source, encoding="utf-8")
    config = Config.from_sources(
        ConfigFile(post_hooks=list(hooks)),
        MetaType.NONE,
        document_source=spec,
        file_encoding="utf-8",
        overwrite=False,
        output_path=package,
    )
    with redirect_stdout(sys.stderr):
        errors = openapi_python_client.generate(config=config)
    if errors:
        raise RefusedError("the generator does not take openapi.yaml", generator.condensed(str(errors)))
    return package


def made(asked: list[str]) -> str | None:
    """Generate one package; why not, if it is refused."""
    directory, source = Path(asked[0]), asked[1]
    directory.mkdir()
    try:
        document = fresh.judged(source.encode())
        package = generate(source, directory, "ruff format . --isolated --no-cache --line-length 120")
        for path in package.rglob("*.py"):
            path.write_bytes(generator.finished(path))
        (package / "__init__.py").write_text("", encoding="utf-8")
        (package / "limits.py").write_bytes(generator.limits(document))
        (package / "py.typed").touch()
        (package / "openapi.yaml").write_text(source, encoding="utf-8")
        (package / "sdk").symlink_to(SDK)
        with chdir(directory):
            sys.path.insert(0, str(directory))
            if troubles := importable.troubles(package):
                raise RefusedError("the generated code does not work", troubles)
    except RefusedError as refusal:
        return str(refusal)
    except Exception as error:  # noqa: BLE001 - a traceback is one more answer
        return f"TRACEBACK {type(error).__name__}: {error}"
    return None


if __name__ == "__main__":
    with get_context("fork").Pool(2, maxtasksperchild=1) as pool:
        json.dump(pool.map(made, json.load(sys.stdin), chunksize=1), sys.stdout)
